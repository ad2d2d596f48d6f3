import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AgentMissingError } from '../errors/agent-missing-error.ts';

const BOOTSTRAP = fileURLToPath(new URL('../../../../agents/python/bootstrap', import.meta.url));

/** What lets the bootstrap into every Python process that inherits the environment; it makes way for the program's own `sitecustomize`. */
export function pythonBootstrap(base: NodeJS.ProcessEnv): { readonly PYTHONPATH: string; readonly HEAPTRAIL_LOCAL_SITE: string } {
  if (!existsSync(join(BOOTSTRAP, 'sitecustomize.py'))) throw new AgentMissingError(BOOTSTRAP);
  const path = base.PYTHONPATH;
  return {
    PYTHONPATH: path === undefined || path === '' ? BOOTSTRAP : `${BOOTSTRAP}${delimiter}${path}`,
    HEAPTRAIL_LOCAL_SITE: BOOTSTRAP,
  };
}
