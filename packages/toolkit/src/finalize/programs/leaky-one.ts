/** The careless finalizer once: short enough for a page. */
class Connection {
  readonly descriptor: number;
  constructor(descriptor: number) {
    this.descriptor = descriptor;
  }
}

const open = new Set<number>();
const finalizers = new FinalizationRegistry<() => void>((run) => run());

function connect(descriptor: number): Connection {
  const connection = new Connection(descriptor);
  open.add(descriptor);
  finalizers.register(connection, () => open.delete(connection.descriptor));
  return connection;
}

export function round(number: number): void {
  if (number === 1) connect(number);
}

export function tables(): Record<string, number> {
  return { open: open.size };
}
