import { describe, expect, test } from 'vitest';
import { mappingUrlOf } from './mapping-url.ts';

const urlOf = (text: string) => mappingUrlOf(new TextEncoder().encode(text));

describe('the comment that names the map', () => {
  test.each([
    ['on the last line', 'f();\n//# sourceMappingURL=a.js.map', 'a.js.map'],
    ['before an empty line, with the newlines of Windows', 'f();\r\n//# sourceMappingURL=a.js.map\r\n\r\n', 'a.js.map'],
    ['behind the code of a minified file', 'f()//# sourceMappingURL=a.js.map', 'a.js.map'],
    ['with the sign of old', '//@ sourceMappingURL=a.js.map', 'a.js.map'],
    ['as styles have it', 'f();\n/*# sourceMappingURL=a.js.map */\n', 'a.js.map'],
    ['before other comments', '//# sourceMappingURL=a.js.map\n//# debugId=1\n// end\n', 'a.js.map'],
    ['the last of two', '//# sourceMappingURL=old.map\n//# sourceMappingURL=new.map', 'new.map'],
    ['beyond ASCII', 'é\n//# sourceMappingURL=é.map', 'é.map'],
  ])('%s', (_name, text, url) => {
    expect(urlOf(text)).toBe(url);
  });

  test.each([
    ['there is none', 'f();\n'],
    ['code follows', '//# sourceMappingURL=part.map\nf();'],
    ['it is a text of the program', "const comment = '//# sourceMappingURL=' + url;"],
    ['it is a text with an end', "emit('//# sourceMappingURL=a.map');"],
    ['no sign before it', '// sourceMappingURL=a.map'],
    ['no address', '//# sourceMappingURL=\n'],
    ['nothing', ''],
    ['the words alone', 'sourceMappingURL='],
  ])('none where %s', (_name, text) => {
    expect(urlOf(text)).toBeUndefined();
  });

  test('a map inside, and a long script, cost one look from the end', () => {
    const inside = `data:application/json;base64,${'A'.repeat(1_000_000)}`;
    expect(urlOf(`${'f();\n'.repeat(200_000)}//# sourceMappingURL=${inside}\n`)).toBe(inside);
    expect(urlOf('x'.repeat(3_000_000))).toBeUndefined();
    expect(urlOf('//# sourceMappingUR'.repeat(100_000))).toBeUndefined();
    expect(urlOf('\n'.repeat(1_000_000))).toBeUndefined();
  });
});
