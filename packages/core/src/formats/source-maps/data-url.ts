/** The content of a `data:` address as bytes; undefined when its encoding is broken. */
export function dataUrlBytes(url: string): Uint8Array | undefined {
  const comma = url.indexOf(',');
  if (!/^data:/i.test(url) || comma < 0) return undefined;
  const isBase64 = /;\s*base64\s*$/i.test(url.slice(0, comma));
  const content = url.slice(comma + 1);
  try {
    return isBase64 ? base64Bytes(content) : new TextEncoder().encode(decodeURIComponent(content));
  } catch {
    return undefined;
  }
}

function base64Bytes(content: string): Uint8Array {
  const binary = atob(content.includes('%') ? decodeURIComponent(content) : content);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
