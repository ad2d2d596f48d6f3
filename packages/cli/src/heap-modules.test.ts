import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playground, type Playground } from './testing/run-heaptrail.ts';

/** The most usual leak: a Map at the top of a module, filled by a function that others import. */
const STORE = `
const sessions = new Map();
class Session { constructor(request) { this.request = request; } }
export function handle(request) { sessions.set(request.id, new Session(request)); }
`;
const MAIN = `
import { writeHeapSnapshot } from 'node:v8';
import { handle } from './store.mjs';
for (let i = 0; i < 20000; i++) handle({ id: 'u' + i, body: new Array(50).fill(i) });
writeHeapSnapshot(process.argv[2]);
`;

describe('a leak in a variable of a module, as it is read', () => {
  let place: Playground;
  /** Without what differs from version to version: handles, sizes, shares. */
  const page = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await place.heaptrail(...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const plain = stdout.replaceAll(place.folder, '…').replaceAll(/n-\d+/g, 'n-…');
    return plain.replaceAll(/ *[\d.]+ (?:k|M)?B\b/g, ' … B').replaceAll(/ *<?[\d.]+ %/g, ' … %');
  };

  beforeAll(() => {
    place = playground();
    writeFileSync(join(place.folder, 'store.mjs'), STORE);
    writeFileSync(join(place.folder, 'main.mjs'), MAIN);
    execFileSync(process.execPath, ['main.mjs', 'leak.heapsnapshot'], { cwd: place.folder, stdio: 'pipe' });
  });
  afterAll(() => place.remove());

  it('analyze names the variable and its module', async () => {
    const text = await page('analyze', 'leak.heapsnapshot');
    expect(text.slice(text.indexOf('SUSPECT'), text.indexOf('  piles up'))).toMatchInlineSnapshot(`
      "SUSPECT  Map  n-… … B, … % of the heap
        held by     module …/store.mjs (ModuleWrap, n-…) → variable sessions (Map, n-…, … B)
      "
    `);
    expect(text).toContain('owner       …/store.mjs');
  });

  it('dominators begin with what the modules keep', async () => {
    const text = await page('dominators', 'leak.heapsnapshot', '--least', '30');
    const rows = text.split('\n').filter((line) => !line.includes('smaller'));
    expect(rows.slice(2).join('\n')).toMatchInlineSnapshot(`
      "retained   share  object
       … B … %  system / Context  n-…  module store.mjs
       … B … %    Map  n-…  module store.mjs → variable sessions
       … B … %      (array)  n-…  module store.mjs → variable sessions
      "
    `);
    expect(text).not.toContain('BuiltinModule');
  });

  it('path leads from the module to one of the objects, and an object of the loader is shown as it is', async () => {
    const text = await page('path', 'leak.heapsnapshot', 'Session');
    expect(text.slice(text.indexOf('held by')).replaceAll(/u\d+/g, 'u…')).toMatchInlineSnapshot(`
      "held by     module …/store.mjs (ModuleWrap, n-…) → variable sessions (Map, n-…) → ["u…"]
                    (Session, n-…, … B)
      "
    `);
    const { stdout } = await place.heaptrail('path', 'leak.heapsnapshot', 'LoadCache', '--json');
    const { answer } = JSON.parse(stdout) as { answer: { groups: { example: { handle: string } }[] } };
    expect(await page('dominators', 'leak.heapsnapshot', answer.groups[0].example.handle)).toContain('LoadCache');
  });
});
