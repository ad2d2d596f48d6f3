/** `session.json`: what is known before the command starts. The command is redacted already. */
export interface SessionHeader {
  readonly schema: 'heaptrail-session/1';
  readonly tool: { readonly name: string; readonly version: string };
  readonly command: readonly string[];
  readonly startedAt: string;
  readonly options: Readonly<Record<string, unknown>>;
}
