import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BindingsDisposedError, NotBindableError } from './binding-errors.ts';
import { Bindings } from './bindings.ts';

const bindings = new Bindings();

class Model {
  @bindings.bindable accessor title = '';
  @bindings.bindable accessor count = 0;
}

class Label {
  text = 'before';
  @bindings.bindable accessor count = 0;
}

describe('one-way bindings', () => {
  it('hand a value on now and whenever it changes, to any property', () => {
    const model = new Model();
    const label = new Label();
    const binding = bindings.bindTo(model, 'title', label, 'text');
    expect(label.text).toBe('');
    model.title = 'Home';
    expect([label.text, binding.active]).toEqual(['Home', true]);
    label.text = 'changed here';
    expect(model.title).toBe('Home');
    binding.unbind();
    model.title = 'Away';
    expect([label.text, binding.active]).toEqual(['changed here', false]);
  });

  it('convert on the way, and read the same from the other side', () => {
    const model = new Model();
    const label = new Label();
    using binding = bindings.bindFrom(label, 'text', model, 'count', (count) => `${count} items`);
    model.count = 3;
    expect([label.text, binding.active]).toEqual(['3 items', true]);
  });

  it('go on through chains of any length without a deep stack', () => {
    const all = Array.from({ length: 20_000 }, () => new Model());
    for (const [at, model] of all.slice(1).entries()) bindings.bindTo(all[at], 'count', model, 'count', (count) => count + 1);
    all[0].count = 100;
    expect(all[19_999].count).toBe(100 + 19_999);
  });

  it('are not doubled: the same two properties bound again have the new converter alone', () => {
    const before = bindings.size;
    const model = new Model();
    const label = new Label();
    const first = bindings.bindTo(model, 'title', label, 'text');
    for (let i = 0; i < 100; i++) bindings.bindTo(model, 'title', label, 'text', (title) => `${title}${i}`);
    model.title = 'x';
    expect([label.text, first.active, bindings.size - before]).toEqual(['x99', false, 1]);
  });

  it('are independent of the number of sets', () => {
    const model = new Model();
    const label = new Label();
    bindings.bindTo(model, 'count', label, 'count');
    const before = bindings.size;
    for (let i = 0; i < 10_000; i++) model.count = i;
    expect([label.count, bindings.size]).toEqual([9999, before]);
  });
});

describe('two-way bindings', () => {
  it('start with the first side and then follow both', () => {
    const [model, label] = [new Model(), new Label()];
    model.count = 5;
    bindings.bind(model, 'count', label, 'count', { forward: (n) => n * 2, backward: (n) => n / 2 });
    expect(label.count).toBe(10);
    label.count = 30;
    expect(model.count).toBe(15);
    model.count = 1;
    expect(label.count).toBe(2);
  });

  it('come to an end where converters never agree, in rings too', () => {
    const ring = [new Model(), new Model(), new Model()];
    ring.forEach((model, at) =>
      bindings.bind(model, 'count', ring[(at + 1) % 3], 'count', { forward: (n) => n + 1, backward: (n) => n + 1 }),
    );
    ring[0].count = 100;
    expect(ring.map(({ count }) => count)).toEqual([100, 101, 101]);
  });

  it('leave the first side alone when bound, although the way back gives something else', () => {
    const [one, other] = [new Model(), new Model()];
    one.count = 3;
    bindings.bind(one, 'count', other, 'count', { forward: (n) => n, backward: () => 77 });
    expect([one.count, other.count]).toEqual([3, 3]);
  });
});

describe('what is refused or fails', () => {
  it('a source that tells nobody of its changes, with what to do', () => {
    const label = new Label();
    expect(() => bindings.bindTo(label, 'text', new Model(), 'title')).toThrow(NotBindableError);
    expect(() => bindings.bindTo(label, 'text', new Model(), 'title')).toThrow('Declare it as "@bindings.bindable accessor text"');
    expect(() => bindings.bind(new Model(), 'title', label, 'text')).toThrow('found an ordinary one');
    expect(() => new Bindings().bindTo(new Model(), 'title', label, 'text')).toThrow('an accessor that tells nobody');
  });

  it('a property of an object without a class, until it is watched', () => {
    const settings = { volume: 3 };
    const label = new Label();
    bindings.watch(settings, 'volume');
    bindings.watch(settings, 'volume');
    bindings.bindTo(settings, 'volume', label, 'count');
    settings.volume = 9;
    expect([label.count, JSON.stringify(settings)]).toEqual([9, '{"volume":9}']);
    expect(() => bindings.watch(Object.freeze({ a: 1 }), 'a')).toThrow(NotBindableError);
  });

  it('a converter that throws: the others still get the value, and whoever set it hears of it', () => {
    const model = new Model();
    const [first, second, third] = [new Label(), new Label(), new Label()];
    bindings.bindTo(model, 'count', first, 'count');
    bindings.bindTo(model, 'count', second, 'count', (count) => {
      if (count > 0) throw new RangeError('too many');
      return count;
    });
    bindings.bindTo(model, 'count', third, 'count');
    expect(() => (model.count = 4)).toThrow(RangeError);
    expect([first.count, second.count, third.count]).toEqual([4, 0, 4]);
    model.count = 0;
    expect(third.count).toBe(0);
  });

  it('anything once they are disposed; what was bound stays as it is', () => {
    const own = new Bindings();
    const [a, b] = [{ x: 1 }, { x: 0 }];
    own.watch(a, 'x');
    const binding = own.bindTo(a, 'x', b, 'x');
    own[Symbol.dispose]();
    a.x = 5;
    expect([b.x, own.size, binding.active]).toEqual([1, 0, false]);
    expect(() => own.bindTo(a, 'x', b, 'x')).toThrow(BindingsDisposedError);
  });
});

describe('any network of bindings', () => {
  /** What has to be: breadth first, each property once, along what is bound. */
  it('gives every property that a change reaches the value that came there first', () => {
    const edge = fc.tuple(fc.nat(5), fc.nat(5), fc.nat(3));
    const change = fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 14 }), fc.array(change, { maxLength: 8 }), (edges, changes) => {
        const own = new Bindings();
        const cells = Array.from({ length: 6 }, () => ({ value: 0 }));
        for (const cell of cells) own.watch(cell, 'value');
        const linked = new Map<string, readonly [number, number, number]>();
        for (const [from, to, plus] of edges) {
          // Bound while everything is zero and bound to give zero: the first value comes with the first change.
          linked.delete(`${from} ${to}`);
          linked.set(`${from} ${to}`, [from, to, plus]);
          own.bindTo(cells[from], 'value', cells[to], 'value', (value) => (value === 0 ? 0 : value + plus));
        }
        expect(own.size).toBe(linked.size);
        const model = cells.map(() => 0);
        for (const [at, value] of changes) {
          cells[at].value = value;
          spread(model, [...linked.values()], at, value);
          expect(cells.map((cell) => cell.value)).toEqual(model);
        }
      }),
    );
  });
});

function spread(model: number[], links: readonly (readonly [number, number, number])[], start: number, value: number): void {
  if (model[start] === value) return;
  model[start] = value;
  const visited = new Set([start]);
  const queue = [start];
  for (const at of queue) {
    const sent = model[at];
    for (const [from, to, plus] of links) {
      if (from !== at || visited.has(to)) continue;
      visited.add(to);
      if (model[to] === sent + plus) continue;
      model[to] = sent + plus;
      queue.push(to);
    }
  }
}
