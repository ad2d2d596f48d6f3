import type { SiteFrame } from '../../heap-graph.ts';
import type { AllocationProfile } from '../allocation-profile.ts';
import { ProfileBuilder, type ProfileFacts } from '../profile-builder.ts';

const LINE = /^( *)(\S+) (\S*?):(\d+)(?::(\d+))?(?: (\d+)B)?(?: (\d+)x)?(?: ±(\d+))?$/;

/**
 * A profile as a picture: one stack a line, its callees indented by two more, `function file:line:column bytesB countx ±deviation`.
 *
 *     main app.js:1
 *       load app.js:9:5 100B 2x ±70
 *         parse node:json:3 50B
 */
export function parseProfile(text: string, facts: Partial<ProfileFacts> = {}): AllocationProfile {
  const builder = new ProfileBuilder();
  const callers = [0];
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const margin = /^ */.exec(lines[0] ?? '')?.[0].length ?? 0;
  for (const line of lines) {
    const match = LINE.exec(line.slice(margin));
    if (match === null) throw new Error(`no line of a profile: ${line}`);
    const [, indent, name, file, row, column, bytes, count, deviation] = match;
    const depth = indent.length / 2;
    const stack = builder.addStack(callers[depth]);
    callers[depth + 1] = stack;
    const at = column === undefined ? {} : { column: Number(column) };
    builder.setFrame(stack, builder.frames.add({ function: name, file, line: Number(row), ...at }));
    if (bytes !== undefined) builder.addBytes(stack, Number(bytes));
    if (count !== undefined) builder.addCount(stack, Number(count));
    if (deviation !== undefined) builder.addVariance(stack, Number(deviation) ** 2);
  }
  const usual: ProfileFacts = {
    basis: 'sampled',
    scope: 'live',
    lines: 'statement',
    isLibraryFrame: isLibrary,
    gaps: [],
    counted: true,
    varied: true,
  };
  return builder.finish({ ...usual, ...facts });
}

function isLibrary({ file }: SiteFrame): boolean {
  return file === '' || file.startsWith('node:') || file.includes('node_modules/');
}
