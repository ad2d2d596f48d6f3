const NAMED = 3;

/** Why lines of scripts could not be mapped, to be told in few sentences. */
export class ReasonsByScript {
  readonly #scripts = new Map<string, Set<string>>();

  /** @param why a clause: `the script cannot be read (no such file)` */
  add(script: string, why: string): void {
    const scripts = this.#scripts.get(why);
    if (scripts === undefined) this.#scripts.set(why, new Set([script]));
    else scripts.add(script);
  }

  /** One for each cause, the most scripts first; ties in the order in which they were met. */
  sentences(): readonly string[] {
    const causes = [...this.#scripts].sort((a, b) => b[1].size - a[1].size);
    return causes.map(([why, scripts]) => `${namesOf([...scripts])}: ${why}, so lines are those of the code that ran`);
  }
}

function namesOf(scripts: readonly string[]): string {
  const rest = scripts.length - NAMED;
  return rest > 0 ? `${scripts.slice(0, NAMED).join(', ')} and ${rest} more` : scripts.join(', ');
}
