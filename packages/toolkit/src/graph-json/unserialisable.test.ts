import { describe, expect, it } from 'vitest';
import { GraphOptionsError, UnserialisableError } from './errors.ts';
import { graphJson } from './graph-json.ts';
import type { Unserialisable } from './unserialisable.ts';

const json = graphJson();

class Money {
  readonly amount: number;
  readonly currency: string;
  constructor(amount: number, currency: string) {
    this.amount = amount;
    this.currency = currency;
  }
}

describe('what has no text', () => {
  const graph = (): Record<string, unknown> => ({
    kept: 1,
    call: () => 1,
    symbol: Symbol('s'),
    class: new Money(1, 'EUR'),
    weak: new WeakMap(),
    list: [1, () => 1, 2],
    map: new Map([['f', () => 1]]),
    [Symbol('key')]: 1,
    get computed(): never {
      throw new Error('a getter was called');
    },
    toJSON: undefined,
  });

  it('is an error by default, which says where and what to do', () => {
    expect(() => json.stringify({ deep: [{ call: () => 1 }] })).toThrowErrorMatchingInlineSnapshot(
      `[UnserialisableError: The function at "call" in /value/deep/0 has no text in graphJson. Keep data in the graph and functions out of it. Or set the unserialisable policy to drop, or to a function that replaces it.]`,
    );
    expect(() => json.stringify(new Map([[{}, Symbol('x')]]))).toThrowErrorMatchingInlineSnapshot(
      `[UnserialisableError: The symbol Symbol(x) at "0" in /value has no text in graphJson. Keep strings where the text must say them. Or set the unserialisable policy to drop, or to a function that replaces it.]`,
    );
    expect(() => json.stringify([new Money(1, 'EUR')])).toThrowErrorMatchingInlineSnapshot(
      `[UnserialisableError: The instance of Money at "0" in /value has no text in graphJson. Register the class as a type with graphType. Or set the unserialisable policy to drop, or to a function that replaces it.]`,
    );
    expect(() => json.stringify(graph())).toThrow(UnserialisableError);
  });

  it('may be dropped', () => {
    expect(graphJson({ unserialisable: 'drop' }).stringify(graph())).toMatchInlineSnapshot(
      `"{"$graph":1,"value":{"kept":1,"list":[1,{"$type":"undefined"},2],"map":{"$type":"Map","value":[]},"toJSON":{"$type":"undefined"}}}"`,
    );
  });

  it('may be replaced, once for each object', () => {
    const found: Unserialisable[] = [];
    const replacing = graphJson({
      unserialisable: (what) => {
        found.push(what);
        return { instead: what.kind };
      },
    });
    const call = (): number => 1;
    const value = graph();
    value.call = value.again = call;
    const read = replacing.parse(replacing.stringify(value)) as Record<string, unknown>;
    expect(read.call).toEqual({ instead: 'function' });
    expect(read.again).toBe(read.call);
    expect(found.map(({ kind, container, key }) => `${kind} ${container} ${key}`)).toMatchInlineSnapshot(`
      [
        "symbol-key /value Symbol(key)",
        "function /value call",
        "symbol /value symbol",
        "class /value class",
        "class /value weak",
        "function /value/list 1",
        "function /value/map 0",
        "accessor /value computed",
      ]
    `);
    expect(() => graphJson({ unserialisable: () => Symbol('no') }).stringify([() => 1])).toThrow(UnserialisableError);
  });

  it('includes getters, which run only when asked', () => {
    const withGetter = {
      get now(): number {
        return 7;
      },
    };
    const array = [1, 2];
    Object.defineProperty(array, 1, { get: () => 8, enumerable: true });
    expect(() => json.stringify(withGetter)).toThrow(UnserialisableError);
    expect(() => json.stringify(array)).toThrow(UnserialisableError);
    expect(graphJson({ accessors: 'read' }).stringify([withGetter, array])).toBe('{"$graph":1,"value":[{"now":7},[1,8]]}');
  });

  it('includes toJSON, which runs only when asked, once for each object', () => {
    let calls = 0;
    class Point {
      toJSON(): object {
        calls++;
        return { x: 1 };
      }
    }
    const point = new Point();
    expect(() => json.stringify(point)).toThrow(UnserialisableError);
    expect(graphJson({ toJSON: 'call' }).stringify([point, point, new Date(0)])).toMatchInlineSnapshot(
      `"{"$graph":1,"value":[{"x":1},{"$ref":"/value/0"},{"$type":"Date","value":"1970-01-01T00:00:00.000Z"}]}"`,
    );
    expect(calls).toBe(1);
  });

  it('includes keys that reach prototypes, unless both sides keep them', () => {
    const graph = JSON.parse('{"__proto__":{"polluted":1},"constructor":2}') as object;
    expect(() => json.stringify(graph)).toThrow(UnserialisableError);
    expect(graphJson({ unserialisable: 'drop' }).stringify(graph)).toBe('{"$graph":1,"value":{}}');
    const keeping = graphJson({ dangerousKeys: 'keep' });
    const read = keeping.parse(keeping.stringify(graph)) as object;
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(Object.keys(read)).toEqual(['__proto__', 'constructor']);
  });

  it('includes what only borrows a prototype', () => {
    for (const { prototype } of [Map, Set, Date, ArrayBuffer, Uint8Array, DataView])
      expect(() => json.stringify(Object.create(prototype))).toThrow(UnserialisableError);
    const detached = new ArrayBuffer(8);
    structuredClone(detached, { transfer: [detached] });
    expect(() => json.stringify(detached)).toThrow(UnserialisableError);
    expect(() => json.stringify(Object.assign(new Map(), { extra: 1 }))).toThrow(UnserialisableError);
    expect(() => json.stringify(Object.assign([1], { extra: 1 }))).toThrow(UnserialisableError);
    expect(() => json.stringify(Object.assign([1], { [Symbol('s')]: 1 }))).toThrow(UnserialisableError);
  });
});

it('bytes in memory that threads share, or that went to one, are refused with what to do; a copy is written', () => {
  const moved = new ArrayBuffer(4);
  const movedBytes = new Uint8Array(moved);
  structuredClone(moved, { transfer: [moved] });
  for (const odd of [moved, movedBytes]) expect(() => json.stringify([odd])).toThrow('write a copy of the bytes');
  // Pages have it where they are isolated from others.
  if (typeof SharedArrayBuffer === 'undefined') return;
  const shared = new Uint8Array(new SharedArrayBuffer(4)).fill(7);
  expect(() => json.stringify({ shared })).toThrow('The instance of Uint8Array at "shared" in /value');
  expect(() => json.stringify({ shared })).toThrow('write a copy of the bytes');
  expect(() => json.stringify(shared.buffer)).toThrow('write a copy of the bytes');
  expect(json.parse(json.stringify(shared.slice()))).toEqual(Uint8Array.of(7, 7, 7, 7));
});

it('a policy of another name is refused before anything is written', () => {
  expect(() => graphJson({ unserialisable: 'ignore' as 'drop' })).toThrow(GraphOptionsError);
});
