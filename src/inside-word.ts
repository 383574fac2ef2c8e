// How a bundle knows that it is started once more, to work inside a private scope.

/** Its first argument then; nobody else has one of this name. */
export const insideWord = '--inside-private-scope'
