export declare function failuresFromVitest(file: string, root: string): string[];
export declare function failuresFromPython(output: string): string[];
