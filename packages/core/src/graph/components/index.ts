export { components, type Components, type ComponentsGraph } from './components.ts';
export { knotMembers, type KnotMembers } from './knot-members.ts';
export { programReferences } from './program-references.ts';
