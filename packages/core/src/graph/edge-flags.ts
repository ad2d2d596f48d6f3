/**
 * What algorithms ask of a reference without reading its name: one byte an edge. The low four bits belong to the format,
 * which may keep there what it needs to read the name back.
 */
export const EdgeFlag = {
  /** Does not keep its target alive: weak, or one half of a pair of which the other half is shown too. No part in dominators and components. */
  holdsNothing: 0x80,
  /** Not even a way to reach the target. Always together with `holdsNothing`. */
  weak: 0x40,
  /** A real reference that says nothing of how the program is built: distances do not follow it. */
  aside: 0x20,
  /** From an object to what describes it (its class, its hidden class): holders are looked for elsewhere first. */
  describes: 0x10,
  formatMask: 0x0f,
} as const;
