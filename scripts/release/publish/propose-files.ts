// The files that a new catalog changes.

/** Files and folders; a folder is replaced as a whole. */
export const changedPaths = [
  'src/data/emulators.json',
  'action.yml',
  'compare/action.yml',
  'README.md',
  'docs',
  'dist',
] as const
