import { HeapFormatUnknownError } from '../errors/heap-format-unknown-error.ts';
import type { HeapFile } from './heap-file.ts';

/** What is asked of a format here; `HeapFormat` of core has more. */
export interface Recognisable {
  readonly title: string;
  recognises(head: Uint8Array): boolean;
}

/** The first of the formats whose mark the file bears. Throws HeapFormatUnknownError, which says what the file looks like. */
export function recogniseFormat<Format extends Recognisable>(file: HeapFile, formats: readonly Format[]): Format {
  const format = formats.find((candidate) => candidate.recognises(file.head));
  if (format !== undefined) return format;
  const titles = formats.map(({ title }) => title);
  throw new HeapFormatUnknownError(file.path, describeHead(file.head), titles);
}

/** What people name as a heap file by mistake, or have packed in a way that is not unpacked here. */
const MARKS: readonly { readonly bytes: string; readonly means: string }[] = [
  { bytes: 'PK\x03\x04', means: 'the mark of a zip archive (unpack it first)' },
  { bytes: '\x1f\x8b', means: 'the mark of gzip again (it was packed twice: unpack it once first)' },
  { bytes: '\xfd7zXZ', means: 'the mark of xz (run "unxz --keep" first)' },
  { bytes: 'BZh', means: 'the mark of bzip2 (run "bunzip2 --keep" first)' },
  { bytes: '\x28\xb5\x2f\xfd', means: 'the mark of zstd again (it was packed twice: unpack it once first)' },
  { bytes: 'JAVA PROFILE', means: 'the mark of a Java heap dump' },
  { bytes: '\x7fELF', means: 'the mark of a program or core dump (ELF)' },
];
const LETTERS_SHOWN = 32;
const BYTES_SHOWN = 8;

export function describeHead(head: Uint8Array): string {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 64)).toString('latin1');
  const mark = MARKS.find(({ bytes }) => text.startsWith(bytes));
  if (mark !== undefined) return mark.means;
  const letters = text.slice(0, LETTERS_SHOWN);
  if (/^[\t\r\n\x20-\x7e]+$/.test(letters)) return `the text ${JSON.stringify(letters)}`;
  return `the bytes ${Buffer.from(head.subarray(0, BYTES_SHOWN))
    .toString('hex')
    .replace(/(..)(?=.)/g, '$1 ')}`;
}
