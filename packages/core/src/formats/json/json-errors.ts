import { HeapFileError } from '../heap-file-error.ts';

/** The bytes are not JSON. */
export class JsonSyntaxError extends HeapFileError {
  readonly code = 'HEAPTRAIL_JSON_SYNTAX';
  readonly atByte: number;

  constructor(expected: string, found: string, atByte: number) {
    super(
      `Expected ${expected}, found ${found} at byte ${atByte}: the file is not valid JSON. Copy it again from where it came, or have it written again.`,
    );
    this.name = 'JsonSyntaxError';
    this.atByte = atByte;
  }
}

/** JSON that ends before its last closing bracket. */
export class JsonCutOffError extends HeapFileError {
  readonly code = 'HEAPTRAIL_JSON_CUT_OFF';
  readonly atByte: number;

  constructor(expected: string, atByte: number) {
    super(
      `The file ends after ${atByte} bytes, where ${expected} was expected: it was cut off. Wait until its writer is done, or copy it again.`,
    );
    this.name = 'JsonCutOffError';
    this.atByte = atByte;
  }
}
