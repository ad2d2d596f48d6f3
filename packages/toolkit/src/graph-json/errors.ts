import { ToolkitError } from '../errors/toolkit-error.ts';

/** The text is no JSON, or not even text. `cause` is what `JSON.parse` said. */
export class GraphSyntaxError extends ToolkitError {
  override readonly name = 'GraphSyntaxError';
  override readonly code = 'HEAPTRAIL_GRAPH_SYNTAX';
}

/** The text is JSON but not a graph: an envelope of another version, a `$` key that means nothing, a payload of the wrong shape. */
export class GraphFormatError extends ToolkitError {
  override readonly name = 'GraphFormatError';
  override readonly code = 'HEAPTRAIL_GRAPH_FORMAT';
}

/** A `$ref` that points nowhere, to a primitive, to another reference, or between the values. */
export class GraphRefError extends ToolkitError {
  override readonly name = 'GraphRefError';
  override readonly code = 'HEAPTRAIL_GRAPH_REF';
}

/** A property named `__proto__`, `constructor` or `prototype` in a text that is read. */
export class GraphKeyError extends ToolkitError {
  override readonly name = 'GraphKeyError';
  override readonly code = 'HEAPTRAIL_GRAPH_KEY';
}

/** More than the limits allow: depth, nodes, length of text, or JSON nested deeper than any writer nests it. */
export class GraphLimitError extends ToolkitError {
  override readonly name = 'GraphLimitError';
  override readonly code = 'HEAPTRAIL_GRAPH_LIMIT';
}

/** An option out of its range, or a policy that is none. */
export class GraphOptionsError extends ToolkitError {
  override readonly name = 'GraphOptionsError';
  override readonly code = 'HEAPTRAIL_GRAPH_OPTIONS';
}

/** Registered types that contradict each other, a `$type` that nobody registered, or a type's own function that threw (`cause`). */
export class GraphTypeError extends ToolkitError {
  override readonly name = 'GraphTypeError';
  override readonly code = 'HEAPTRAIL_GRAPH_TYPE';
}

/** The graph holds what the format has no text for, and the policy is `error`. */
export class UnserialisableError extends ToolkitError {
  override readonly name = 'UnserialisableError';
  override readonly code = 'HEAPTRAIL_GRAPH_UNSERIALISABLE';
}
