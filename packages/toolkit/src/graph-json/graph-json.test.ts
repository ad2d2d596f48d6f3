import { describe, expect, it } from 'vitest';
import { GraphTypeError, UnserialisableError } from './errors.ts';
import { graphJson } from './graph-json.ts';
import { graphType } from './graph-type.ts';
import { differenceOf } from './testing/same-graph.ts';

const json = graphJson();

class Account {
  readonly #secret = 1;
  owner = 'Ada';
  get secret(): number {
    return this.#secret;
  }
}

class Money {
  readonly amount: number;
  readonly currency: string;
  constructor(amount: number, currency: string) {
    this.amount = amount;
    this.currency = currency;
  }
}

class TreeNode {
  readonly children: TreeNode[] = [];
  parent: TreeNode | undefined;
  readonly #name: string;
  constructor(name: string) {
    this.#name = name;
  }
  get name(): string {
    return this.#name;
  }
}

class HttpError extends Error {
  readonly status = 404;
}

describe('the text', () => {
  it('says each kind of value as the specification does', () => {
    const shared = { n: -0 };
    const buffer = Uint8Array.from([1, 2, 3]).buffer;
    const texts = [
      { a: [1, 'two', true, null], shared, again: shared },
      [undefined, NaN, Infinity, -Infinity, -0, 12n],
      new Date(0),
      new Date(NaN),
      new Map<unknown, unknown>([
        ['key', { v: 1 }],
        [{ k: 1 }, 2],
      ]),
      new Set([1, 'x']),
      Object.assign([], { 1: 'a', length: 3 }),
      Object.assign(Object.create(null) as object, { a: 1 }),
      [buffer, new Uint8Array(buffer), new DataView(buffer)],
      new Uint8Array(buffer, 1, 1),
      new TypeError('no', { cause: { why: 1 } }),
      { $ref: '/value', $$x: 1 },
    ].map((value) => json.stringify(value));
    expect(texts.join('\n')).toMatchInlineSnapshot(`
      "{"$graph":1,"value":{"a":[1,"two",true,null],"shared":{"n":{"$type":"number","value":"-0"}},"again":{"$ref":"/value/shared"}}}
      {"$graph":1,"value":[{"$type":"undefined"},{"$type":"number","value":"NaN"},{"$type":"number","value":"Infinity"},{"$type":"number","value":"-Infinity"},{"$type":"number","value":"-0"},{"$type":"bigint","value":"12"}]}
      {"$graph":1,"value":{"$type":"Date","value":"1970-01-01T00:00:00.000Z"}}
      {"$graph":1,"value":{"$type":"Date","value":null}}
      {"$graph":1,"value":{"$type":"Map","value":[["key",{"v":1}],[{"k":1},2]]}}
      {"$graph":1,"value":{"$type":"Set","value":[1,"x"]}}
      {"$graph":1,"value":{"$type":"Array","length":3,"value":[[1,"a"]]}}
      {"$graph":1,"value":{"$type":"null-prototype","value":{"a":1}}}
      {"$graph":1,"value":[{"$type":"ArrayBuffer","value":"AQID"},{"$type":"Uint8Array","buffer":{"$ref":"/value/0"}},{"$type":"DataView","buffer":{"$ref":"/value/0"}}]}
      {"$graph":1,"value":{"$type":"Uint8Array","buffer":{"$type":"ArrayBuffer","value":"Ag=="}}}
      {"$graph":1,"value":{"$type":"TypeError","value":{"message":"no","cause":{"why":1}}}}
      {"$graph":1,"value":{"$$ref":"/value","$$$x":1}}"
    `);
  });

  it('points to shared values and cycles', () => {
    const folder: { name: string; files: { parent?: unknown }[]; 'a/b~$': unknown } = { name: 'f', files: [{}], 'a/b~$': [[]] };
    folder.files[0].parent = folder;
    const [inner] = folder['a/b~$'] as unknown[][];
    expect(json.stringify([folder, folder.files, inner])).toMatchInlineSnapshot(
      `"{"$graph":1,"value":[{"name":"f","files":[{"parent":{"$ref":"/value/0"}}],"a/b~$":[[]]},{"$ref":"/value/0/files"},{"$ref":"/value/0/a~1b~0$/0"}]}"`,
    );
  });

  it('goes on in parts where nesting would grow, so that a list of 20,000 has short pointers and takes no stack', () => {
    interface Link {
      next?: Link;
      previous?: Link;
    }
    const first: Link = {};
    let last = first;
    for (let i = 1; i < 20_000; i++) last = last.next = { previous: last };
    const deep = graphJson({ limits: { maxDepth: 1e6 } });
    const text = deep.stringify(first);
    expect(text.length).toBeLessThan(400 * 20_000);
    expect(differenceOf(first, deep.parse(text))).toBe(undefined);
  });
});

describe('views', () => {
  it('keep the buffer they share', () => {
    const buffer = new ArrayBuffer(8);
    const read = json.parse(json.stringify([new Uint8Array(buffer), new Uint32Array(buffer)])) as [Uint8Array, Uint32Array];
    read[1][0] = 0x01020304;
    expect([...read[0]].slice(0, 4)).toEqual([4, 3, 2, 1]);
  });

  it('of a part take their own bytes only, unless told to share', () => {
    const secret = Uint8Array.from([9, 9, 1, 2]);
    const part = secret.subarray(2);
    expect(json.stringify(part)).toBe('{"$graph":1,"value":{"$type":"Uint8Array","buffer":{"$type":"ArrayBuffer","value":"AQI="}}}');
    const sharing = graphJson({ partialViews: 'share' });
    const text = sharing.stringify([part, secret]);
    expect(differenceOf([part, secret], sharing.parse(text))).toBe(undefined);
    expect(() => graphJson({ partialViews: 'unserialisable' }).stringify(part)).toThrow(UnserialisableError);
  });
});

