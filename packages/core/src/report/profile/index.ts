export * from './profile-view.ts';
