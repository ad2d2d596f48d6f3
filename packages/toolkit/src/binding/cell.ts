import type { Endpoint, LinkSet } from './link.ts';

/** A watched property of one object: what lies in its private storage. Its links go with it. */
export class Cell {
  value: unknown;
  links: LinkSet | undefined = undefined;
  readonly end: Endpoint = { wave: 0 };

  constructor(value: unknown) {
    this.value = value;
  }
}
