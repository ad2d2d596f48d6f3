/** Something outside the product was missing: no Python, no registry, no room. Never counts as an answer, good or bad. */
export class CouldNotRun extends Error {
  override readonly name = 'CouldNotRun';
}
