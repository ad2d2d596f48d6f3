import type { ObjectRole } from '../../graph/language.ts';

/** Types of CPython with a part of their own. Subclasses are not known here: a dump does not say what a type inherits. */
export const ROLE_BY_TYPE: ReadonlyMap<string, ObjectRole> = new Map<string, ObjectRole>([
  ...[
    '_asyncio.Task',
    'asyncio.tasks.Task',
    'coroutine',
    'async_generator',
    'generator',
    'threading.Thread',
    '_asyncio.Future',
    'asyncio.events.TimerHandle',
    'asyncio.events.Handle',
  ].map((name) => [name, 'activity'] as const),
  ...['function', 'method', 'builtin_function_or_method', 'functools.partial', 'method-wrapper'].map((name) => [name, 'callable'] as const),
  ...['weakref.ReferenceType', 'weakref', 'weakref.KeyedRef', 'weakref.WeakMethod', 'weakproxy', 'weakref.ProxyType'].map(
    (name) => [name, 'weak'] as const,
  ),
  ['functools._lru_cache_wrapper', 'cache'],
  ...['module', 'code'].map((name) => [name, 'runtime'] as const),
  ...['str', 'bytes', 'int', 'float', 'bool', 'complex', 'NoneType', 'tuple'].map((name) => [name, 'constant'] as const),
]);
