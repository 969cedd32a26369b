import type { IncomingHttpHeaders } from 'node:http';

export interface FakePost {
  id: string;
  author: FakeUser | null;
  text: string;
  media: unknown[] | null;
  [field: string]: unknown;
}

export interface FakeMedia {
  id: string;
  owner: FakeUser;
  status: string;
  failure: string | null;
  altText: string | null;
  [field: string]: unknown;
}

export interface FakeUser {
  id: string;
  username: string;
  displayName: string;
  [field: string]: unknown;
}

export interface FakeComment {
  id: string;
  author: FakeUser | null;
  text: string;
  createdAt: string;
  editedAt: string | null;
  deletedAt: string | null;
  reactions: { emoji: string; count: number }[];
  viewerReactions: string[];
  removal: { removedAt: string; reason: string } | null;
  post: FakePost;
  parent: FakeComment | null;
  replyCount: number;
  replies: FakeConnection;
}

export interface FakeConnection {
  edges: { node: FakeComment; cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean };
}

export interface FakeTwoFactor {
  on: boolean;
  codes: string[];
}

export interface FakePasskey {
  id: string;
  credentialId: string;
  name: string;
  synced: boolean;
  createdAt: string;
  lastUsedAt: string | null;
}

export interface FakeEmailChange {
  newEmail: string;
  requestedAt: string;
  expiresAt: string;
  oldConfirmed: boolean;
  newConfirmed: boolean;
}

export interface FakeExport {
  id: string;
  status: 'GATHERING' | 'PACKING' | 'READY' | 'EXPIRED';
  partsDone: number;
  partsTotal: number;
  requestedAt: string;
  expiresAt: string;
  byteSize: number | null;
  url: string | null;
}

export interface FakeNotification {
  __typename: 'Notification';
  id: string;
  type: string;
  actors: FakeUser[];
  actorCount: number;
  subject: unknown;
  createdAt: string;
  updatedAt: string;
  readAt: string | null;
  /** Where its last change stands in the log. */
  seq: number;
}

export interface FakeMember {
  user: FakeUser;
  isAdmin: boolean;
  joinedAt: string;
  joinedAtSeq: number;
  readUpTo: number;
}

export interface FakeMessage {
  __typename: 'Message';
  id: string;
  seq: number;
  sender: FakeUser | null;
  text: string;
  media: unknown[];
  replyTo: FakeMessage | null;
  createdAt: string;
  editedAt: string | null;
  deletedAt: string | null;
  given: { emoji: string; by: string }[];
}

export interface FakeConversation {
  id: string;
  kind: 'DIRECT' | 'GROUP';
  title: string | null;
  createdAt: string;
  activity: number;
  members: FakeMember[];
  messages: FakeMessage[];
}

export interface FakeChatEvent {
  seq: number;
  to: string;
  kind: string;
  conversation: FakeConversation;
  message: FakeMessage | null;
  actor: FakeUser;
}

export interface FakeAudit {
  id: string;
  createdAt: string;
  actor: FakeUser | null;
  action: string;
  subject: FakeUser | null;
  reason: string | null;
  fromRole?: string;
  toRole?: string;
}

/** How somebody is muted. */
export interface FakeMute {
  until: string | null;
  notifications: boolean;
}

export interface FakeErasure {
  id: string;
  userId: string;
  startedAt: string;
  completedAt: string | null;
  parts: { service: string; erasedAt: string; counts: { what: string; count: number }[] }[];
}

/** What the fake knows of somebody's account. */
export interface FakeAccount {
  id: string;
  user: FakeUser;
  password: string;
  email: string;
  emailVerified: boolean;
  createdAt: string;
  twoFactor: FakeTwoFactor | null;
  passkeys: FakePasskey[];
  pendingEmailChange: FakeEmailChange | null;
  role: 'MEMBER' | 'MODERATOR' | 'ADMIN';
}

export interface FakeSession {
  id: string;
  user: FakeUser;
  refreshToken: string;
  userAgent: string | null;
  ipAddress: string;
  createdAt: string;
  lastUsedAt: string;
}

export interface FakeMail {
  kind: 'VERIFY_EMAIL' | 'RESET_PASSWORD' | 'CHANGE_EMAIL';
  to: string;
  token: string;
}

/** What the fake knows when a test begins: nothing. */
export function startState() {
  return {
    users: new Map<string, FakeAccount>(),
    accessTokens: new Map<string, FakeSession>(),
    /** For how many seconds the next tokens are good; the last one counts. */
    lifetimes: [] as number[],
    sessions: new Map<string, FakeSession>(),
    posts: [] as FakePost[],
    /** Files that were announced, by id. */
    media: new Map<string, FakeMedia>(),
    mediaKeys: new Map<string, string>(),
    /** How the next files that are examined are; the last one counts. */
    verdicts: [] as Partial<FakeMedia>[],
    /** With which status the storage refuses the next files. */
    refusedUploads: [] as number[],
    /** The tokens that came over sockets. */
    pings: [] as string[],
    calls: [] as string[],
    /** The headers of each request. */
    asked: [] as IncomingHttpHeaders[],
    mails: [] as FakeMail[],
    exports: new Map<string, FakeExport>(),
    /** Pairs of ids: who blocks whom, who follows whom, who rings for whom. */
    blocks: new Set<string>(),
    follows: new Set<string>(),
    bells: new Set<string>(),
    /** How, by who and whom. */
    mutes: new Map<string, FakeMute>(),
    /** Whose, on which post; the one that was put last is the last. */
    bookmarks: new Set<string>(),
    /** What entered ada's home timeline, in order. */
    homeEvents: [] as FakePost[],
    /** What was made with which idempotency key. */
    commentKeys: new Map<string, FakeComment>(),
    /** Of whom, for whom. */
    followRequests: new Set<string>(),
    /** By id, with the reason. */
    suspended: new Map<string, string>(),
    /** By username; the log of each is in the order of what happened. */
    notifications: new Map<string, FakeNotification[]>(),
    preferences: new Map<string, { type: string; from: string }[]>(),
    conversations: [] as FakeConversation[],
    /** The log of everybody, each event once for each who hears of it. */
    chatEvents: [] as FakeChatEvent[],
    messageKeys: new Map<string, FakeMessage>(),
    erasures: [] as FakeErasure[],
    audit: [] as FakeAudit[],
    postKeys: new Map<string, FakePost>(),
    exportKeys: new Map<string, FakeExport>(),
    /** Root fields whose answers, made at once, wait for this; those over a socket with `socket ` before the name. */
    held: new Map<string, Promise<void>>(),
    /** Root fields whose next answer is lost: what they do is done. */
    lost: new Set<string>(),
    /** Root fields that are down: they answer null and UNAVAILABLE. */
    down: new Set<string>(),
  };
}

export interface PageArgs {
  first: number;
  after?: string | null;
}

/** Gives a page of a list as a connection. */
export type Page = <Row extends { id: string }>(all: Row[], args: PageArgs) => unknown;

export type FakeState = ReturnType<typeof startState>;

/** Names the call, refuses it when it is down, else runs it. */
export type Call = <Args, Result>(name: string, run: (args: Args) => Result) => (args: Args) => Result;
