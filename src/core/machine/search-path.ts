// PATH: the folders in which a program is looked for by its name. Source: POSIX.1-2024, Environment Variables, 8.3.

/** Its folders for a command that a person gives: an empty one is the current folder. */
export function searchFolders(path: string): string[] {
  return path.split(':').map((folder) => folder || '.')
}

/** Its folders for a program of our own choice. What a relative one leads to depends on the current folder, which may be a stranger's checkout. */
export function absoluteFolders(path: string): string[] {
  return searchFolders(path).filter((folder) => folder.startsWith('/'))
}
