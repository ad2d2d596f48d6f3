import { expect, test } from 'vitest';
import { frameWords } from './frames.ts';

test('a frame is named by file and function, and without a file as what it is', () => {
  const text = (file: string) =>
    frameWords({ function: 'load', file, line: 3 }, 'plain', ' ')
      .map((word) => word.text)
      .join(' ');
  expect(['/srv/app.ts', '/venv/lib/python3.12/site-packages/db/pool.py', ''].map(text)).toEqual([
    '/srv/app.ts:3 in load',
    'db/pool.py:3 in load',
    'load (built in)',
  ]);
});
