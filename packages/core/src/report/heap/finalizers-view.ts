import type { Frame } from '../finding.ts';
import type { HeapPath } from './heap-path.ts';
import type { ObjectView } from './object-view.ts';

/** Objects of one type whose own finalizers keep them: the finalizers never run, and the objects never go. */
export interface FinalizerKindView {
  readonly pattern: 'finalizer-holds-its-target' | 'finalizers-hold-each-other';
  /** False where the held value is held by something else too: the object goes no sooner than that lets go and the finalizer is taken back. */
  readonly byFinalizersAlone: boolean;
  /** What leads to the object: what each registration holds, or the callback that all of a registry share. */
  readonly through: 'held value' | 'callback';
  readonly type: string;
  readonly objects: number;
  /** One object may be registered more than once. */
  readonly registrations: number;
  /** What would be freed with the objects and what their finalizers hold, counted once. */
  readonly retainedBytes: number;
  readonly example: ObjectView;
  /** From what a finalizer holds to the object; empty where that is too far to be found. */
  readonly way: HeapPath;
  /** Where the first function on the way is written: the one that captures too much. */
  readonly writtenAt: Frame | null;
  /** Where the callback of the registry is written. */
  readonly callbackAt: Frame | null;
  /** Where what the example's finalizer holds was allocated, innermost frame first; empty where not known. */
  readonly allocated: readonly Frame[];
  readonly registry: { readonly object: ObjectView; readonly where: string | null } | null;
  /** What else holds the held value; null where nothing does. */
  readonly alsoHeld: HeapPath | null;
  readonly fix: string;
}

export interface FinalizersAnswer {
  /** Registrations whose target is still there. */
  readonly registrations: number;
  /** Most retained first, those that finalizers alone hold before the others. */
  readonly kinds: readonly FinalizerKindView[];
  readonly moreKinds: number;
}
