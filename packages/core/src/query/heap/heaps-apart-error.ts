/** Heaps were to be compared object by object, and have no objects in common. */
export class HeapsApartError extends Error {
  readonly code = 'HEAPTRAIL_HEAPS_APART';

  constructor(earlier: string, later: string, why: string, next: string) {
    super(`${earlier} and ${later} cannot be compared: ${why}. ${next}`);
    this.name = 'HeapsApartError';
  }
}
