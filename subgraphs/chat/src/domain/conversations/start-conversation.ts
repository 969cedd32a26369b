import { runIdempotent } from '@socialhub/platform/database/idempotency';
import { badUserInput } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { uuidv7 } from '@socialhub/platform/ids';
import { checkLine } from '@socialhub/platform/text/check-text';
import type { Tx } from '../../store/client.ts';
import { findDirectId, insertConversation } from '../../store/conversations/conversations.ts';
import { appendEvents } from '../../store/events/member-events.ts';
import { insertMembers } from '../../store/members/members.ts';

const maxTitle = 100;

/** A title from a client; null for none. Throws BAD_USER_INPUT. */
export const checkTitle = (title: string | null | undefined): string | null =>
  checkLine('input.title', title ?? '', { max: maxTitle }) || null;

/** What startConversation was asked for, checked. */
export interface NewConversation {
  /** Existing people, the viewer not among them. */
  otherIds: readonly string[];
  title?: string | null | undefined;
  idempotencyKey?: string | null | undefined;
}

/**
 * Makes a group, or finds or makes the direct conversation with one other person, and gives its id. A group appears
 * to its members by an event; a direct conversation says nothing before its first message. Throws BAD_USER_INPUT.
 */
export async function startConversation(tx: Tx, viewer: Viewer, wanted: NewConversation): Promise<string> {
  const title = checkTitle(wanted.title);
  const [otherId, ...more] = wanted.otherIds;
  if (otherId === undefined) throw badUserInput('input.memberIds', 'must name at least one other person');
  const isDirect = more.length === 0;
  if (isDirect && title) throw badUserInput('input.title', 'is for a group, not for a direct conversation');
  const call = { viewerId: viewer.userId, operation: 'startConversation', key: wanted.idempotencyKey };
  return runIdempotent(tx, call, () =>
    isDirect ? findOrMakeDirect(tx, viewer, otherId) : makeGroup(tx, viewer, wanted.otherIds, title),
  );
}

async function findOrMakeDirect(tx: Tx, viewer: Viewer, otherId: string): Promise<string> {
  const pair = [viewer.userId, otherId].sort();
  const pairKey = pair.join(':');
  const existing = await findDirectId(tx, pairKey);
  if (existing) return existing;
  const id = uuidv7();
  if (await insertConversation(tx, { id, kind: 'DIRECT', title: null, pairKey })) {
    await insertMembers(
      tx,
      id,
      pair.map((userId) => ({ userId, isAdmin: false })),
    );
    return id;
  }
  // The other one was faster: theirs is committed now.
  const made = await findDirectId(tx, pairKey);
  if (!made) throw new Error('a direct conversation that was in the way is not there');
  return made;
}

async function makeGroup(
  tx: Tx,
  viewer: Viewer,
  otherIds: readonly string[],
  title: string | null,
): Promise<string> {
  const id = uuidv7();
  const memberIds = [viewer.userId, ...otherIds];
  await insertConversation(tx, { id, kind: 'GROUP', title, pairKey: null });
  await insertMembers(
    tx,
    id,
    memberIds.map((userId) => ({ userId, isAdmin: userId === viewer.userId })),
  );
  await appendEvents(tx, memberIds, {
    kind: 'CONVERSATION_CHANGED',
    conversationId: id,
    messageId: null,
    actorId: viewer.userId,
  });
  return id;
}
