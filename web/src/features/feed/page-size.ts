/** Rows of a page of any list. */
export const PAGE_SIZE = 20;
