/**
 * The careless serialiser: numbers objects so that cycles close, and keeps the numbers at the module, "so that an object has the same
 * number in every text". Each dashboard that was ever saved stays, with all it shows.
 */
class Widget {
  readonly label: string;
  dashboard: Dashboard | undefined;
  constructor(label: string) {
    this.label = label;
  }
}

class Dashboard {
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

function dashboardOf(widgets: number): Dashboard {
  const dashboard = new Dashboard();
  for (let i = 0; i < widgets; i++) {
    const widget = new Widget(`widget ${i}`);
    widget.dashboard = dashboard;
    dashboard.widgets.push(widget);
  }
  return dashboard;
}

export function round(): void {
  for (let i = 0; i < 50; i++) stringify(dashboardOf(10));
}

export function tables(): Record<string, number> {
  return { seen: seen.size };
}
