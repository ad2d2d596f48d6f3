import { describe, expect, it } from 'vitest';
import { LineFramer, MAX_LINE_BYTES } from './line-framer.ts';

describe('LineFramer', () => {
  it('gives the same lines however the bytes are cut', () => {
    const bytes = Buffer.from('{"a":"ü"}\n\n{"b":2}\nrest');
    for (let step = 1; step <= bytes.length; step++) {
      const framer = new LineFramer();
      const lines: string[] = [];
      for (let at = 0; at < bytes.length; at += step) lines.push(...(framer.push(bytes.subarray(at, at + step)) ?? ['dropped']));
      expect(lines).toEqual(['{"a":"ü"}', '', '{"b":2}']);
    }
  });

  it('takes a line of 256 KiB and refuses a longer one, ended or not', () => {
    const line = Buffer.alloc(MAX_LINE_BYTES, 120);
    expect(new LineFramer().push(Buffer.concat([line, Buffer.from('\n')]))).toHaveLength(1);
    expect(new LineFramer().push(Buffer.concat([line, Buffer.from('x\n')]))).toBeUndefined();
    const framer = new LineFramer();
    expect(framer.push(line)).toEqual([]);
    expect(framer.push(Buffer.from('x'))).toBeUndefined();
  });
});
