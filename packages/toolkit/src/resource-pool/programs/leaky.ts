/**
 * The careless pool: it keeps a list of who has what, to show it to whoever asks, and takes a resource back when it is given.
 * A borrower that forgets (here: on the way out of an error) stays in the list for ever, with all that it holds.
 */
class Connection {
  readonly open = true;
}

class Session {
  readonly rows = new Array<string>(10).fill('row');
  connection: Connection | undefined;

  work(): void {
    throw new Error('a query that fails');
  }
}

class CarelessPool {
  readonly #free: Connection[] = [];
  readonly #lent = new Map<Connection, Session>();

  acquire(borrower: Session): Connection {
    const connection = this.#free.pop() ?? new Connection();
    this.#lent.set(connection, borrower);
    return connection;
  }

  release(connection: Connection): void {
    this.#lent.delete(connection);
    this.#free.push(connection);
  }

  get lent(): number {
    return this.#lent.size;
  }
}

const pool = new CarelessPool();

function serve(session: Session): void {
  const connection = pool.acquire(session);
  session.connection = connection;
  session.work();
  pool.release(connection);
}

export function round(): void {
  for (let i = 0; i < 100; i++) {
    try {
      serve(new Session());
    } catch {
      // Reported to the caller; nobody thinks of the connection.
    }
  }
}

export function tables(): Record<string, number> {
  return { lent: pool.lent };
}
