/** A step of long work, as typed data: faces write the words. `done` of `total` are in units of the step, and only ever rise. */
export interface ProgressStep {
  readonly step:
    | 'unpacking'
    | 'reading'
    | 'sizes'
    | 'references'
    | 'dominators'
    | 'retained sizes'
    | 'distances'
    | 'components'
    | 'histogram'
    | 'paths'
    | 'difference';
  readonly done: number;
  readonly total: number;
}

/**
 * Told of long work as it goes on, some ten times a second at most. It may throw: that is how work is cancelled, and
 * whoever is at work leaves nothing half-done behind.
 */
export type Progress = (step: ProgressStep) => void;

export const noProgress: Progress = () => undefined;
