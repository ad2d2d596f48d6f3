/** JSON Pointers (RFC 6901) into the text as it is written, from the envelope down. */

export function pointerStep(key: string | number): string {
  if (typeof key === 'number') return `/${key}`;
  return key.includes('~') || key.includes('/') ? `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}` : `/${key}`;
}

/** Undefined when the text is no pointer. */
export function stepsOf(pointer: string): string[] | undefined {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return undefined;
  const steps = pointer.slice(1).split('/');
  return pointer.includes('~') ? steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')) : steps;
}

/** Of an array: `0`, or digits without a leading zero. */
export function isArrayIndex(step: string): boolean {
  return /^(0|[1-9]\d{0,9})$/.test(step);
}
