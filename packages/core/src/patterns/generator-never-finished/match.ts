import type { Pattern } from '../pattern.ts';
import { MOST } from '../waiting-objects.ts';

export const generatorNeverFinished: Pattern = {
  id: 'generator-never-finished',
  title: 'a generator is left in the middle, and something keeps it',
  fix: 'close the generator when its reader goes (with contextlib.closing or aclosing, or in a finally), and let go of it; an except around a yield must let GeneratorExit through',
  match(evidence) {
    const { graph, objects } = evidence;
    const countByLine = new Map<string, number>();
    let text = '';
    for (const node of objects) {
      const found = graph.language.suspension?.(graph, node);
      if (found === undefined || found.kind === 'coroutine' || found.state !== 'suspended') continue;
      const { function: name, file, line } = found.frame;
      const place = `${name} (${file.slice(file.lastIndexOf('/') + 1)}:${line})`;
      countByLine.set(place, (countByLine.get(place) ?? 0) + 1);
      if ((countByLine.get(place) ?? 0) > (countByLine.get(text) ?? 0)) text = place;
    }
    const most = countByLine.get(text) ?? 0;
    if (most === 0 || most < MOST * objects.length) return undefined;
    return {
      title: 'left in the middle, and kept',
      evidence: [`${most} of ${objects.length} new generators stand at one yield: ${text}`],
      against: [],
      exact: false,
    };
  },
};
