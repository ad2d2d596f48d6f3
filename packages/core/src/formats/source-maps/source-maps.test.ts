import { buildSync, type BuildOptions } from 'esbuild';
import { describe, expect, test } from 'vitest';
import type { SiteFrame } from '../../graph/heap-graph.ts';
import { parseProfile } from '../../graph/profile/testing/profile-notation.ts';
import { frameAt, totalsByFunction } from '../../graph/profile/index.ts';
import { SourceMaps, withOriginalFrames, withOriginalSites } from './index.ts';
import { filesInMemory } from './testing/files-in-memory.ts';

const SOURCE = `interface Row {
  id: number;
}

export const rows: Row[] = [];

export function remember(id: number): void {
  const row: Row = { id };
  rows.push(row);
}

export const forget = (): void => {
  rows.length = 0;
};
`;

/** The script that esbuild makes of SOURCE as /srv/app/src/rows.ts, and its map where it has one of its own. */
function compile(options: BuildOptions): { readonly script: string; readonly map: string } {
  const { outputFiles } = buildSync({
    stdin: { contents: SOURCE, loader: 'ts', sourcefile: 'rows.ts', resolveDir: '/srv/app/src' },
    absWorkingDir: '/srv/app/src',
    outfile: '/srv/app/dist/rows.js',
    format: 'cjs',
    write: false,
    ...options,
  });
  const text = (ending: string) => outputFiles?.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { script: text('.js'), map: text('.map') };
}

