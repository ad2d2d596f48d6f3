import { pythonBootstrap } from './python-bootstrap.ts';

export interface AgentEnvironmentOptions {
  readonly socketPath: string;
  readonly sessionFolder: string;
  readonly keepStrings: boolean;
}

/** The environment of the command: ours, and what lets the agent into every Python process that inherits it (`protocol/frames.md`). */
export function agentEnvironment(base: NodeJS.ProcessEnv, options: AgentEnvironmentOptions): NodeJS.ProcessEnv {
  const { HEAPTRAIL_KEEP_STRINGS: _inherited, ...env } = base;
  return {
    ...env,
    ...pythonBootstrap(base),
    HEAPTRAIL_SOCKET: options.socketPath,
    HEAPTRAIL_OUT: options.sessionFolder,
    ...(options.keepStrings && { HEAPTRAIL_KEEP_STRINGS: '1' }),
  };
}
