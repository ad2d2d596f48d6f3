import { GraphRefError } from '../errors.ts';
import { graphJson } from '../graph-json.ts';
import { graphType } from '../graph-type.ts';

/** The same dashboards, saved and read again with `graphJson`; texts that are refused, and types whose functions throw, too. */
class Widget {
  readonly label: string;
  dashboard: Dashboard | undefined;
  constructor(label: string) {
    this.label = label;
  }
}

class Dashboard {
  readonly widgets: Widget[] = [];
  readonly byLabel = new Map<string, Widget>();
}

class Theme {
  readonly colour: string;
  constructor(colour: string) {
    this.colour = colour;
  }
}

const json = graphJson({
  types: [
    graphType({ name: 'Widget', class: Widget }),
    graphType({ name: 'Dashboard', class: Dashboard }),
    graphType<Theme, string>({ name: 'Theme', class: Theme, save: ({ colour }) => colour, revive: themeOf }),
  ],
  unserialisable: ({ kind }) => kind,
});

function themeOf(colour: string): Theme {
  if (colour === 'none') throw new Error('a theme needs a colour');
  return new Theme(colour);
}

function dashboardOf(widgets: number): Dashboard {
  const dashboard = new Dashboard();
  for (let i = 0; i < widgets; i++) {
    const widget = new Widget(`widget ${i}`);
    widget.dashboard = dashboard;
    dashboard.widgets.push(widget);
    dashboard.byLabel.set(widget.label, widget);
  }
  return dashboard;
}

const BEFORE_VALUE = '{"$graph":1,"value":'.length;

export function round(number: number): void {
  for (let i = 0; i < 50; i++) {
    const graph = { dashboard: dashboardOf(10), theme: new Theme('red'), when: new Date(number), call: () => i };
    const read = json.parse(json.stringify(graph)) as typeof graph;
    if (read.dashboard.widgets[9].dashboard !== read.dashboard) throw new Error('a cycle did not close');
    refused(() => json.parse(`{"$graph":1,"value":{"a":${json.stringify(graph).slice(BEFORE_VALUE, -1)},"b":{"$ref":"/nowhere"}}}`));
    refused(() => json.parse(json.stringify({ dashboard: dashboardOf(3), theme: new Theme('none') })));
  }
}

function refused(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (error instanceof GraphRefError || (error as Error).name === 'GraphTypeError') return;
    throw error;
  }
  throw new Error('a text that should be refused was read');
}
