/**
 * The first of two defects that NiceGUI's bindings had: a registry of bindable properties by the identity of their owner,
 * which holds the owner. Nothing that was bound once is ever collected.
 */
class Label {
  text = '';
}

interface ActiveLink {
  readonly source: Model;
  readonly target: Label;
}

class Model {
  #title = '';
  get title(): string {
    return this.#title;
  }
  set title(title: string) {
    this.#title = title;
    for (const { source, target } of activeLinks) if (source === this) target.text = title;
  }
}

const activeLinks: ActiveLink[] = [];

export function round(number: number): void {
  for (let i = 0; i < 50; i++) {
    const model = new Model();
    activeLinks.push({ source: model, target: new Label() });
    model.title = `round ${number}`;
  }
}

export function tables(): Record<string, number> {
  return { activeLinks: activeLinks.length };
}
