export declare function ensureInstalled(root: string): boolean;
export declare function whyNotInstalled(root: string): string | undefined;
