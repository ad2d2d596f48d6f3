/** Name and version as reports and dumps carry them; a test holds the version to the package's. */
export const TOOL = { name: 'heaptrail', version: '0.1.0' } as const;
