import { closeSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Progress } from '@heaptrail/core';
import { CaptureError } from '../errors/capture-error.ts';
import { HeapFileBombError } from '../errors/heap-file-bomb-error.ts';
import { HeapFileDamagedError } from '../errors/heap-file-damaged-error.ts';
import { HeapFileNoRoomError } from '../errors/heap-file-no-room-error.ts';
import { reasonOf } from '../errors/reason-of.ts';
import type { Codec } from './codecs.ts';
import { fileBytes } from './file-bytes.ts';
import { openNamelessFile } from './temporary-file.ts';

/** No heap of ours packs better than 1 : 30; gzip itself ends at 1 : 1032, brotli nowhere. */
const BOMB_RATIO = 200;
const ALWAYS_ALLOWED_BYTES = 64 * 2 ** 20;
/** Left to the other programs of the machine, and looked at again after every so many bytes. */
const ROOM_TO_LEAVE_BYTES = 128 * 2 ** 20;
const LOOK_AT_ROOM_EVERY_BYTES = 64 * 2 ** 20;
const PIECE_BYTES = 2 ** 18;
const PROGRESS_EVERY_MS = 100;
/** Codes of zlib, of brotli (`ERR__ERROR_FORMAT_…`, with two strokes) and of zstd. */
const DECODER_CODE = /^(Z_|ERR__|ZSTD_)/;

export interface Packed {
  readonly path: string;
  readonly fd: number;
  readonly sizeBytes: number;
  readonly codec: Codec;
  readonly decoder: Transform;
}

/**
 * Unpacks an open file, in constant memory, into a temporary file without a name, and returns its descriptor and size.
 * Throws HeapFileBombError, HeapFileDamagedError, HeapFileNoRoomError or HeapFileUnreadableError, and leaves nothing behind.
 */
export async function unpack(
  packed: Packed,
  progress: Progress,
  signal: AbortSignal | undefined,
  folder = tmpdir(),
): Promise<{ fd: number; sizeBytes: number }> {
  const { path, sizeBytes: packedBytes, codec, decoder } = packed;
  const limitBytes = Math.max(ALWAYS_ALLOWED_BYTES, BOMB_RATIO * packedBytes);
  const target = new UnpackedFile(path, folder);
  const tell = atMostEvery(PROGRESS_EVERY_MS, () => progress({ step: 'unpacking', done: consumedBytes(decoder), total: packedBytes }));
  // Kept apart: when a consumer fails, the pipeline may report how the other streams ended instead.
  let ourError: unknown;
  const keep = async (pieces: AsyncIterable<Uint8Array>): Promise<void> => {
    try {
      for await (const piece of pieces) {
        if (target.sizeBytes + piece.length > limitBytes) throw new HeapFileBombError(path, codec.name, packedBytes, limitBytes);
        target.append(piece);
        tell();
      }
    } catch (error) {
      ourError = error;
      throw error;
    }
  };
  try {
    await pipeline(piecesOf(packed), decoder, keep, signal === undefined ? {} : { signal });
    return { fd: target.fd, sizeBytes: target.sizeBytes };
  } catch (error) {
    closeSync(target.fd);
    throw decodingError(ourError instanceof CaptureError ? ourError : error, packed);
  }
}

function* piecesOf({ fd, sizeBytes, path }: Packed): Generator<Uint8Array> {
  const source = fileBytes(fd, sizeBytes, path);
  for (let position = 0; position < sizeBytes; position += PIECE_BYTES) {
    const piece = new Uint8Array(Math.min(PIECE_BYTES, sizeBytes - position));
    const bytes = source.read(piece, position);
    if (bytes > 0) yield piece.subarray(0, bytes);
  }
}

/** What a decoder complains of, as an error of ours; anything else (a cancellation, an error of ours) as it is. */
function decodingError(error: unknown, { path, codec, sizeBytes }: Packed): unknown {
  if (!(error instanceof Error)) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (!DECODER_CODE.test(code)) return error;
  const damage = code === 'Z_BUF_ERROR' || /unexpected end/i.test(error.message) ? 'cut off' : 'corrupt';
  return new HeapFileDamagedError(path, codec.name, damage, sizeBytes, error.message);
}

/** The temporary file while it is written. */
class UnpackedFile {
  readonly fd: number;
  readonly #path: string;
  readonly #folder: string;
  #sizeBytes = 0;
  #lookAtRoomAt = 0;

  constructor(path: string, folder: string) {
    this.#path = path;
    this.#folder = folder;
    try {
      this.fd = openNamelessFile(folder);
    } catch (error) {
      throw new HeapFileNoRoomError(path, folder, 0, reasonOf(error));
    }
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  append(piece: Uint8Array): void {
    if (this.#sizeBytes >= this.#lookAtRoomAt) {
      this.#lookAtRoomAt += LOOK_AT_ROOM_EVERY_BYTES;
      if (roomBytes(this.#folder) < ROOM_TO_LEAVE_BYTES) throw this.#noRoom('the disk is nearly full');
    }
    let written = 0;
    try {
      while (written < piece.length) written += writeSync(this.fd, piece, written, piece.length - written, this.#sizeBytes + written);
    } catch (error) {
      throw this.#noRoom(reasonOf(error));
    }
    this.#sizeBytes += written;
  }

  #noRoom(reason: string): HeapFileNoRoomError {
    return new HeapFileNoRoomError(this.#path, this.#folder, this.#sizeBytes, reason);
  }
}

function roomBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** How much of its input a decoder has taken: all zlib streams count it. */
function consumedBytes(decoder: Transform): number {
  return (decoder as Transform & { readonly bytesWritten: number }).bytesWritten;
}

function atMostEvery(intervalMs: number, tell: () => void): () => void {
  let toldAtMs = 0;
  return () => {
    const nowMs = performance.now();
    if (nowMs - toldAtMs < intervalMs) return;
    toldAtMs = nowMs;
    tell();
  };
}
