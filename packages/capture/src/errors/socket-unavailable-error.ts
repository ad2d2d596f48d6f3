import { CaptureError } from './capture-error.ts';

/** The private socket for the agents cannot be made. */
export class SocketUnavailableError extends CaptureError {
  override readonly code = 'HEAPTRAIL_SOCKET_UNAVAILABLE';

  constructor(path: string, reason: string) {
    super(
      `cannot make the socket ${path} for the agent (${reason}). The command was not started. Set TMPDIR to a short, writable, local folder.`,
    );
  }
}
