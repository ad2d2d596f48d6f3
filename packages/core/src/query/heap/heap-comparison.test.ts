import { expect, it } from 'vitest';
import { HeapComparison } from './heap-comparison.ts';
import { heapOfText } from './testing/heap-of-text.ts';

const PROGRAM = 'module app = m\nm .rows rows\nrows: list 50';
const AGENT = 'agent own = o\no .buffer buffer';

it('what heaptrail made for its own look is no survivor, though the program had an object of that type there before', () => {
  const comparison = new HeapComparison('identity');
  comparison.add(heapOfText(`${PROGRAM}\n${AGENT}`).heap);
  comparison.add(heapOfText(`${PROGRAM}\nm .packet x\nx: bytes 10\nm .new y\ny: bytes 20\n${AGENT}`).heap);
  comparison.add(heapOfText(`${PROGRAM}\no .packet x\nx: bytes 1000\nm .new y\ny: bytes 20\n${AGENT}`).heap);
  expect(comparison.answer(5).survivors).toMatchObject({ objects: 1, retainedBytes: 20 });
});
