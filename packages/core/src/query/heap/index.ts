export { heapFormats } from '../../formats/index.ts';
export { Heap } from './heap.ts';
export { histogramAnswer } from './histogram-answer.ts';
export { ObjectUnknownError } from './object-unknown-error.ts';
export { pathAnswer } from './path-answer.ts';
export { dominatorsAnswer } from './dominators-answer.ts';
export { cyclesAnswer } from './cycles-answer.ts';
export { HeapComparison } from './heap-comparison.ts';
