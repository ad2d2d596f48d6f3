import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const LEFT_OUT = new Set(['node_modules', '.git', '.cache', '__pycache__', '.mypy_cache', 'coverage', 'dist']);

/** Every file below a folder that is ours, as paths with `/`, relative to `root`, in a fixed order. */
export function walkFiles(root: string, below = '.'): string[] {
  const found: string[] = [];
  const waiting = [join(root, below)];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of readFolder(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!isLeftOut(entry.name)) waiting.push(path);
      } else if (entry.isFile()) {
        found.push(relative(root, path).split(sep).join('/'));
      }
    }
  }
  return found.sort();
}

/** Others write while this reads (tests make folders and remove them): a folder that is gone holds nothing. */
function readFolder(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Sessions and virtual environments are made beside the sources and are nobody's sources. */
function isLeftOut(name: string): boolean {
  return LEFT_OUT.has(name) || name.startsWith('.venv') || name.startsWith('heaptrail-') || name.endsWith('.egg-info');
}
