import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Logger } from '../logger/logger.ts';
import { NotWeaklyHoldableError } from './not-weakly-holdable-error.ts';
import { OwnerNotExtensibleError, weakProperty } from './weak-property.ts';
import { weak } from './weak.ts';

class Screen {
  readonly title = 'a screen';
}

function recordingLogger(): Logger & { readonly lines: string[] } {
  const lines: string[] = [];
  return { lines, warn: (code, message) => void lines.push(`${code}: ${message}`) };
}

describe('the decorator', () => {
  class Panel {
    @weak accessor screen: Screen | undefined;
  }
  class SidePanel extends Panel {
    #width = 3;
    @weak accessor #hidden: Screen | undefined;
    get width(): number {
      return this.#width;
    }
    hide(screen: Screen | undefined): Screen | undefined {
      this.#hidden = screen;
      return this.#hidden;
    }
  }

  it('gives the value back as long as somebody else holds it, and undefined clears', () => {
    const panel = new Panel();
    const screen = new Screen();
    expect(panel.screen).toBeUndefined();
    panel.screen = screen;
    expect(panel.screen).toBe(screen);
    panel.screen = undefined;
    expect(panel.screen).toBeUndefined();
  });

  it('keeps the values of owners and of properties apart, in subclasses and private ones too', () => {
    const [one, other] = [new SidePanel(), new SidePanel()];
    const [first, second] = [new Screen(), new Screen()];
    one.screen = first;
    other.screen = second;
    expect(one.hide(second)).toBe(second);
    expect([one.screen, other.screen, one.width]).toEqual([first, second, 3]);
    expect(one.screen).toBe(first);
  });

  it('works on frozen and sealed owners, for its storage is private', () => {
    const screen = new Screen();
    for (const close of [Object.freeze, Object.seal, Object.preventExtensions]) {
      const panel = new Panel();
      close(panel);
      panel.screen = screen;
      expect(panel.screen).toBe(screen);
    }
  });

  it('takes an initial value, functions, symbols, other WeakRefs, and null', () => {
    const held = { screen: new Screen() };
    class Started {
      @weak accessor value: unknown = held.screen;
    }
    const started = new Started();
    expect(started.value).toBe(held.screen);
    for (const value of [() => 1, Symbol('own'), Symbol.iterator, new WeakRef(held), null]) {
      started.value = value;
      expect(started.value).toBe(value);
    }
  });

  it('holds primitives and registered symbols strongly, with one warning for each property', () => {
    const logger = recordingLogger();
    class Loose {
      @weak({ logger }) accessor first: unknown;
      @weak({ logger }) accessor second: unknown;
    }
    for (const value of [7, 'seven', Symbol.for('seven'), 7n, true, 0, '']) {
      const loose = new Loose();
      loose.first = value;
      expect(loose.first).toBe(value);
    }
    new Loose().second = 'text';
    expect(logger.lines).toEqual([
      'HEAPTRAIL_WEAK_HELD_STRONGLY: weak property "first" holds the number 7 strongly: the collector frees no such value. Further ones are not mentioned.',
      'HEAPTRAIL_WEAK_HELD_STRONGLY: weak property "second" holds the string "text" strongly: the collector frees no such value. Further ones are not mentioned.',
    ]);
  });

  it('refuses them in strict mode and keeps what it had', () => {
    class Strict {
      @weak({ strict: true }) accessor value: unknown;
    }
    const strict = new Strict();
    const screen = new Screen();
    strict.value = screen;
    expect(() => (strict.value = 7)).toThrow(NotWeaklyHoldableError);
    expect(() => (strict.value = Symbol.for('x'))).toThrow('found the registered symbol Symbol(x)');
    expect(strict.value).toBe(screen);
    strict.value = null;
    expect(strict.value).toBeNull();
  });
});

describe('the functional form', () => {
  it('does for any owner what the decorator does, frozen ones included', () => {
    const parent = weakProperty<object, Screen>();
    const owner = Object.freeze({});
    const screen = new Screen();
    parent.set(owner, screen);
    expect([parent.get(owner), parent.has(owner), parent.has({})]).toEqual([screen, true, false]);
    parent.set(owner, undefined);
    expect(parent.has(owner)).toBe(false);
  });

  it('can be made a property of an object that takes one', () => {
    const parent = weakProperty<object, Screen>({ name: 'parent' });
    const owner: { parent?: Screen } = {};
    parent.define(owner, 'parent');
    const screen = new Screen();
    owner.parent = screen;
    expect(parent.get(owner)).toBe(screen);
    expect(() => parent.define(Object.freeze({}), 'parent')).toThrow(OwnerNotExtensibleError);
  });

  it('does, after any sequence of sets, what a Map of strong values does while all of them live', () => {
    const owners = [{}, {}, {}];
    const values = [new Screen(), Symbol('s'), () => 1, undefined, null, 5, 'text'];
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), fc.nat(values.length - 1))), (sets) => {
        const property = weakProperty<object, unknown>({ logger: recordingLogger() });
        const model = new Map<object, unknown>();
        for (const [owner, value] of sets) {
          property.set(owners[owner], values[value]);
          model.set(owners[owner], values[value]);
        }
        for (const owner of owners) expect(property.get(owner)).toBe(model.get(owner));
      }),
    );
  });
});
