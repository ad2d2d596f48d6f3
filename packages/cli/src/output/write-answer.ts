import { CaptureError } from '@heaptrail/capture';
import { writeAll } from './write-all.ts';

/** Standard output took only a part of the answer, or nothing of it: a script must not take that for the whole. */
class AnswerNotWrittenError extends CaptureError {
  override readonly code = 'HEAPTRAIL_ANSWER_NOT_WRITTEN';

  constructor(reason: string) {
    super(`cannot write the answer to standard output (${reason}). What is there is not whole: make room, or send it elsewhere.`);
  }
}

/** An answer on standard output. A reader that went away (`| head`) is no error; throws where anything else is lost. */
export function writeAnswer(text: string): void {
  const reason = writeAll(1, text);
  if (reason !== undefined) throw new AnswerNotWrittenError(reason);
}
