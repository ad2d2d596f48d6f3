import { describe, expect, it } from 'vitest';
import { parseGraph } from '../../graph/text-notation.ts';
import { joinSites } from './allocation-join.ts';

const join = (text: string, names: readonly string[]): ReturnType<typeof joinSites> => {
  const { graph, node } = parseGraph(text);
  return joinSites(graph, names.map(node));
};

describe('sites of the very objects', () => {
  it('are those of the objects asked for, however many others a busy line made', () => {
    const busy = Array.from({ length: 100 }, (_, i) => `busy${i} @ app.py:1 hot`).join('\n');
    expect(join(`${busy}\nkept0 @ app.py:9 quiet\nkept1 @ app.py:9 quiet`, ['kept0', 'kept1'])).toMatchObject({
      objects: 2,
      withThisSite: 2,
      sites: [{ frames: [{ file: 'app.py', line: 9, function: 'quiet' }], share: 1 }],
    });
  });

  it('are counted by line, most first', () => {
    const result = join('a @ app.py:3 f\nb @ app.py:5 g\nc @ app.py:5 g', ['a', 'b', 'c']);
    expect(result?.withThisSite).toBe(2);
    expect(result?.sites.map((site) => [site.frames[0].line, site.objects])).toEqual([
      [5, 2],
      [3, 1],
    ]);
  });

  it('leave out objects that were made before tracing', () => {
    expect(join('a @ app.py:3 f\nb: item', ['a', 'b'])).toMatchObject({ objects: 1, withThisSite: 1 });
  });

  it('are not known when none was traced', () => {
    expect(join('a: item', ['a'])).toBeUndefined();
  });

  it('name the library only when no frame is the program’s', () => {
    expect(join('a @ stdlib.py:3 f', ['a'])?.sites[0].frames).toHaveLength(1);
  });
});