describe('registered classes', () => {
  it('come back under their prototypes, with no constructor run', () => {
    const accounts = graphJson({ types: [graphType({ name: 'Account', class: Account })] });
    const account = new Account();
    const read = accounts.parse(accounts.stringify([account, account])) as Account[];
    expect(read[0]).toBeInstanceOf(Account);
    expect(read[1]).toBe(read[0]);
    expect(read[0].owner).toBe('Ada');
    // What a private field holds nobody outside sees: such a class needs save.
    expect(() => read[0].secret).toThrow(TypeError);
  });

  it('may be revived from a state, nested states first', () => {
    const types = [
      graphType<Money, [number, string]>({
        name: 'Money',
        class: Money,
        save: ({ amount, currency }) => [amount, currency],
        revive: ([amount, currency]) => new Money(amount, currency),
      }),
      graphType<Map<string, Money>, { first: Money }>({
        name: 'Purse',
        class: class Purse extends Map<string, Money> {},
        save: (purse) => ({ first: [...purse.values()][0] }),
        revive: ({ first }) => new Map([['first', new Money(first.amount + 1, first.currency)]]),
      }),
    ];
    const money = graphJson({ types });
    const price = new Money(3, 'EUR');
    const read = money.parse(money.stringify({ price, list: [price], byPrice: new Map([[price, 1]]) })) as {
      price: Money;
      list: Money[];
      byPrice: Map<Money, number>;
    };
    expect(read.price).toEqual(price);
    expect(read.price).toBeInstanceOf(Money);
    expect(read.list[0]).toBe(read.price);
    expect(read.byPrice.get(read.price)).toBe(1);
  });

  it('may take part in cycles with create and restore', () => {
    const nodes = graphJson({
      types: [
        graphType<TreeNode, { children: TreeNode[]; parent: TreeNode | undefined }>({
          name: 'TreeNode',
          class: TreeNode,
          save: ({ children, parent }) => ({ children, parent }),
          create: () => new TreeNode('read'),
          restore: (node, { children, parent }) => {
            node.children.push(...children);
            node.parent = parent;
          },
        }),
      ],
    });
    const root = new TreeNode('root');
    const child = new TreeNode('child');
    root.children.push(child);
    child.parent = root;
    const read = nodes.parse(nodes.stringify(root)) as TreeNode;
    expect(read.children[0].parent).toBe(read);
    expect(read.name).toBe('read');
  });

  it('are refused with their names where revive would need its own result', () => {
    class Loop {
      self: Loop = this;
    }
    const loops = graphJson({
      types: [graphType<Loop, Loop[]>({ name: 'Loop', class: Loop, save: ({ self }) => [self], revive: () => new Loop() })],
    });
    expect(() => loops.parse(loops.stringify(new Loop()))).toThrowErrorMatchingInlineSnapshot(
      `[GraphTypeError: An instance of type "Loop" is reached from its own state, and revive makes it only when the state is there. Give the type create and restore.]`,
    );
  });

  it('keep what errors are, and their status', () => {
    const errors = graphJson({ types: [graphType({ name: 'HttpError', class: HttpError })] });
    const read = errors.parse(errors.stringify(new HttpError('gone', { cause: new RangeError('r') }))) as HttpError;
    expect(read).toBeInstanceOf(HttpError);
    expect(Object.prototype.toString.call(read)).toBe('[object Error]');
    expect([read.message, read.status, (read.cause as Error).name, read.stack]).toEqual(['gone', 404, 'RangeError', undefined]);
    const [error] = [new Error('kept')];
    const stacks = graphJson({ errorStacks: true });
    expect((stacks.parse(stacks.stringify(error)) as Error).stack).toBe(error.stack);
  });

  it('report what their functions throw', () => {
    const broken = graphJson({
      types: [
        graphType<Money, number>({
          name: 'Money',
          class: Money,
          save: ({ amount }) => amount,
          revive: () => {
            throw new Error('no currency');
          },
        }),
      ],
    });
    const text = broken.stringify(new Money(1, 'EUR'));
    expect(() => broken.parse(text)).toThrowErrorMatchingInlineSnapshot(
      `[GraphTypeError: The revive function of type "Money" threw. Its state may come from another version, or be forged.]`,
    );
    expect(() => json.parse(text)).toThrowErrorMatchingInlineSnapshot(
      `[GraphTypeError: No type is registered as "Money", which stands at /value. Give graphJson the types of the side that wrote it.]`,
    );
    const nothing = graphJson({
      types: [
        graphType<Money, number>({
          name: 'Money',
          class: Money,
          save: () => 1,
          create: () => 7 as unknown as Money,
          restore: () => undefined,
        }),
      ],
    });
    expect(() => nothing.parse(text)).toThrow(GraphTypeError);
    expect(() => graphType({ name: 'Map', class: Money })).toThrow(GraphTypeError);
    expect(() => graphType({ name: 'Money', class: Money, revive: () => new Money(1, '') })).toThrow(GraphTypeError);
  });
});
