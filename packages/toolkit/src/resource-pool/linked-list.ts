/** What can stand in one `LinkedList` at a time: the links are in the element itself, so that leaving a list costs nothing. */
export class ListNode<T extends ListNode<T>> {
  before: T | undefined;
  after: T | undefined;
  list: LinkedList<T> | undefined;
}

/** A doubly linked list whose elements carry their own links. Every operation takes constant time. */
export class LinkedList<T extends ListNode<T>> {
  #first: T | undefined;
  #last: T | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get first(): T | undefined {
    return this.#first;
  }

  get last(): T | undefined {
    return this.#last;
  }

  pushLast(node: T): void {
    node.list = this;
    node.before = this.#last;
    if (this.#last === undefined) this.#first = node;
    else this.#last.after = node;
    this.#last = node;
    this.#size++;
  }

  insertBefore(node: T, next: T): void {
    node.list = this;
    node.before = next.before;
    node.after = next;
    if (next.before === undefined) this.#first = node;
    else next.before.after = node;
    next.before = node;
    this.#size++;
  }

  takeFirst(): T | undefined {
    const node = this.#first;
    if (node !== undefined) this.remove(node);
    return node;
  }

  takeLast(): T | undefined {
    const node = this.#last;
    if (node !== undefined) this.remove(node);
    return node;
  }

  /** Whether the element stood in this list. It keeps no link to its old neighbours. */
  remove(node: T): boolean {
    if (node.list !== this) return false;
    if (node.before === undefined) this.#first = node.after;
    else node.before.after = node.after;
    if (node.after === undefined) this.#last = node.before;
    else node.after.before = node.before;
    node.before = undefined;
    node.after = undefined;
    node.list = undefined;
    this.#size--;
    return true;
  }

  /** Survives the removal of the element it stands at, and of no other. */
  *[Symbol.iterator](): IterableIterator<T> {
    let node = this.#first;
    while (node !== undefined) {
      const { after } = node;
      yield node;
      node = after;
    }
  }
}
