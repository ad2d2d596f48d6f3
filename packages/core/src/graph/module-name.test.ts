import { describe, expect, it } from 'vitest';
import { moduleOfName, shortModuleName } from './module-name.ts';

describe('the name of a module', () => {
  it('loses folders and queries where it is a path', () => {
    expect(shortModuleName('/srv/app/src/store.mjs')).toBe('store.mjs');
    expect(shortModuleName('C:\\app\\store.js')).toBe('store.js');
    expect(shortModuleName('/srv/app/page.mjs?version=17#top')).toBe('page.mjs');
    expect(moduleOfName('/srv/app/page.mjs?version=17#top')).toBe('/srv/app/page.mjs');
  });

  it('keeps the folder of an index, and what is inside a package', () => {
    expect(shortModuleName('/srv/app/sessions/index.js')).toBe('sessions/index.js');
    expect(shortModuleName('/srv/node_modules/a/node_modules/express/lib/router.js')).toBe('express/lib/router.js');
    expect(shortModuleName('/index.js')).toBe('index.js');
  });

  it('is left as it is where it is no path', () => {
    for (const name of ['app.models', '__main__', 'data:text/javascript,export default 1', '']) {
      expect(shortModuleName(name)).toBe(name);
      expect(moduleOfName(name)).toBe(name);
    }
  });
});
