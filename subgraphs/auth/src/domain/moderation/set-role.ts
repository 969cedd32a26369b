import { RoleChanged } from '@socialhub/platform/contracts/signals';
import { forbidden, notFound } from '@socialhub/platform/errors';
import { signalAfterCommit } from '@socialhub/platform/events/outbox';
import { outranks, type Viewer } from '@socialhub/platform/identity/identity';
import { uuidv7 } from '@socialhub/platform/ids';
import {
  type AccountRow,
  findAccountByUsername,
  findAccountForUpdate,
  lockRoles,
  type Role,
  updateRole,
} from '../../store/accounts/accounts.ts';
import type { Tx } from '../../store/client.ts';
import { insertAuditEntry } from '../../store/moderation/audit-log.ts';
import { publishStanding } from '../accounts/publish-standing.ts';
import { endSessions } from '../sessions/end-session.ts';
import { normaliseUsername } from '../usernames/username.ts';
import { requireRole } from './require-role.ts';

/**
 * Gives somebody a role. An admin's own stays as it is, so that there is always one left. Throws FORBIDDEN to all but
 * admins, NOT_FOUND when there is no such account.
 */
export async function setRole(
  tx: Tx,
  viewer: Viewer,
  { userId, role }: { userId: string; role: Role },
): Promise<AccountRow> {
  // Two admins who depose each other do so one after the other: the second is none any more.
  await lockRoles(tx);
  const actor = await requireRole(tx, viewer, 'ADMIN');
  if (actor.id === userId) throw forbidden('Another admin has to change your role');
  return changeRole(tx, actor.id, userId, role);
}

/** Gives a role from the server's command line, where there may be no admin to ask. Throws NOT_FOUND. */
export async function grantRole(tx: Tx, username: string, role: Role): Promise<AccountRow> {
  await lockRoles(tx);
  const account = await findAccountByUsername(tx, normaliseUsername(username) ?? '');
  if (!account) throw notFound('Account');
  return changeRole(tx, null, account.id, role);
}

async function changeRole(tx: Tx, actorId: string | null, id: string, role: Role): Promise<AccountRow> {
  const before = await findAccountForUpdate(tx, id);
  if (!before) throw notFound('Account');
  if (before.role === role) return before;
  const after = await updateRole(tx, id, role);
  // Gateways take no token with another role from now on, and its sockets come back with a fresh one.
  await signalAfterCommit(tx, RoleChanged, { userId: id, role });
  // Who is to have fewer rights has to sign in anew.
  if (outranks(before.role, role)) await endSessions(tx, id, 'ROLE_SET');
  await publishStanding(tx, after);
  await insertAuditEntry(tx, {
    id: uuidv7(),
    actorId,
    action: 'ROLE_SET',
    subjectId: id,
    fromRole: before.role,
    toRole: role,
  });
  return after;
}
