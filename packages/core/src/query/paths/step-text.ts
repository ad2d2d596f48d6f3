import type { EdgeLabel, HeapGraph, NodeIndex, Root } from '../../graph/heap-graph.ts';
import { shortModuleName } from '../../graph/module-name.ts';

/** A root as the first step of a path; without what differs from run to run unless `exact`. */
export function rootText(root: Root, exact: boolean): string {
  switch (root.kind) {
    case 'global':
      return root.name;
    case 'module':
      return `module ${exact ? root.name : shortModuleName(root.name)}`;
    case 'frame': {
      const file = root.frame.file.slice(root.frame.file.lastIndexOf('/') + 1);
      return `local ${root.name} of ${root.frame.function} (${exact ? `${file}:${root.frame.line}` : file})`;
    }
    case 'interpreter':
      return `interpreter ${root.name}`;
    case 'native':
      return root.name === '' ? 'native code (a reference that no object of the heap accounts for)' : `native ${root.name}`;
    case 'agent':
      return 'heaptrail';
  }
}

/** A reference as the developer wrote it; one to a class of a module says so. */
export function stepText(graph: HeapGraph, node: NodeIndex, label: EdgeLabel): string {
  const text = graph.language.labelText(graph, label);
  const isClass = graph.language.role(graph, node) === 'class';
  return isClass && text.startsWith('.') ? `class ${text.slice(1)}` : text;
}

export function typeName(graph: HeapGraph, node: NodeIndex): string {
  return graph.types[graph.typeOf[node]].displayName;
}
