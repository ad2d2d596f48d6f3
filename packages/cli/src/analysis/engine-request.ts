import type { GrowthSeen } from '@heaptrail/capture';

/** What the main thread asks of the engine's thread. */
export type EngineRequest =
  { readonly kind: 'watch'; readonly watch: number; readonly dumpPath: string } | { readonly kind: 'report'; readonly folder: string };

export interface EngineAnswers {
  readonly watch: GrowthSeen;
  /** `report.json`, whole. */
  readonly report: string;
}

export interface EngineMessage {
  readonly id: number;
  readonly request: EngineRequest;
}

export type EngineReply =
  | { readonly id: number; readonly ok: true; readonly answer: EngineAnswers[keyof EngineAnswers] }
  | { readonly id: number; readonly ok: false; readonly message: string; readonly stack: string | undefined };
