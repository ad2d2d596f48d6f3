import { describe, expect, it } from 'vitest';
import type { HeapFile } from './heap-file.ts';
import { describeHead, recogniseFormat } from './recognise-format.ts';

const FORMATS = [
  { title: 'V8 heap snapshot', recognises: (head: Uint8Array) => head[0] === 0x7b },
  { title: 'CPython heap dump', recognises: (head: Uint8Array) => head[0] === 0x48 },
];

function file(head: string): HeapFile {
  const bytes = Buffer.from(head, 'latin1');
  return {
    path: 'x.heap',
    source: { sizeBytes: bytes.length, read: () => 0 },
    sizeBytes: bytes.length,
    head: bytes,
    packed: undefined,
    moment: { sizeBytes: bytes.length, mtimeNs: 0n, ctimeNs: 0n },
    assertUnchanged: () => undefined,
    close: () => undefined,
  };
}

describe('recogniseFormat', () => {
  it('takes the first format that knows the head', () => {
    expect(recogniseFormat(file('{"snapshot":'), FORMATS).title).toBe('V8 heap snapshot');
    expect(recogniseFormat(file('HTHEAP'), FORMATS).title).toBe('CPython heap dump');
  });

  it('says which formats there are, and what the file looks like', () => {
    expect(() => recogniseFormat(file('PK\x03\x04rest'), FORMATS)).toThrowErrorMatchingInlineSnapshot(
      `[Error: x.heap is no heap file that can be read: it begins with the mark of a zip archive (unpack it first). Formats that can be read: V8 heap snapshot, CPython heap dump.]`,
    );
  });

  it('describes what people name by mistake', () => {
    const heads = ['\x1f\x8b\x08', '\x89PNG\r\n\x1a\n', 'Name,Size\n"a",3\n', 'JAVA PROFILE 1.0.2\0'];
    expect(heads.map((head) => describeHead(Buffer.from(head, 'latin1')))).toMatchInlineSnapshot(`
      [
        "the mark of gzip again (it was packed twice: unpack it once first)",
        "the bytes 89 50 4e 47 0d 0a 1a 0a",
        "the text "Name,Size\\n\\"a\\",3\\n"",
        "the mark of a Java heap dump",
      ]
    `);
  });
});
