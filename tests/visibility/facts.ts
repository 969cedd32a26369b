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
  media: Map<string, MediaFact>;
  conversations: Map<string, ConversationFact>;
  /** What happened in each person's conversations, in order. */
  chatLogs: Map<string, ChatEventFact[]>;
}

export interface PersonFact {
  id: string;
  username: string;
  isPrivate: boolean;
  isActive: boolean;
  isModerator: boolean;
  avatarId: string | null;
}

export interface PostFact {
  id: string;
  authorId: string;
  visibility: 'PUBLIC' | 'FOLLOWERS' | 'MENTIONED';
  text: string;
  mentionedIds: string[];
  hashtags: string[];
  mediaIds: string[];
  /** What it said before, and whom that named, oldest first. */
  edits: { text: string; mentionedIds: string[] }[];
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
  /** What it said before, oldest first. */
  edits: string[];
  isRemoved: boolean;
  isDeleted: boolean;
  /** As on a post. */
  reactions: Set<string>;
}

/** A picture that is ready. */
export interface MediaFact {
  id: string;
  ownerId: string;
  altText: string | null;
  /** Moderators removed a post with it. */
  isWithheld: boolean;
}

export interface ConversationFact {
  id: string;
  kind: 'DIRECT' | 'GROUP';
  title: string | null;
  /** In the order in which they came. */
  members: Map<string, MemberFact>;
  /** Each at its seq less one. */
  messages: MessageFact[];
}

export interface MemberFact {
  isAdmin: boolean;
  joinedAtSeq: number;
  readUpTo: number;
  /** Grows with what happens: that of the latest is the highest. */
  lastActivity: number;
  /** How much had happened in their conversations when they came. */
  heardBefore: number;
}

export interface MessageFact {
  id: string;
  seq: number;
  senderId: string;
  text: string;
  mediaIds: string[];
  replyToId: string | null;
  isEdited: boolean;
  isDeleted: boolean;
  /** As on a post. */
  reactions: Set<string>;
}

export interface ChatEventFact {
  kind: string;
  conversationId: string;
  messageId: string | null;
  actorId: string;
  /** To who it was: that they are in it no more. */
  isEnd: boolean;
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
  media: new Map(),
  conversations: new Map(),
  chatLogs: new Map(people.map(({ id }) => [id, []])),
});

/** What is there; what is asked for by an id that nothing has is a fault of the test. */
export function get<T>(all: Map<string, T>, id: string): T {
  const found = all.get(id);
  if (found === undefined) throw new Error(`there is no ${id}`);
  return found;
}
