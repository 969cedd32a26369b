/** Where a comment on a post is written, in the address of its page. */
export const WRITE = 'write';
