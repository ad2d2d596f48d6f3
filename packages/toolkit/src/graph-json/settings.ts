import type { TypeTable } from './graph-type.ts';
import type { GraphLimits } from './limits.ts';
import type { UnserialisablePolicy } from './unserialisable.ts';

/** All choices, resolved. Shared by calls and never changed. */
export interface GraphSettings {
  readonly types: TypeTable;
  readonly limits: GraphLimits;
  readonly unserialisable: UnserialisablePolicy;
  readonly readsAccessors: boolean;
  readonly callsToJSON: boolean;
  readonly keepsDangerousKeys: boolean;
  readonly partialViews: 'copy' | 'share' | 'unserialisable';
  readonly errorStacks: boolean;
}
