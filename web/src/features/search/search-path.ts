/** What can be searched, by `type` in the address, with the key of its name; the first without it. */
export const SEARCH_TYPES = { people: 'people', posts: 'posts' } as const;

export type SearchType = keyof typeof SEARCH_TYPES;

/** Takes a search parameter, gives what it says is searched. */
export const searchTypeFrom = (value: string | string[] | undefined): SearchType =>
  typeof value === 'string' && Object.hasOwn(SEARCH_TYPES, value) ? (value as SearchType) : 'people';

/** The address of a search. */
export const searchPath = (query: string, type: SearchType) =>
  `/search?${new URLSearchParams({ q: query, type })}` as const;
