/** The careless finalizer: its callback closes over the object whose end it waits for. */
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
  for (let i = 0; i < 300; i++) connect(number * 1000 + i);
}

export function tables(): Record<string, number> {
  return { open: open.size };
}
