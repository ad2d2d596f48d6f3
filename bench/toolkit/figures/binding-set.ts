import { Bindings } from '../../../packages/toolkit/src/index.ts';
import type { Contender, Figure } from '../figure.ts';

class Label {
  text = '';
}

interface Source {
  title: string;
}

const bindings = new Bindings();

class Bound implements Source {
  @bindings.bindable accessor title = '';
}

/** A setter that hands on to one weakly held target, and a registry that removes the link when the target goes. */
class Bare implements Source {
  #title = '';
  readonly #targets = new Set<WeakRef<Label>>();
  readonly #gone = new FinalizationRegistry<WeakRef<Label>>((ref) => this.#targets.delete(ref));
  bindTo(label: Label): void {
    const ref = new WeakRef(label);
    this.#targets.add(ref);
    this.#gone.register(label, ref, ref);
  }
  get title(): string {
    return this.#title;
  }
  set title(title: string) {
    if (Object.is(this.#title, title)) return;
    this.#title = title;
    for (const ref of this.#targets) {
      const target = ref.deref();
      if (target !== undefined) target.text = title;
    }
  }
}

class Strong implements Source {
  #title = '';
  readonly targets: Label[] = [];
  get title(): string {
    return this.#title;
  }
  set title(title: string) {
    if (Object.is(this.#title, title)) return;
    this.#title = title;
    for (const target of this.targets) target.text = title;
  }
}

function setting(name: string, source: Source, label: Label): Contender {
  const titles = ['one', 'two', 'three'];
  return {
    name,
    run: (operations) => {
      for (let i = 0; i < operations; i++) source.title = titles[i % 3];
      return label.text;
    },
  };
}

function contenders(): Contender[] {
  const [first, second, third] = [new Label(), new Label(), new Label()];
  const [bound, bare, strong] = [new Bound(), new Bare(), new Strong()];
  bindings.bindTo(bound, 'title', first, 'text');
  bare.bindTo(second);
  strong.targets.push(third);
  return [
    setting('Bindings', bound, first),
    setting('bare WeakRef + FinalizationRegistry, one way, no cycles', bare, second),
    setting('strong list of targets', strong, third),
  ];
}

export const figure: Figure = {
  id: 'binding: set',
  operation: 'setting a property that is bound to one other',
  operations: 30_000,
  contenders: contenders(),
  goals: { 'bare WeakRef + FinalizationRegistry, one way, no cycles': 1.3 },
};
