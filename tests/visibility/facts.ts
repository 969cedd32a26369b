/** What is so in a world, as its people made it. Ids are global ids. */
export interface Facts {
  people: Map<string, PersonFact>;
  /** Who follows, or has asked to follow, whom: by `pair`. */
  follows: Map<string, 'REQUESTED' | 'FOLLOWING'>;
  /** Who blocks whom: by `pair`. */
  blocks: Set<string>;
  /** Who mutes whom, and whether they are not notified either of what those do: by `pair`. */
  mutes: Map<string, { notifications: boolean }>;
  /** In the order in which they were written. */
  posts: Map<string, PostFact>;
  comments: Map<string, CommentFact>;
  /** What each person has a bookmark on, in the order of putting. */
  bookmarks: Map<string, Set<string>>;
  /** What each person was told of, by what makes it one thing. */
  notifications: Map<string, Map<string, NotificationFact>>;
}

export interface PersonFact {
  id: string;
  username: string;
  isPrivate: boolean;
  isActive: boolean;
  isModerator: boolean;
}

export interface PostFact {
  id: string;
  authorId: string;
  visibility: 'PUBLIC' | 'FOLLOWERS' | 'MENTIONED';
  text: string;
  mentionedIds: string[];
  hashtags: string[];
  quoteOfId: string | null;
  /** Of a repost, which has nothing else of its own. */
  repostOfId: string | null;
  isRemoved: boolean;
  /** Who put which emoji on it: `userId emoji`. */
  reactions: Set<string>;
}

export interface CommentFact {
  id: string;
  postId: string;
  parentId: string | null;
  authorId: string;
  text: string;
  isRemoved: boolean;
  isDeleted: boolean;
  /** As on a post. */
  reactions: Set<string>;
}

export interface NotificationFact {
  type: string;
  subjectId: string;
  /** The post that it goes with. */
  postId: string | null;
  actorIds: Set<string>;
}

export const pair = (one: string, other: string): string => `${one} ${other}`;

export const noFacts = (people: readonly PersonFact[]): Facts => ({
  people: new Map(people.map((person) => [person.id, person])),
  follows: new Map(),
  blocks: new Set(),
  mutes: new Map(),
  posts: new Map(),
  comments: new Map(),
  bookmarks: new Map(people.map(({ id }) => [id, new Set()])),
  notifications: new Map(people.map(({ id }) => [id, new Map()])),
});

/** What is there; what is asked for by an id that nothing has is a fault of the test. */
export function get<T>(all: Map<string, T>, id: string): T {
  const found = all.get(id);
  if (found === undefined) throw new Error(`there is no ${id}`);
  return found;
}
