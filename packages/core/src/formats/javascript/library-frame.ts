import type { SiteFrame } from '../../graph/heap-graph.ts';

/** What the runtime, the browser and the bundler add; seldom the line to mend. Installed packages count too. */
const LIBRARY =
  /^(?:node:|internal\/|native |extensions::|chrome-extension:|devtools:|webpack\/(?:bootstrap|runtime\/))|(?:^|[/\\])node_modules[/\\]/;

/** True for frames of JavaScript that the program's author did not write. What has no file is built in. */
export function isJavaScriptLibraryFrame({ file }: SiteFrame): boolean {
  return file === '' || LIBRARY.test(file);
}
