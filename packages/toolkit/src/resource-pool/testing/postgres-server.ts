import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/**
 * Where PostgreSQL's programs are, or what to install. Debian keeps them outside the PATH, in a folder for each version.
 * `HEAPTRAIL_POSTGRES` names the folder instead, and then no other is looked at.
 */
export function findPostgres(): { readonly folder: string } | { readonly missing: string } {
  const named = process.env.HEAPTRAIL_POSTGRES;
  if (named !== undefined) {
    return hasPrograms(named)
      ? { folder: named }
      : {
          missing: `HEAPTRAIL_POSTGRES names ${named}, where there are no initdb and postgres: name the folder that has them, or unset it and ${INSTALL}`,
        };
  }
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...(process.env.PATH ?? '').split(delimiter)];
  const folder = folders.find(hasPrograms);
  return folder === undefined ? { missing: `no PostgreSQL server on this machine: ${INSTALL}` } : { folder };
}

const INSTALL = 'apt-get install postgresql';

function hasPrograms(folder: string): boolean {
  return existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'));
}

/** A PostgreSQL of the test's own: on loopback, with its data in a folder that is removed, killed and started again at will. */
export class PostgresServer {
  readonly port: number;
  readonly #folder: string;
  readonly #data: string;
  readonly #user: { uid?: number; gid?: number };
  #process: ChildProcess | undefined;

  private constructor(folder: string, data: string, port: number, user: { uid?: number; gid?: number }) {
    this.#folder = folder;
    this.#data = data;
    this.port = port;
    this.#user = user;
  }

  /** Makes the cluster, which takes a few seconds, and starts it. */
  static async create(folder: string): Promise<PostgresServer> {
    const data = mkdtempSync(join(tmpdir(), 'heaptrail-postgres-'));
    const user = unprivileged();
    if (user.uid !== undefined && user.gid !== undefined) chownSync(data, user.uid, user.gid);
    const options = ['-D', join(data, 'cluster'), '-U', 'heaptrail', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'];
    const made = spawnSync(join(folder, 'initdb'), options, { ...user, cwd: data, encoding: 'utf8' });
    if (made.status !== 0) {
      rmSync(data, { recursive: true, force: true });
      throw new Error(`initdb failed:\n${made.stdout}${made.stderr}`);
    }
    const server = new PostgresServer(folder, data, await freePort(), user);
    await server.start();
    return server;
  }

  /** Until it is ready. After a kill the old server's children may need a moment to notice: it is tried again. */
  async start(): Promise<void> {
    const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${this.#data}`, 'fsync=off', 'max_connections=30'];
    const args = ['-D', join(this.#data, 'cluster'), '-p', String(this.port), ...settings.flatMap((setting) => ['-c', setting])];
    let said = '';
    for (const untilMs = Date.now() + 30_000; Date.now() < untilMs;) {
      const server = spawn(join(this.#folder, 'postgres'), args, { ...this.#user, cwd: this.#data, stdio: ['ignore', 'ignore', 'pipe'] });
      const ready = await new Promise<boolean>((resolve) => {
        server.once('exit', () => resolve(false));
        server.stderr.on('data', (data: Buffer) => {
          said += data.toString();
          if (data.includes('ready to accept connections')) resolve(true);
        });
      });
      if (ready) {
        this.#process = server;
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`PostgreSQL did not start:\n${said}`);
  }

  /** SIGKILL gives it no chance to say anything; SIGQUIT is its "immediate" shutdown. */
  async stop(signal: 'SIGKILL' | 'SIGQUIT'): Promise<void> {
    const server = this.#process;
    this.#process = undefined;
    if (server === undefined) return;
    const exited = new Promise((resolve) => server.once('exit', resolve));
    server.kill(signal);
    await exited;
  }

  async remove(): Promise<void> {
    await this.stop('SIGQUIT');
    rmSync(this.#data, { recursive: true, force: true });
  }
}

/** `initdb` and `postgres` refuse to run as root. */
function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    if (spawnSync('id', [name]).status !== 0) continue;
    const id = (what: string): number => Number(execFileSync('id', [what, name], { encoding: 'utf8' }));
    return { uid: id('-u'), gid: id('-g') };
  }
  throw new Error('PostgreSQL refuses to run as root, and there is neither a user "postgres" nor "nobody".');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
