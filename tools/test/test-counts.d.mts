export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
export declare const NO_COUNTS: TestCounts;
export declare function addCounts(a: TestCounts, b: TestCounts): TestCounts;
export declare function countsFromVitest(file: string): TestCounts | undefined;
export declare function countsFromPython(output: string): TestCounts | undefined;
