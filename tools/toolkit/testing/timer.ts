/** Forgets a timer: its process would run on. */
let forgotten: unknown;

export function round(): void {
  forgotten ??= setInterval(() => undefined, 1000);
}
