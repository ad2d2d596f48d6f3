/**
 * The careless serialiser: numbers objects so that cycles close, and keeps the numbers at the module, "so that an object has the same
 * number in every text". Each screen that was ever saved stays, with all it shows.
 */
class Widget {
  readonly label: string;
  screen: Screen | undefined;
  constructor(label: string) {
    this.label = label;
  }
}

class Screen {
  readonly widgets: Widget[] = [];
}

const seen = new Map<object, number>();

function stringify(value: object): string {
  return JSON.stringify(value, (_key, child: unknown) => {
    if (typeof child !== 'object' || child === null) return child;
    const known = seen.get(child);
    if (known !== undefined) return { $ref: known };
    seen.set(child, seen.size);
    return child;
  });
}

function screenOf(widgets: number): Screen {
  const screen = new Screen();
  for (let i = 0; i < widgets; i++) {
    const widget = new Widget(`widget ${i}`);
    widget.screen = screen;
    screen.widgets.push(widget);
  }
  return screen;
}

export function round(): void {
  for (let i = 0; i < 50; i++) stringify(screenOf(10));
}

export function tables(): Record<string, number> {
  return { seen: seen.size };
}
