import { existsSync, readFileSync } from 'node:fs';

const MOST = 12;
const LONGEST = 200;

/** One line for each test that failed, for the end of a log whose beginning nobody kept: `file > test: what was wrong`. */
export function failuresFromVitest(file, root) {
  if (!existsSync(file)) return [];
  const failures = [];
  for (const { name, status, message, assertionResults } of JSON.parse(readFileSync(file, 'utf8')).testResults) {
    const place = name.replace(root, '');
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (status === 'failed' && failed.length === 0) failures.push(line(place, message));
    for (const { fullName, failureMessages } of failed) failures.push(line(`${place} > ${fullName}`, failureMessages[0]));
  }
  return atMost(failures);
}

/** From what unittest prints of each failure: its name between two rulers, then tracebacks. */
export function failuresFromPython(output) {
  const blocks = output.matchAll(/^={70}\n(?:FAIL|ERROR): ([^\n]*)\n([\s\S]*?)(?=^={70}$|^Ran \d+ tests?)/gm);
  return atMost([...blocks].map(([, name, block]) => line(name, errorOf(block))));
}

/** A traceback's own lines are indented; the error it ends with is not. What the test printed may follow. */
function errorOf(block) {
  const last = block.split('Traceback (most recent call last):\n').at(-1);
  return last.split('\n').find((text) => /^\w/.test(text));
}

function line(name, message = '') {
  const first = stripColours(message).split('\n', 1)[0];
  return `${name}: ${first}`.slice(0, LONGEST);
}

function stripColours(text) {
  return text.replaceAll(/\u001B\[[\d;]*m/g, '');
}

function atMost(failures) {
  const more = failures.length - MOST;
  return more > 0 ? [...failures.slice(0, MOST), `and ${more} more`] : failures;
}
