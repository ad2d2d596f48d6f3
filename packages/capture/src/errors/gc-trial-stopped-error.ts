import { CaptureError } from './capture-error.ts';

/** Somebody ended the trials before there was anything to compare. */
export class GcTrialStoppedError extends CaptureError {
  override readonly code = 'HEAPTRAIL_GC_TRIAL_STOPPED';

  constructor(rounds: number) {
    super(
      `stopped after ${rounds} whole rounds; two are needed to compare anything. Run it again, with fewer settings if it takes too long.`,
    );
  }
}
