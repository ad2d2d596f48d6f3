import { Finalizers } from '../finalizers.ts';

/** Connections whose descriptors are closed when they go: the finalizer has the number, not the connection. */
class Connection {
  readonly descriptor: number;
  constructor(descriptor: number) {
    this.descriptor = descriptor;
  }
}

class Errand {
  readonly descriptor: number;
  constructor(descriptor: number) {
    this.descriptor = descriptor;
  }
}

let reported = 0;
const finalizers = new Finalizers({ development: true, onError: () => reported++ });
const open = new Set<number>();
const lasting = new Connection(-1);

export function round(number: number): void {
  for (let i = 0; i < 300; i++) {
    const connection = new Connection(number * 1000 + i);
    open.add(connection.descriptor);
    finalizers.finalize(connection, close, { args: [new Errand(connection.descriptor)] });
    finalizers.finalizeOnce('log', lasting, log);
    finalizers.finalizeOnce('log', connection, log);
    // Under ever new keys, the target among them, on what lives and on what goes.
    finalizers.finalizeOnce(connection, lasting, log).run();
    finalizers.finalizeOnce(connection, connection, log);
    const early = finalizers.finalize(connection, log);
    if (i % 2 === 0) early.run();
    else early.detach();
    if (i === 0) finalizers.finalize(connection, fail);
    if (i === 1) finalizers.finalize(connection, log, { atExit: true });
  }
}

function close(errand: Errand): void {
  open.delete(errand.descriptor);
}

function log(): void {
  // Nothing to say.
}

function fail(): never {
  throw new Error('a callback that throws stops no other');
}

let roundsAsked = 0;
export function tables(): Record<string, number> {
  roundsAsked++;
  return { open: open.size, finalizers: finalizers.size, unreported: roundsAsked - reported };
}
