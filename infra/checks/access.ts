import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Graph, readGraph } from './sdl-access.ts';

/** Fields by type: the names, with spaces between. */
type Fields = Readonly<Record<string, string>>;

/**
 * Who may have what, written by hand: the schema's directives have to say the same. What is in neither list is for
 * everybody who is signed in.
 */
export interface AccessTable {
  /** What nobody needs to sign in for. Whoever sees which row is the domain's (docs/decisions/0060). */
  public: Fields;
  /** What a scope is needed for, by scope. */
  scopes: Readonly<Record<string, Fields>>;
}

export const accessTable: AccessTable = {
  public: {
    Query: 'node nodes media mediaLimits publicTimeline hashtagTimeline post comment viewer user',
    Node: 'id',
    Media: 'id kind status failure mimeType byteSize width height duration altText blurhash url',
    MediaLimits: 'mimeTypes maxImageBytes maxVideoBytes maxPixels maxPerPost',
    PostConnection: 'edges pageInfo',
    PostEdge: 'cursor node',
    Post: 'id author text contentWarning visibility media hashtags mentions quoteOf repostOf createdAt editedAt edits commentCount repostCount quoteCount reactions viewerReactions viewerHasReposted viewerHasBookmarked comments removal',
    User: 'id postCount posts username displayName bio avatar banner isPrivate createdAt followerCount followingCount viewerRelationship followers following',
    ViewerRelationship: 'follow followedBy blocking bell muting mutedUntil mutingNotifications',
    UserConnection: 'edges pageInfo totalCount',
    UserEdge: 'cursor node',
    PageInfo: 'startCursor endCursor hasNextPage hasPreviousPage',
    PostEditConnection: 'edges pageInfo',
    PostEditEdge: 'cursor node',
    PostEdit: 'text contentWarning editedAt',
    ReactionCount: 'emoji count',
    CommentConnection: 'edges pageInfo',
    CommentEdge: 'cursor node',
    Comment:
      'id post parent author text createdAt editedAt deletedAt edits reactions viewerReactions replyCount replies removal',
    CommentEditConnection: 'edges pageInfo',
    CommentEditEdge: 'cursor node',
    CommentEdit: 'text editedAt',
    Removal: 'removedAt reason',
    Mutation:
      'register logIn beginPasskeyLogIn logInWithPasskey refreshTokens requestPasswordReset resetPassword verifyEmail confirmEmailChange',
    RegisterPayload: 'tokens account user',
    LogInPayload: 'tokens account user',
    LogInWithPasskeyPayload: 'tokens account user',
    RefreshTokensPayload: 'tokens',
    RequestPasswordResetPayload: 'sent',
    ResetPasswordPayload: 'reset',
    VerifyEmailPayload: 'verified',
    BeginPasskeyLogInPayload: 'options',
    ConfirmEmailChangePayload: 'changed',
    Tokens: 'accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt',
    // Nodes are found by id whoever asks: that these are for their owners alone, members or admins, is the service's to say.
    Account:
      'id email emailVerified role user twoFactorEnabled recoveryCodesLeft passkeys pendingEmailChange createdAt sessions',
    SessionConnection: 'edges pageInfo',
    SessionEdge: 'cursor node',
    Session: 'id createdAt lastUsedAt expiresAt userAgent ipAddress current',
    EmailChange: 'newEmail requestedAt expiresAt oldConfirmed newConfirmed',
    Passkey: 'id name synced createdAt lastUsedAt',
    AuditEntry: 'id createdAt actor action subject post comment fromRole toRole reason',
    DataExport: 'id status requestedAt readyAt expiresAt byteSize partsDone partsTotal url',
    Notification: 'id type actors actorCount subject createdAt updatedAt readAt',
    Conversation: 'id kind title members lastMessage unreadCount createdAt messages',
    ConversationMemberConnection: 'edges pageInfo totalCount',
    ConversationMemberEdge: 'cursor node',
    ConversationMember: 'user joinedAt readUpTo isAdmin',
    Message:
      'id seq conversation sender text media replyTo createdAt editedAt deletedAt reactions viewerReactions',
    MessageConnection: 'edges pageInfo',
    MessageEdge: 'cursor node',
  },
  scopes: {
    moderate: {
      Query: 'accountStanding',
      Mutation: 'suspendAccount reinstateAccount removePost restorePost removeComment restoreComment',
    },
    administer: {
      Query: 'auditLog accountErasures',
      Mutation: 'setRole',
    },
  },
};

/** `Type.field` of each. */
export const coordinatesOf = (fields: Fields): string[] =>
  Object.entries(fields).flatMap(([type, names]) => names.split(/\s+/).map((name) => `${type}.${name}`));

/** One sentence for each field on which schema and table differ: what has no directive and is not listed is a fault. */
export function accessFaults(graph: Graph, table: AccessTable): string[] {
  const faults: string[] = [];
  const [open, listed] = [openCoordinates(graph), new Set(coordinatesOf(table.public))];
  for (const coordinate of open) {
    if (listed.has(coordinate)) continue;
    faults.push(
      `${coordinate} asks for no sign-in: annotate it, or list it as public in infra/checks/access.ts`,
    );
  }
  for (const coordinate of listed) {
    if (!open.has(coordinate))
      faults.push(`${coordinate} is listed as public, and nobody gets there signed out`);
  }
  const wanted = new Map(
    Object.entries(table.scopes).flatMap(([scope, fields]) =>
      coordinatesOf(fields).map((coordinate) => [coordinate, JSON.stringify([[scope]])] as const),
    ),
  );
  const found = scopesIn(graph);
  for (const coordinate of new Set([...wanted.keys(), ...found.keys()])) {
    const [here, there] = [found.get(coordinate) ?? 'none', wanted.get(coordinate) ?? 'none'];
    if (here !== there)
      faults.push(`${coordinate} asks for the scopes ${here}, in infra/checks/access.ts ${there}`);
  }
  return faults;
}

/** What can be selected signed out, down from the roots. */
function openCoordinates({ roots, types }: Graph): Set<string> {
  const open = new Set<string>();
  const entered = new Set<string>();
  const enter = (name: string) => {
    if (entered.has(name)) return;
    entered.add(name);
    const type = types.get(name);
    for (const member of type?.members ?? []) enter(member);
    for (const { coordinate, needs, of } of type?.fields ?? []) {
      if (needs.length > 0) continue;
      open.add(coordinate);
      if (of) enter(of);
    }
  };
  for (const root of roots) enter(root);
  return open;
}

function scopesIn({ types }: Graph): Map<string, string> {
  const found = new Map<string, string>();
  for (const { fields } of types.values()) {
    for (const { coordinate, needs } of fields) {
      const scopes = needs.flatMap((need) => need.scopes);
      if (scopes.length > 0) found.set(coordinate, JSON.stringify(scopes));
    }
  }
  return found;
}

if (import.meta.main) {
  const file = join(import.meta.dirname, '../../gateway/supergraph.graphql');
  const faults = accessFaults(readGraph(readFileSync(file, 'utf8')), accessTable);
  for (const line of faults) process.stderr.write(`${line}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
