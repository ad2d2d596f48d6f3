export { heapProfile } from './heap-profile-format.ts';
