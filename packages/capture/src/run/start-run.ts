import { AgentHost } from '../agent-host/agent-host.ts';
import { redactArgv } from '../session/redact-argv.ts';
import { SESSION_SCHEMA } from '../session/session-paths.ts';
import { SessionWriter } from '../session/session-writer.ts';
import { agentEnvironment } from './agent-environment.ts';
import type { GrowthWatch } from './growth-watch.ts';
import { checkCommand, launch, type Command, type CommandExit } from './launch.ts';
import { Observation, type ObservationListener } from './observation.ts';
import type { RunOptions } from './run-options.ts';
import type { RunStatus } from './run-status.ts';
import { SignalRelay } from './signal-relay.ts';

/** A command under observation. */
export interface Run {
  /** The session folder, absolute. */
  readonly folder: string;
  /** Resolves when the observation is over and the session folder complete; the command may run on. */
  readonly observed: Promise<void>;
  readonly exited: Promise<CommandExit>;
  /** Whether `stop` of the options ended the command. */
  stopped(): boolean;
  /** Lines that could not be written, on a full disk. */
  lostLines(): number;
  status(): RunStatus;
  /** Gives signals back and removes the socket. Call it when everything is over. */
  close(): void;
}

export interface RunHooks extends ObservationListener {
  /** Makes the judge of growth for one process; without it sites are traced on exact counters alone. */
  readonly createGrowthWatch?: () => GrowthWatch;
}

/** Starts the command with the agent in its environment. Throws a `CaptureError`, and leaves nothing behind, when it cannot start. */
export async function startRun(options: RunOptions, hooks: RunHooks = {}): Promise<Run> {
  checkCommand(options.command, process.env);
  const writer = new SessionWriter(options.outFolder, {
    schema: SESSION_SCHEMA,
    tool: options.tool,
    command: redactArgv(options.command),
    startedAt: new Date().toISOString(),
    options: {
      durationMs: options.durationMs ?? null,
      stop: options.stop,
      sites: options.sites,
      keepStrings: options.keepStrings,
      dumps: options.dumps ?? null,
    },
  });
  let host: AgentHost | undefined;
  let command: Command;
  const relay = new SignalRelay();
  const observation = new Observation(options, writer, hooks.createGrowthWatch, hooks);
  try {
    host = await AgentHost.listen((socket) => observation.accept(socket));
    command = await launch(
      options.command,
      agentEnvironment(process.env, { socketPath: host.socketPath, sessionFolder: writer.folder, keepStrings: options.keepStrings }),
    );
  } catch (error) {
    relay.close();
    host?.close();
    writer.discard();
    throw error;
  }
  const openHost = host;
  relay.attach(command);
  const observed = observation.run(command, relay.interrupted).finally(() => {
    openHost.close();
    writer.close();
  });
  return {
    folder: writer.folder,
    observed,
    exited: command.exited,
    stopped: () => observation.stopped,
    lostLines: () => writer.lostLines,
    status: () => observation.status(),
    close: () => {
      relay.close();
      openHost.close();
    },
  };
}
