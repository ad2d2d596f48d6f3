import { GrowingUint32 } from '../../graph/growing-column.ts';

/** What nodes say of themselves: 1 for attached to the document, 2 for detached from it. Most say nothing. */
export class AttachednessList {
  readonly nodes = new GrowingUint32(16);
  readonly states = new GrowingUint32(16);

  add(node: number, state: number): void {
    this.nodes.push(node);
    this.states.push(state);
  }
}
