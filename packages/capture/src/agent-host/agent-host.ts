import { createServer, type Server, type Socket } from 'node:net';
import { reasonOf } from '../errors/reason-of.ts';
import { SocketUnavailableError } from '../errors/socket-unavailable-error.ts';
import { SocketFolder } from './socket-folder.ts';

const MAX_CONNECTIONS = 1024;

/** Listens on the private socket for agents. Owns the socket folder: `close` removes it. */
export class AgentHost {
  readonly socketPath: string;
  readonly #server: Server;
  readonly #folder: SocketFolder;
  readonly #sockets = new Set<Socket>();
  readonly #removeAtExit: () => void;

  private constructor(folder: SocketFolder, accept: (socket: Socket) => void) {
    this.#folder = folder;
    this.socketPath = folder.socketPath;
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      accept(socket);
    });
    this.#server.maxConnections = MAX_CONNECTIONS;
    this.#removeAtExit = () => this.#folder.remove();
    process.once('exit', this.#removeAtExit);
  }

  static async listen(accept: (socket: Socket) => void): Promise<AgentHost> {
    const host = new AgentHost(new SocketFolder(), accept);
    try {
      await new Promise<void>((resolve, reject) => {
        host.#server.once('error', reject);
        host.#server.listen(host.socketPath, resolve);
      });
    } catch (error) {
      host.close();
      throw new SocketUnavailableError(host.socketPath, reasonOf(error));
    }
    host.#server.on('error', () => undefined); // A failed accept is the peer's loss.
    return host;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    this.#folder.remove();
    process.removeListener('exit', this.#removeAtExit);
  }
}
