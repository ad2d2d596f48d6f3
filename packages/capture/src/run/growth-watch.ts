/**
 * Growth by path over the dumps of one process while it still runs. Handed in, so that capture runs no analysis of its own; the
 * work is done elsewhere, because the host must stay able to pass signals on.
 */
export interface GrowthWatch {
  /** Takes one more dump file, in order of time. Rejects when it cannot be read or is no dump. */
  look(dumpPath: string): Promise<GrowthSeen>;
}

export interface GrowthSeen {
  /** Places in the heap that grew in two dumps. */
  readonly growingPlaces: number;
  readonly topmost: string | undefined;
}
