export const roles = ['MEMBER', 'MODERATOR', 'ADMIN'] as const;
export type Role = (typeof roles)[number];

const ranks: Record<Role, number> = { MEMBER: 0, MODERATOR: 1, ADMIN: 2 };

/** Whether the one role may do more than the other. */
export const outranks = (role: Role, other: Role): boolean => ranks[role] > ranks[other];

interface Ranked {
  id: string;
  role: Role;
}

/** Who may act against whom: moderators against members, admins against everybody but themselves. */
export const mayModerate = (actor: Ranked, subject: Ranked): boolean =>
  actor.id !== subject.id && (actor.role === 'ADMIN' || outranks(actor.role, subject.role));

/** The signed-in person on whose behalf a request runs. */
export interface Viewer {
  userId: string;
  sessionId: string;
  role: Role;
  scopes: readonly string[];
}

/** Where the client called from, as the gateway saw it. */
export interface ClientInfo {
  ipAddress: string | null;
  userAgent: string | null;
}

/** What the gateway vouches for. */
export interface Identity {
  viewer: Viewer | null;
  client: ClientInfo;
  /** When the client asked, where that matters; else when it was vouched for, which is done for each operation. */
  askedAt?: Date;
}
