/** The name of a module that is a path: so are those of JavaScript written, by loaders of files. */
const PATH = /^(?:\/|[A-Za-z]:[/\\])/;
const QUERY = /[?#].*$/s;
const IN_PACKAGES = /^.*[/\\]node_modules[/\\]/s;
/** With its folder, which is what tells an index from the others. */
const LAST = /(?:[^/\\]+[/\\](?=index\.[a-z]+$))?[^/\\]*$/;

/** The name of a module without what a program appends to have the same file loaded once more (`?version=17`). */
export function moduleOfName(name: string): string {
  return PATH.test(name) ? name.replace(QUERY, '') : name;
}

/** The same without the folders that differ from machine to machine: `store.mjs`, `sessions/index.js`, `express/lib/router.js` of a package. */
export function shortModuleName(name: string): string {
  if (!PATH.test(name)) return name;
  const path = moduleOfName(name);
  const inPackage = path.replace(IN_PACKAGES, '');
  return inPackage === path ? LAST.exec(path)![0] : inPackage;
}
