/**
 * Whether checks that cost time are made unless an option says otherwise: in Node, while `NODE_ENV` is not `production`; in
 * browsers, which have no such thing, not.
 */
export function isDevelopment(): boolean {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return process?.env !== undefined && process.env.NODE_ENV !== 'production';
}
