import { expect, it } from 'vitest';
import { Bindings } from '../binding/bindings.ts';
import { NotAnAccessorError } from './not-an-accessor-error.ts';
import { weak } from './weak.ts';

class Screen {
  readonly title = 'a screen';
}

type Call = (...args: unknown[]) => unknown;

it('options may be left out', () => {
  class Panel {
    @weak() accessor screen: Screen | undefined;
  }
  const [panel, screen] = [new Panel(), new Screen()];
  panel.screen = screen;
  expect(panel.screen).toBe(screen);
});

it('on a field it is refused: that would hold its value strongly', () => {
  const field = { kind: 'field', name: 'screen' };
  expect(() => (weak as Call)(undefined, field)).toThrow(NotAnAccessorError);
  expect(() => (weak({}) as Call)(undefined, field)).toThrow(
    '@weak decorates accessors, found a field. Write "@weak accessor screen", and compile without experimentalDecorators.',
  );
  expect(() => (new Bindings().bindable as Call)(undefined, { kind: 'method', name: 'draw' })).toThrow('@bindable decorates accessors');
});

it('as compilers with experimentalDecorators call it, it is refused, where the property would have stayed an ordinary one', () => {
  expect(() => (weak as Call)(Screen.prototype, 'owner')).toThrow('found decorators of the kind before the standard');
  expect(() => (new Bindings().bindable as Call)(Screen.prototype, Symbol('owner'))).toThrow(NotAnAccessorError);
});
