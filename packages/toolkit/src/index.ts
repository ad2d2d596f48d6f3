// Each primitive is a folder; this file is the whole public surface, by hand.
export { type Clock, type ClockTimer, type TimerOptions } from './clock/clock.ts';
export { ManualClock } from './clock/manual-clock.ts';
export { systemClock } from './clock/system-clock.ts';
export { asyncDispose, dispose } from './disposal/dispose-symbols.ts';
export { ToolkitError } from './errors/toolkit-error.ts';
export { consoleLogger, silentLogger, type Logger } from './logger/logger.ts';
export { type CheckoutInfo } from './resource-pool/checkout.ts';
export { type Lease } from './resource-pool/lease.ts';
export {
  LeaseReclaimedError,
  LeaseReleasedError,
  PoolAcquireTimeoutError,
  PoolCallTimeoutError,
  PoolClosedError,
  PoolCreateError,
  PoolOptionsError,
  PoolQueueFullError,
} from './resource-pool/pool-errors.ts';
export {
  type DestroyReason,
  type PoolEvent,
  type PoolNow,
  type PoolObserver,
  type PoolStatistics,
  type PoolTotals,
} from './resource-pool/pool-events.ts';
export { type CreateContext, type ResourcePoolOptions } from './resource-pool/pool-options.ts';
export { ResourcePool, type CloseOptions } from './resource-pool/resource-pool.ts';
export { type StackPolicy } from './resource-pool/stack-recorder.ts';
export { type AcquireOptions } from './resource-pool/waiter.ts';
export { TaskTimeoutError } from './task-pool/task-errors.ts';
export {
  type RunOptions,
  type Task,
  type TaskContext,
  type TaskPoolOptions,
  type TaskPoolStatistics,
  type WorkerOptions,
} from './task-pool/task-options.ts';
export { TaskPool } from './task-pool/task-pool.ts';
export { coalesce, type Coalesced, type CoalesceOptions } from './timers/coalesce.ts';
export { throttle, type Throttled, type ThrottleOptions } from './timers/throttle.ts';
export { TickerClosedError, TickerIntervalError, TickerOwnerError } from './timers/ticker-errors.ts';
export { Ticker, type TickerOptions } from './timers/ticker.ts';
export { weak } from './weak/weak.ts';
export { OwnerNotExtensibleError, weakProperty, WeakProperty, type WeakPropertyOptions } from './weak/weak-property.ts';
export { type WeakOptions } from './weak/weak-options.ts';
export { canBeHeldWeakly } from './weak/can-be-held-weakly.ts';
export { NotAnAccessorError } from './weak/not-an-accessor-error.ts';
export { NotWeaklyHoldableError } from './weak/not-weakly-holdable-error.ts';
export { IterableWeakSet } from './weak-collections/iterable-weak-set.ts';
export { ProxyTargetGoneError, TargetGoneError } from './weak-collections/target-gone-error.ts';
export { WeakKeyMap, type WeakKeyMapOptions } from './weak-collections/weak-key-map.ts';
export { weakProxy, WeakProxyFreezeError } from './weak-collections/weak-proxy.ts';
export { WeakReference, type WeakReferenceOptions } from './weak-collections/weak-reference.ts';
export { WeakValueMap } from './weak-collections/weak-value-map.ts';
export { processExit, type ExitHook } from './finalize/exit-hook.ts';
export { FinalizerCallbackError, FinalizerHoldsTargetError, FinalizersDisposedError } from './finalize/finalize-errors.ts';
export { type Finalizer } from './finalize/finalizer.ts';
export { Finalizers, type FinalizeOptions, type FinalizersOptions } from './finalize/finalizers.ts';
export { BindingsDisposedError, NotBindableError } from './binding/binding-errors.ts';
export { type Binding } from './binding/binding.ts';
export { Bindings, type Convert, type TwoWayConverters } from './binding/bindings.ts';
export { graphJson, type GraphJson, type GraphJsonOptions } from './graph-json/graph-json.ts';
export { graphType, type AnyGraphType, type GraphClass, type GraphType } from './graph-json/graph-type.ts';
export { type GraphLimits } from './graph-json/limits.ts';
export { type Unserialisable, type UnserialisableKind, type UnserialisablePolicy } from './graph-json/unserialisable.ts';
export {
  GraphFormatError,
  GraphKeyError,
  GraphLimitError,
  GraphOptionsError,
  GraphRefError,
  GraphSyntaxError,
  GraphTypeError,
  UnserialisableError,
} from './graph-json/errors.ts';
