import { inflateSync } from 'node:zlib';

/** Decodes one zlib block of a dump; throws when it holds more than it declared. */
export type Inflate = (stored: Uint8Array, rawBytes: number) => Uint8Array;

/** Growth by path over the dumps seen so far: core's `LiveGrowth`, handed in so that capture runs no analysis of its own. */
export interface GrowthWatch {
  addDump(bytes: Uint8Array, inflate: Inflate): { readonly growingPlaces: number; readonly topmost: string | undefined };
}

export const inflate: Inflate = (stored, rawBytes) => inflateSync(stored, { maxOutputLength: Math.max(1, rawBytes) });
