import type { SiteFrame } from '../../graph/heap-graph.ts';
import { fileOfFunction } from '../javascript/evaluated-code.ts';
import type { JsonTokens } from '../json/json-tokens.ts';
import { expect, FieldSet, readPlace, readText } from './profile-fields.ts';

const FIELDS = new FieldSet('a call frame', ['functionName', 'url', 'lineNumber'], ['columnNumber', 'scriptId']);

/** `{ functionName, scriptId, url, lineNumber, columnNumber }`; the key has been read. */
export function readCallFrame(tokens: JsonTokens): SiteFrame {
  expect(tokens, 'callFrame', 'object');
  let name = '';
  let url = '';
  let scriptId = 0;
  let line = 0;
  let column = 0;
  let seen = 0;
  while (tokens.next() === 'key') {
    const field = tokens.text();
    seen = FIELDS.add(seen, field, tokens.at);
    if (field === 'functionName') name = readText(tokens, field);
    else if (field === 'url') url = readText(tokens, field);
    else if (field === 'lineNumber') line = readPlace(tokens, field);
    else if (field === 'columnNumber') column = readPlace(tokens, field);
    else if (field === 'scriptId') scriptId = readScriptId(tokens);
    else tokens.skip('key');
  }
  FIELDS.close(seen, tokens.at);
  const file = fileOfFunction(url, { name, line, scriptId });
  const frame = { function: name === '' ? nameless(line, column) : name, file, line };
  return column === 0 ? frame : { ...frame, column };
}

/** V8 gives no name to functions without one, and none to the code of a script or module outside all functions, which begins where the file begins. */
function nameless(line: number, column: number): string {
  return line === 1 && column === 1 ? '(top level)' : '(anonymous)';
}

/** A number as a text; 0 where it is anything else, for nothing but the name of a file hangs on it. */
function readScriptId(tokens: JsonTokens): number {
  const token = tokens.next();
  if (token !== 'text') {
    tokens.skip(token);
    return 0;
  }
  const id = Number(tokens.text());
  return Number.isSafeInteger(id) ? id : 0;
}
