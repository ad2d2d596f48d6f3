import type { Socket } from 'node:net';
import { parseObject } from '../session/read-json-lines.ts';
import type { AgentFrame, HostCommand } from './frame.ts';
import { LineFramer } from './line-framer.ts';
import { parseFrame } from './parse-frame.ts';

/** A peer that leaves this much unread is stuck; it gets no further commands. */
const MAX_UNSENT_BYTES = 64 * 1024;

export interface ConnectionListener {
  /** `raw` is the object as the peer sent it. */
  frame(frame: AgentFrame, raw: Readonly<Record<string, unknown>>): void;
  /** Called once; `reason` is set when the host itself dropped the peer. */
  closed(reason: string | undefined): void;
}

/** One peer on the socket: frames in, commands out. Never throws for what the peer does. */
export class AgentConnection {
  readonly #socket: Socket;
  readonly #framer = new LineFramer();
  readonly #listener: ConnectionListener;
  #dropReason: string | undefined;
  #closed = false;

  constructor(socket: Socket, listener: ConnectionListener) {
    this.#socket = socket;
    this.#listener = listener;
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', () => undefined); // 'close' follows and tells all that is needed.
    socket.on('close', () => {
      if (this.#closed) return;
      this.#closed = true;
      listener.closed(this.#dropReason);
    });
  }

  get open(): boolean {
    return !this.#closed && !this.#socket.destroyed;
  }

  send(command: HostCommand): void {
    if (!this.open || !this.#socket.writable || this.#socket.writableLength > MAX_UNSENT_BYTES) return;
    this.#socket.write(`${JSON.stringify(command)}\n`);
  }

  drop(reason: string): void {
    this.#dropReason ??= reason;
    this.#socket.destroy();
  }

  /** Asks for an orderly end of the stream. */
  end(): void {
    if (this.open) this.#socket.end();
  }

  #receive(chunk: Buffer): void {
    const lines = this.#framer.push(chunk);
    if (lines === undefined) {
      this.drop('it sent a line of more than 256 KiB');
      return;
    }
    for (const line of lines) {
      if (this.#dropReason !== undefined) return;
      const raw = parseObject(line);
      if (raw === undefined) {
        this.drop('it sent a line that is no JSON object');
        return;
      }
      const frame = parseFrame(raw);
      if (frame !== undefined) this.#listener.frame(frame, raw);
    }
  }
}
