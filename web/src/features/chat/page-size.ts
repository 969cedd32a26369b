/** Rows of a page of conversations. */
export const CONVERSATIONS = 20;
/** Messages of a page. */
export const MESSAGES = 40;
/** A message takes so many characters; a title so many. */
export const LONGEST_MESSAGE = 5_000;
export const LONGEST_TITLE = 100;