/** The place where V8 says that a function begins: behind its name, or at its parameters. */
function placeOf(script: string, code: string, name: string): SiteFrame {
  const before = script.slice(0, script.indexOf(code) + code.length).split('\n');
  return { function: name, file: '/srv/app/dist/rows.js', line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const at = ({ function: name, file, line, column }: SiteFrame) => `${name} ${file}:${line}:${column ?? '-'}`;

describe('the line that was written', () => {
  test('is found by the map that lies beside the script', () => {
    const { script, map } = compile({ sourcemap: true });
    const files = filesInMemory({ '/srv/app/dist/rows.js': script, '/srv/app/dist/rows.js.map': map });
    const maps = new SourceMaps(files);
    expect(at(maps.original(placeOf(script, 'function remember', 'remember')))).toBe('remember /srv/app/src/rows.ts:7:17');
    expect(at(maps.original(placeOf(script, 'const forget = ', 'forget')))).toBe('forget /srv/app/src/rows.ts:12:23');
    expect(maps.notes()).toEqual([]);
    expect(files.asked).toEqual(['/srv/app/dist/rows.js', '/srv/app/dist/rows.js.map']);
  });

  test('is found by a map inside the script, for files named by path and by address', () => {
    const { script } = compile({ sourcemap: 'inline' });
    const place = placeOf(script, 'function remember', 'remember');
    const files = filesInMemory({ '/srv/app/dist/rows.js': script, 'file:///srv/app/dist/rows.js': script });
    for (const file of [place.file, `file://${place.file}`])
      expect(at(new SourceMaps(files).original({ ...place, file }))).toBe('remember /srv/app/src/rows.ts:7:17');
  });

  test('of minified code is found with the name that the function had', () => {
    const { script, map } = compile({ sourcemap: true, minify: true, format: 'iife', globalName: 'app' });
    const files = filesInMemory({ '/srv/app/dist/rows.js': script, '/srv/app/dist/rows.js.map': map });
    const short = /function (\w)\(\w\)\{let/.exec(script)?.[1] ?? '';
    expect(at(new SourceMaps(files).original(placeOf(script, `function ${short}`, short)))).toBe('remember /srv/app/src/rows.ts:7:17');
  });

  test('is found without a column only where all of a line comes from one line', () => {
    const whole = compile({ sourcemap: 'inline' }).script;
    const minified = compile({ sourcemap: 'inline', minify: true }).script;
    const files = filesInMemory({ '/whole.js': whole, '/minified.js': minified });
    const maps = new SourceMaps(files);
    const line = whole.split('\n').findIndex((text) => text.includes('rows.push')) + 1;
    expect(at(maps.original({ function: 'remember', file: '/whole.js', line }))).toBe('remember /src/rows.ts:9:3');
    expect(at(maps.original({ function: 'a', file: '/minified.js', line: 1 }))).toBe('a /minified.js:1:-');
  });

  test('of two scripts that were put together is found through an index map', () => {
    const { script, map } = compile({ sourcemap: true });
    const code = script.replace(/\/\/# source.*\n/, '');
    const both = `${code}${code}//# sourceMappingURL=both.map`;
    const second = code.split('\n').length - 1;
    const sections = [0, second].map((line) => ({
      offset: { line, column: 0 },
      map: { ...(JSON.parse(map) as object), sources: [`${line}.ts`] },
    }));
    const files = filesInMemory({ '/both.js': both, '/both.map': JSON.stringify({ version: 3, sections }) });
    const maps = new SourceMaps(files);
    const first = { ...placeOf(script, 'function remember', 'remember'), file: '/both.js' };
    expect(at(maps.original(first))).toBe('remember /0.ts:7:17');
    expect(at(maps.original({ ...first, line: first.line + second }))).toBe(`remember /${second}.ts:7:17`);
  });

  test('of code outside all functions is that of the file, unless many files went into the script', () => {
    const place = { function: '(top level)', file: '/b.js', line: 1, column: 1 };
    const fileOf = (sources: readonly string[]) => {
      const map = JSON.stringify({ version: 3, sources, names: [], mappings: 'AAAA' });
      return at(new SourceMaps(filesInMemory({ '/b.js': 'f()\n//# sourceMappingURL=b.map', '/b.map': map })).original(place));
    };
    expect([fileOf(['a.ts']), fileOf(['a.ts', 'b.ts'])]).toEqual(['(top level) /a.ts:1:1', '(top level) /b.js:1:1']);
  });

  test('names files within a bundle as their developer does', () => {
    const map = { version: 3, sources: ['webpack://shop/./src/cart.ts?1a2b'], names: [], mappings: 'AAAA' };
    const files = filesInMemory({ '/b.js': 'f()\n//# sourceMappingURL=b.map', '/b.map': JSON.stringify(map) });
    expect(at(new SourceMaps(files).original({ function: 'f', file: '/b.js', line: 1, column: 1 }))).toBe('f src/cart.ts:1:1');
  });
});

describe('the line that ran stays, and a sentence says why', () => {
  const map = (text: string) => `f()\n//# sourceMappingURL=data:application/json,${encodeURIComponent(text)}`;
  const huge = JSON.stringify({ version: 3, sources: ['a'], names: [], mappings: ';'.repeat(1000) });
  const files = {
    '/no-map.js': 'f()\n//# sourceMappingURL=gone.map',
    '/not-json.js': map('<html>'),
    '/no-mappings.js': map('{"version":3}'),
    '/encoding.js': 'f()\n//# sourceMappingURL=data:application/json;base64,$$$',
    '/elsewhere.js': 'f()\n//# sourceMappingURL=vscode://map',
    '/huge.js': 'f()\n//# sourceMappingURL=huge.map',
    '/huge.map': huge,
  };

  test('for maps that are not there, broken, elsewhere or too large', () => {
    const maps = new SourceMaps(filesInMemory(files), 1000);
    for (const file of [...Object.keys(files), '/gone.js'].filter((name) => name.endsWith('.js'))) {
      const frame = { function: 'f', file, line: 1, column: 2 };
      expect([maps.original(frame), maps.original(frame)]).toEqual([frame, frame]);
    }
    expect(maps.notes()).toMatchInlineSnapshot(`
      [
        "/no-map.js: the source map cannot be read (no such file), so lines are those of the code that ran",
        "/not-json.js: the source map is broken: it is not valid JSON, so lines are those of the code that ran",
        "/no-mappings.js: the source map is broken: it has no mappings, so lines are those of the code that ran",
        "/encoding.js: the source map inside is broken: its encoding, so lines are those of the code that ran",
        "/elsewhere.js: the source map cannot be read (not a file), so lines are those of the code that ran",
        "/huge.js: the source map is too large (1001 mappings, and at most 1000 are followed), so lines are those of the code that ran",
        "/gone.js: the script cannot be read (no such file), so lines are those of the code that ran",
      ]
    `);
  });

  test('for a place that the file does not have: another text ran', () => {
    const maps = new SourceMaps(filesInMemory({ '/srv/a.ts': 'const a = 1;\nf();\n', '/srv/b.js': 'f();' }));
    expect(at(maps.original({ function: 'f', file: '/srv/a.ts', line: 1, column: 90 }))).toBe('f /srv/a.ts:1:90');
    expect(at(maps.original({ function: 'f', file: '/srv/b.js', line: 2 }))).toBe('f /srv/b.js:2:-');
    expect(at(maps.original({ function: 'f', file: '/srv/b.js', line: 1, column: 5 }))).toBe('f /srv/b.js:1:5');
    expect(maps.notes()).toMatchInlineSnapshot(`
      [
        "/srv/a.ts, /srv/b.js: the file is not the text that ran (it was compiled while it was loaded, as tsx and ts-node do, or it changed since), so lines are those of the code that ran",
      ]
    `);
  });

  test('in one sentence for many scripts', () => {
    const maps = new SourceMaps(filesInMemory({}));
    for (let script = 0; script < 50; script++) maps.original({ function: 'f', file: `file:///srv/${script}.js`, line: 1 });
    expect(maps.notes()).toMatchInlineSnapshot(`
      [
        "/srv/0.js, /srv/1.js, /srv/2.js and 47 more: the script cannot be read (no such file), so lines are those of the code that ran",
      ]
    `);
  });

  test('without a word for scripts that were written as they ran, and for what is no file', () => {
    const files = filesInMemory({ '/a.js': 'f()' });
    const maps = new SourceMaps(files);
    for (const file of ['/a.js', 'node:fs', '', 'evalmachine.<anonymous>', 'wasm://wasm/1'])
      expect(at(maps.original({ function: 'f', file, line: 1 }))).toBe(`f ${file}:1:-`);
    expect([files.asked, maps.notes()]).toEqual([['/a.js'], []]);
  });
});

test('a script is read once, and again only when others needed the room', () => {
  const big = JSON.stringify({ version: 3, sources: ['a.ts'], names: [], mappings: `AAAA${';AACA'.repeat(60)}` });
  const script = (map: string) => `f()\n//# sourceMappingURL=${map}`;
  const files = filesInMemory({ '/1.js': script('big.map'), '/2.js': script('big.map'), '/big.map': big });
  const maps = new SourceMaps(files, 100);
  const look = (file: string) => maps.original({ function: 'f', file, line: 1, column: 1 }).file;
  expect([look('/1.js'), look('/1.js'), look('/2.js'), look('/2.js'), look('/1.js')]).toEqual(Array(5).fill('/a.ts'));
  expect(files.asked).toEqual(['/1.js', '/big.map', '/2.js', '/big.map', '/1.js', '/big.map']);
});

describe('every line that is shown', () => {
  const { script } = compile({ sourcemap: 'inline' });
  const remember = placeOf(script, 'function remember', 'remember');
  const maps = () => new SourceMaps(filesInMemory({ '/srv/app/dist/rows.js': script }));

  test('of allocation sites', () => {
    const sites = { traced: true, siteCount: 1, siteOf: () => 0, frames: () => [remember] };
    const original = withOriginalSites(sites, maps());
    expect([original.traced, original.siteCount, original.siteOf(7), ...original.frames(0).map(at)]).toEqual([
      true,
      1,
      0,
      'remember /srv/app/src/rows.ts:7:17',
    ]);
  });

  test('of a profile, with the notes among its gaps', () => {
    const profile = parseProfile(`
      start node:main:1
        remember ${remember.file}:${remember.line}:${remember.column} 80B
        other /gone.js:3:1 20B
    `);
    const original = withOriginalFrames(profile, maps());
    const totals = totalsByFunction(original);
    expect([...totals.frame].map((frame, row) => `${at(frameAt(original, frame))} ${totals.ownBytes[row]}`)).toEqual([
      'remember /srv/app/src/rows.ts:7:17 80',
      'other /gone.js:3:1 20',
      'start node:main:1:- 0',
    ]);
    expect(original.gaps).toEqual(['/gone.js: the script cannot be read (no such file), so lines are those of the code that ran']);
  });
});
