/** Rows of a page of notifications. */
export const FIRST = 20;
