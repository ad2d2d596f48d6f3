import { CaptureError } from './capture-error.ts';

/** The processes of a run ended without handing over their figures. */
export class GcTrialUnfinishedError extends CaptureError {
  override readonly code = 'HEAPTRAIL_GC_TRIAL_UNFINISHED';

  constructor(setting: string, how: string) {
    super(
      `the program under the setting ${setting} ended with ${how} and left no figures: it has to end by itself, not by a signal or os._exit (--show-output lets it say why). For a server, write a script that starts it, sends it a fixed number of requests and stops it in an orderly way.`,
    );
  }
}
