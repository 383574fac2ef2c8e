// How words of a text for people may stand out. What a colour is on a terminal, and whether there is one, is known by whoever writes the text out.

export type Colour = 'red' | 'green' | 'yellow' | 'bold'

/** Text in a colour, or as it is. */
export type Paint = (colour: Colour, text: string) => string

/** For texts that go nowhere where colours are seen. */
export const plainly: Paint = (_, text) => text
