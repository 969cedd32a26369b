/**
 * Whether PostgreSQL takes the text and gives it back as it is: it has no NUL, and half a surrogate pair would become
 * U+FFFD on the way, the same for all of them.
 */
export const isStorable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed();
