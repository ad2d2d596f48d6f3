import { Bindings } from '../bindings.ts';

const bindings = new Bindings();

/** What is shown lives as long as the program; who shows it comes and goes. */
class Model {
  @bindings.bindable accessor title = '';
}

class Label {
  @bindings.bindable accessor text = '';
  #model: Model;
  constructor(model: Model) {
    this.#model = model;
  }
  get shown(): string {
    return this.#model.title;
  }
}

const model = new Model();
const label = new Label(model);
let handedOn = 0;

export function round(number: number): void {
  for (let i = 0; i < 200; i++) {
    const brief = new Label(model);
    bindings.bindTo(model, 'title', brief, 'text');
    const passing = new Model();
    bindings.bind(passing, 'title', brief, 'text', { forward: (title) => `${title}, ${passing.title.length} letters` });
    // The converter captures its own source: the lasting label must not keep it.
    bindings.bindTo(passing, 'title', label, 'text', (title) => title + passing.title);
    passing.title = `passing ${i}`;
  }
  // As many sets as there are: none of them registers anything.
  for (let i = 0; i < 20; i++) model.title = `round ${number} ${i}`;
  handedOn = label.text === '' ? 0 : 1;
}

export function tables(): Record<string, number> {
  return { links: bindings.size, handedOn };
}
