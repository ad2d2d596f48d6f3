/** Objects of one type. */
export interface HistogramRowView {
  readonly type: string;
  readonly objects: number;
  readonly shallowBytes: number;
  /** What would be freed with all objects of the type. Sums of rows count what types hold together more than once. */
  readonly retainedBytes: number;
  /** Of the objects, those that nothing holds. */
  readonly unheldObjects: number;
}

export interface HistogramAnswer {
  readonly sortedBy: 'retained' | 'shallow' | 'objects';
  readonly rows: readonly HistogramRowView[];
  /** What the rows do not show. */
  readonly rest: { readonly types: number; readonly objects: number; readonly shallowBytes: number };
}
