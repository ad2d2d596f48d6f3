import { describe, expect, test } from 'vitest';
import { isFileLocation, readableFile, resolveLocation } from './locations.ts';

describe('locations', () => {
  test.each([
    ['main.js.map', '/srv/app/dist/main.js', '/srv/app/dist/main.js.map'],
    ['../src/./main.ts', '/srv/app/dist/main.js.map', '/srv/app/src/main.ts'],
    ['/maps/a.map', '/srv/app/main.js', '/maps/a.map'],
    ['file:///maps/a.map', '/srv/main.js', 'file:///maps/a.map'],
    ['my%20app.js.map', '/srv/my app.js', '/srv/my app.js.map'],
    ['100%.ts', '/srv/a.js', '/srv/100%.ts'],
    ['../../../../up.ts', '/srv/a.js', '/up.ts'],
    ['a.map', 'http://localhost:3000/assets/a.js?v=1', 'http://localhost:3000/assets/a.map'],
    ['/a.map', 'http://localhost:3000/assets/a.js', 'http://localhost:3000/a.map'],
    ['..\\src\\a.ts', 'C:\\app\\dist\\a.js', 'C:/app/src/a.ts'],
    ['../src/a.ts', 'C:\\app\\dist\\a.js', 'C:/app/src/a.ts'],
    ['webpack://app/./src/a.ts', '/srv/a.js.map', 'webpack://app/./src/a.ts'],
  ])('%s seen from %s is %s', (reference, base, expected) => {
    expect(resolveLocation(reference, base)).toBe(expected);
  });

  test.each([
    ['file:///srv/my%20app/main.ts', '/srv/my app/main.ts'],
    ['file:///C:/app/main.ts', 'C:/app/main.ts'],
    ['file://localhost/srv/a.ts', '/srv/a.ts'],
    ['file://share/srv/a.ts', 'file://share/srv/a.ts'],
    ['webpack://shop/./src/cart.ts?1a2b', 'src/cart.ts'],
    ['webpack:///./src/cart.ts', 'src/cart.ts'],
    ['webpack:///src/cart.ts', 'src/cart.ts'],
    ['webpack://shop/../lib/x.ts', '../lib/x.ts'],
    ['webpack://shop/webpack/bootstrap', 'webpack/bootstrap'],
    ['webpack-internal:///(rsc)/./src/page.tsx', 'src/page.tsx'],
    ['turbopack:///[project]/src/page.tsx', 'src/page.tsx'],
    ['/srv/app/main.js', '/srv/app/main.js'],
    ['node:fs', 'node:fs'],
    ['https://cdn.example/x.js', 'https://cdn.example/x.js'],
    [`data:text/javascript,${'x'.repeat(100)}`, `data:text/javascript,${'x'.repeat(19)}…`],
    ['', ''],
  ])('%s reads as %s', (file, expected) => {
    expect(readableFile(file)).toBe(expected);
  });

  test('only what can be a file is looked for', () => {
    const some = [
      '/a.js',
      'C:\\a.js',
      'file:///a.js',
      'http://x/a.js',
      'node:fs',
      '',
      'evalmachine.<anonymous>',
      'internal/a.js',
      'wasm://wasm/1',
      'webpack:///a',
    ];
    expect(some.filter(isFileLocation)).toEqual(['/a.js', 'C:\\a.js', 'file:///a.js', 'http://x/a.js']);
  });
});
