import { CaptureError } from './capture-error.ts';

/** No process of the command took part in a trial. */
export class GcTrialNotEnteredError extends CaptureError {
  override readonly code = 'HEAPTRAIL_GC_TRIAL_NOT_ENTERED';

  constructor(name: string) {
    super(
      `no Python process of the command ${JSON.stringify(name)} took part, so no setting of the collector was tried. It has to start Python 3.8 or newer, without the options -I, -E and -S and with the environment that it was given.`,
    );
  }
}
