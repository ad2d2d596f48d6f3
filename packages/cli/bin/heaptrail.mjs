#!/usr/bin/env node
// The product runs from its TypeScript sources: what you read is what runs, and no build can be stale.
import { register } from 'tsx/esm/api';

register();
await import('../src/main.ts');
