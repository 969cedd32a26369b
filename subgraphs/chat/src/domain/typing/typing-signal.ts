/** How long somebody is shown as writing, unless it is told again. */
export const typingMs = 5_000;
