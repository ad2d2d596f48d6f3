import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadExhibit, type Exhibit } from './exhibit.ts';
import { choosePython, findPythons } from './find-python.ts';
import { mapExpectation, mutate, type Mutation } from './mutate.ts';
import { resolveExpectation } from './resolve-lines.ts';

const EXHIBITS = fileURLToPath(new URL('../../exhibits', import.meta.url));

const mutation: Mutation = {
  names: { BindableProperty: 'Fifi', entries: 'dofimo', nicegui: 'qzgui' },
  files: { nicegui: 'qzgui', 'journal.py': 'pazoxi.py' },
  lines: { 'qzgui/binding.py': { '182': 270 } },
  swaps: [],
};

describe('what is expected', () => {
  test('moves along with names, files and lines', () => {
    const mapped = mapExpectation(
      {
        type: 'journal.Entry',
        patterns: ['container-only-grows'],
        allocated: [
          { fileEndsWith: 'nicegui/binding.py', function: '__set__', line: 182 },
          { fileEndsWith: 'journal.py', marker: 'LEAK' },
        ],
        heldByContains: ['entries', ['BindableProperty', '_registry']],
        suspectStep: 'entries',
      },
      [mutation],
    );
    expect(mapped).toEqual({
      type: ['journal.Entry'],
      patterns: ['container-only-grows'],
      allocated: [
        { fileEndsWith: 'qzgui/binding.py', function: '__set__', line: 270 },
        { fileEndsWith: 'pazoxi.py', marker: 'LEAK' },
      ],
      heldByContains: [['dofimo'], ['Fifi', '_registry']],
      suspectStep: 'dofimo',
    });
  });
});

describe('a mutated exhibit', () => {
  const cacheFolder = mkdtempSync(join(tmpdir(), 'mutants-'));
  afterAll(() => rmSync(cacheFolder, { recursive: true }));
  let original: Exhibit;
  let texts: readonly string[][];

  beforeAll(async () => {
    original = loadExhibit(join(EXHIBITS, 'two-leaks-swapped-sizes'));
    const python = choosePython(findPythons(process.env.HEAPTRAIL_PYTHON), original.python);
    texts = [];
    for (const seed of [1, 2, 1]) {
      const request = { exhibit: original, variant: 'broken', python, packages: [], seed, cacheFolder } as const;
      const { exhibit } = await mutate(request);
      const files = readdirSync(exhibit.folder).sort();
      texts = [...texts, files.map((file) => readFileSync(join(exhibit.folder, file), 'utf8'))];
      // Fails where a marker or a file was lost on the way.
      for (const expectation of exhibit.expectations) resolveExpectation(expectation, exhibit.folder, []);
    }
  });

  test('has none of its names left', () => {
    const programs = texts[0]?.join('\n') ?? '';
    expect(programs).toContain('class ');
    expect(programs).not.toMatch(/\b(Record|Recorder|pictures|marks|recorder)\b(?![^\n]*""")/);
  });

  test('has containers of other kinds', () => {
    expect(texts[0]?.join('\n')).toContain('collections.deque()');
  });

  test('is the same for the same seed and another for another', () => {
    expect(texts[2]).toEqual(texts[0]);
    expect(texts[1]).not.toEqual(texts[0]);
  });
});
