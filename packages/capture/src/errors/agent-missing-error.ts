import { CaptureError } from './capture-error.ts';

/** The installation lacks the Python agent: a broken checkout or package. */
export class AgentMissingError extends CaptureError {
  override readonly code = 'HEAPTRAIL_AGENT_FILES_MISSING';

  constructor(folder: string) {
    super(`the Python agent is not where it belongs (${folder}). The command was not started. Install heaptrail again.`);
  }
}
