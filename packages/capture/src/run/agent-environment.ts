import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AgentMissingError } from '../errors/agent-missing-error.ts';

const BOOTSTRAP = fileURLToPath(new URL('../../../../agents/python/bootstrap', import.meta.url));

export interface AgentEnvironmentOptions {
  readonly socketPath: string;
  readonly sessionFolder: string;
  readonly keepStrings: boolean;
}

/** The environment of the command: ours, and what lets the agent into every Python process that inherits it (`protocol/frames.md`). */
export function agentEnvironment(base: NodeJS.ProcessEnv, options: AgentEnvironmentOptions): NodeJS.ProcessEnv {
  if (!existsSync(join(BOOTSTRAP, 'sitecustomize.py'))) throw new AgentMissingError(BOOTSTRAP);
  const { HEAPTRAIL_KEEP_STRINGS: _inherited, ...env } = base;
  const path = base.PYTHONPATH;
  return {
    ...env,
    PYTHONPATH: path === undefined || path === '' ? BOOTSTRAP : `${BOOTSTRAP}${delimiter}${path}`,
    HEAPTRAIL_SOCKET: options.socketPath,
    HEAPTRAIL_OUT: options.sessionFolder,
    HEAPTRAIL_LOCAL_SITE: BOOTSTRAP,
    ...(options.keepStrings && { HEAPTRAIL_KEEP_STRINGS: '1' }),
  };
}
