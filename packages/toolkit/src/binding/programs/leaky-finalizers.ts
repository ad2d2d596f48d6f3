/**
 * The second of two defects that NiceGUI's bindings had: each set of a bindable property registers a finalizer that is to
 * clean up after its owner. An owner that lives and is set often gathers them.
 */
class CleanUp {
  readonly property: string;
  constructor(property: string) {
    this.property = property;
  }
}

class Model {
  #title = '';
  get title(): string {
    return this.#title;
  }
  set title(title: string) {
    this.#title = title;
    bindable.add('title');
    owners.register(this, new CleanUp('title'));
  }
}

const bindable = new Set<string>();
const owners = new FinalizationRegistry<CleanUp>(({ property }) => bindable.delete(property));
const model = new Model();

export function round(number: number): void {
  for (let i = 0; i < 300; i++) model.title = `round ${number} ${i}`;
}

export function tables(): Record<string, number> {
  return { bindable: bindable.size };
}
