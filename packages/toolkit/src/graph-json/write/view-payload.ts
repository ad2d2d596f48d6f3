import { GraphFormatError } from '../errors.ts';
import { bytesPerElement, IS_LITTLE_ENDIAN, type ViewName } from '../format.ts';
import type { GraphSettings } from '../settings.ts';
import { bufferOfView, rangeOfView } from './kind-of.ts';
import type { Payload } from './payload.ts';

/** `{"$type":"Uint8Array","buffer":…}`, and with `offset` and `length` when it shows a part of a buffer that is shared. */
export function viewPayload(view: object, name: ViewName, settings: GraphSettings): Payload {
  const elementBytes = bytesPerElement(name);
  if (!IS_LITTLE_ENDIAN && elementBytes > 1)
    throw new GraphFormatError(`${name} is written with little-endian bytes, which this machine does not have. Write a Uint8Array.`);
  const buffer = bufferOfView(view, name);
  const { offset, length } = rangeOfView(view, name);
  const isWhole = offset === 0 && length === buffer.byteLength;
  const isShared = !isWhole && settings.partialViews === 'share';
  return {
    open: `{"$type":"${name}",${isShared ? `"offset":${offset},"length":${length / elementBytes},` : ''}"buffer":`,
    values: [isWhole || isShared ? buffer : ArrayBuffer.prototype.slice.call(buffer, offset, offset + length)],
    before: [''],
    pointers: ['/buffer'],
    close: '}',
  };
}
