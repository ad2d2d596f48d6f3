import { GrowingFloat64, GrowingUint32 } from '../../graph/growing-column.ts';
import type { ProfileBuilder } from '../../graph/profile/index.ts';
import type { JsonTokens } from '../json/json-tokens.ts';
import { ProfileTotalError } from './heap-profile-errors.ts';
import { expect, FieldSet, kindError, readBytes, readId } from './profile-fields.ts';
import { readCallFrame } from './read-call-frame.ts';

const FIELDS = new FieldSet('a stack node', ['callFrame', 'selfSize', 'children'], ['id']);

/** Stands for a node without an id, as the first versions of Chrome wrote them. */
export const NO_ID = -1;

/**
 * Reads the tree of stacks behind the key `head` into the builder; the head itself is the empty stack. Returns the id of
 * each stack. Fields may come in any order; trees of any depth take a few bytes for each open node.
 */
export function readTree(tokens: JsonTokens, builder: ProfileBuilder, reading: () => void): Float64Array {
  const ids = new GrowingFloat64();
  const open = new OpenNodes();
  let totalBytes = 0;
  expect(tokens, 'head', 'object');
  ids.push(NO_ID);
  open.push(0);
  let inChildren = false;
  while (open.depth > 0) {
    const token = tokens.next();
    const stack = open.stack;
    if (inChildren) {
      inChildren = false;
      if (token === 'object') {
        ids.push(NO_ID);
        open.push(builder.addStack(stack));
        reading();
      } else if (token !== 'end') {
        throw kindError('children', 'a list of objects', token, tokens.at);
      }
      continue;
    }
    if (token === 'end') {
      FIELDS.close(open.seen, tokens.at);
      open.pop();
      inChildren = true;
      continue;
    }
    const field = tokens.text();
    open.seen = FIELDS.add(open.seen, field, tokens.at);
    if (field === 'callFrame') builder.setFrame(stack, builder.frames.add(readCallFrame(tokens)));
    else if (field === 'selfSize') {
      const bytes = readBytes(tokens, field);
      builder.addBytes(stack, bytes);
      totalBytes += bytes;
      if (totalBytes > Number.MAX_SAFE_INTEGER) throw new ProfileTotalError(totalBytes, tokens.at);
    } else if (field === 'id') ids.set(stack, readId(tokens, field));
    else if (field === 'children') {
      expect(tokens, field, 'list');
      inChildren = true;
    } else tokens.skip('key');
  }
  return ids.finish();
}

/** The nodes between the head and the one being read: two numbers each. */
class OpenNodes {
  readonly #stacks = new GrowingUint32();
  readonly #seen = new GrowingUint32();
  depth = 0;

  get stack(): number {
    return this.#stacks.at(this.depth - 1);
  }

  get seen(): number {
    return this.#seen.at(this.depth - 1);
  }

  set seen(fields: number) {
    this.#seen.set(this.depth - 1, fields);
  }

  push(stack: number): void {
    if (this.depth === this.#stacks.length) {
      this.#stacks.push(stack);
      this.#seen.push(0);
    } else {
      this.#stacks.set(this.depth, stack);
      this.#seen.set(this.depth, 0);
    }
    this.depth++;
  }

  pop(): void {
    this.depth--;
  }
}
