/** A scheme of two letters or more: one letter is a drive of Windows. */
const SCHEME = /^[a-z][a-z0-9+.-]+:/i;
const ABSOLUTE = /^(?:[/\\]|[a-z]:[/\\])/i;
/** Longer ones are code, not names. */
const LONGEST_DATA_URL = 40;

/** True for what may be the file of a script: an absolute path, or an address of a file or a server. */
export function isFileLocation(file: string): boolean {
  return ABSOLUTE.test(file) || /^(?:file|https?):\/\//i.test(file);
}

/**
 * A reference as it stands in a script or map, seen from where that lies. References are URLs: beside a path, their escapes are
 * undone; beside an address they stay.
 */
export function resolveLocation(reference: string, base: string): string {
  if (SCHEME.test(reference)) return reference;
  const address = /^([a-z][a-z0-9+.-]+:\/\/[^/]*)(.*)$/is.exec(base);
  if (address !== null) return address[1] + join(reference, address[2]);
  const isOnDrive = /^[a-z]:[/\\]/i.test(base);
  return isOnDrive ? join(unescaped(reference).replaceAll('\\', '/'), base.replaceAll('\\', '/')) : join(unescaped(reference), base);
}

function join(reference: string, base: string): string {
  return withoutDots(ABSOLUTE.test(reference) ? reference : base.slice(0, base.lastIndexOf('/') + 1) + reference);
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * A file as its developer would name it: the path of a `file:` address, the path within the project that bundlers
 * write as `webpack://name/./src/x.ts?1a2b`. Everything else as it is.
 */
export function readableFile(file: string): string {
  if (/^file:\/\//i.test(file)) return filePath(file);
  const bundled = /^(?:webpack|webpack-internal|turbopack|rspack):\/\/[^/]*\/(.*)$/is.exec(file);
  if (bundled !== null) return withoutDots(bundled[1].replace(/\?[0-9a-z]*$/i, '').replace(/^(?:\([a-z-]+\)|\[project\])\/(?=.)/i, ''));
  if (/^data:/i.test(file) && file.length > LONGEST_DATA_URL) return `${file.slice(0, LONGEST_DATA_URL)}…`;
  return file;
}

/** `file:///srv/a%20b.js` to `/srv/a b.js`, `file:///C:/a.js` to `C:/a.js`; one of another host stays an address. */
export function filePath(url: string): string {
  const path = /^file:\/\/(?:localhost)?(\/[^?#]*)/i.exec(url)?.[1];
  if (path === undefined) return url;
  const onDrive = /^\/[a-z]:\//i.test(path) ? path.slice(1) : path;
  return unescaped(onDrive);
}

/** Takes `.` and `a/..` out; a path that begins above its start keeps its `..`. */
function withoutDots(path: string): string {
  const isAbsolute = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '.' || part === '') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!isAbsolute) parts.push(part);
  }
  return (isAbsolute ? '/' : '') + parts.join('/');
}
