/** What a heap file holds in all; stands at the head of every answer about it. */
export interface HeapSummary {
  readonly file: string;
  readonly fileBytes: number;
  /** Id of the format: `v8-heapsnapshot`, `cpython-dump`. */
  readonly format: string;
  readonly runtime: { readonly name: string; readonly version: string | null };
  readonly takenAt: string | null;
  readonly objects: number;
  readonly references: number;
  /** Shallow sizes of all objects together. */
  readonly shallowBytes: number;
  /** Of these, what a root holds. */
  readonly heldBytes: number;
  /** What nothing holds; null where the format writes only what is held. */
  readonly garbage: { readonly objects: number; readonly bytes: number } | null;
  /** False when the file was cut off, or its writer had to leave something out. */
  readonly whole: boolean;
  /** What the file cannot tell, in plain sentences. */
  readonly gaps: readonly string[];
}
