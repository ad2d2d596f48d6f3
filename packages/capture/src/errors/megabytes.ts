/** A size for messages: `12 bytes`, `3.4 MB`, `1,250 MB`. */
export function megabytes(bytes: number): string {
  if (bytes < 1e5) return `${bytes} bytes`;
  return bytes < 1e8 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.round(bytes / 1e6).toLocaleString('en-US')} MB`;
}
