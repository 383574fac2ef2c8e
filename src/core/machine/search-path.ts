// PATH: the folders in which programs are found by name. Source: POSIX.1-2024, Environment Variables, 8.3.

/** The folders for a command that a person names; an empty one is the current folder. */
export function searchFolders(path: string): string[] {
  return path.split(':').map((folder) => folder || '.')
}

/** The folders for programs of our own choice: only absolute ones, as a relative one could lead into a checkout of somebody else's code. */
export function absoluteFolders(path: string): string[] {
  return searchFolders(path).filter((folder) => folder.startsWith('/'))
}
