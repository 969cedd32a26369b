import { EventEmitter, on } from 'node:events';
import { ownAccount } from './fake-account.ts';
import { badUserInput, nextId, refuse } from './fake-results.ts';
import type { Call, FakeExport, FakeSession, FakeState } from './fake-state.ts';
import { provenOwner } from './fake-two-factor.ts';

const exportChanged = new EventEmitter();

/** Gives an archive that has just been asked for. */
export const newExport = (more: Partial<FakeExport> = {}): FakeExport => ({
  id: nextId('DataExport'),
  status: 'GATHERING',
  partsDone: 0,
  partsTotal: 6,
  requestedAt: '2026-05-12T10:00:00.000Z',
  expiresAt: '2026-05-19T10:00:00.000Z',
  byteSize: null,
  url: null,
  ...more,
});

/** Changes somebody's archive, and wakes whoever follows it. */
export function moveExport(state: FakeState, username: string, part: Partial<FakeExport>): void {
  const archive = state.exports.get(username);
  if (archive) Object.assign(archive, part);
  exportChanged.emit('changed');
}

async function* progress(state: FakeState, session: FakeSession | undefined) {
  const changes = on(exportChanged, 'changed');
  for (let cursor = 1; ; cursor += 1) {
    const archive = state.exports.get(session?.user.username ?? '');
    if (!archive) throw refuse('NOT_FOUND', 'Export not found');
    yield { dataExportProgress: { cursor: String(cursor), export: { ...archive } } };
    if (archive.status === 'READY') return;
    await changes.next();
  }
}

/** The part of the graph that is about changing one's address, taking one's data along, and leaving. */
export function lifecycleRoots(state: FakeState, call: Call, session: FakeSession | undefined) {
  type Input = { input: Record<string, string> };
  function leave(input: Record<string, string>) {
    const account = provenOwner(state, session, input);
    if (account.role !== 'MEMBER') throw refuse('FORBIDDEN', 'Admins stay: ask another to make you a member');
    for (const part of [state.sessions, state.accessTokens]) {
      for (const [token, { user }] of part) if (user === account.user) part.delete(token);
    }
  }

  return {
    changeEmail: call('changeEmail', ({ input }: Input) => {
      const account = provenOwner(state, session, input, 'currentPassword');
      const { newEmail = '' } = input;
      if (!newEmail.includes('.')) throw badUserInput('input.newEmail', 'is not an email address');
      const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
      const requestedAt = new Date().toISOString();
      account.pendingEmailChange = {
        newEmail,
        requestedAt,
        expiresAt,
        oldConfirmed: false,
        newConfirmed: false,
      };
      state.mails.push({ kind: 'CHANGE_EMAIL', to: account.email, token: 'old-end' });
      state.mails.push({ kind: 'CHANGE_EMAIL', to: newEmail, token: 'new-end' });
      return { account: { id: account.id } };
    }),
    cancelEmailChange: call('cancelEmailChange', () => {
      const { account } = ownAccount(state, session);
      if (!account.pendingEmailChange) throw refuse('NOT_FOUND', 'Email change not found');
      account.pendingEmailChange = null;
      return { account: { id: account.id } };
    }),
    confirmEmailChange: call('confirmEmailChange', ({ input: { token } }: Input) => {
      const account = [...state.users.values()].find(({ pendingEmailChange }) => pendingEmailChange);
      const waiting = account?.pendingEmailChange;
      const end = token === 'old-end' ? 'oldConfirmed' : token === 'new-end' ? 'newConfirmed' : null;
      if (!account || !waiting || end === null || waiting[end]) {
        throw badUserInput('input.token', 'is not valid: it was used, or is too old');
      }
      waiting[end] = true;
      const changed = waiting.oldConfirmed && waiting.newConfirmed;
      if (changed) Object.assign(account, { email: waiting.newEmail, pendingEmailChange: null });
      return { changed };
    }),
    deactivateAccount: call('deactivateAccount', ({ input }: Input) => {
      leave(input);
      return { deactivated: true };
    }),
    deleteAccount: call('deleteAccount', ({ input }: Input) => {
      leave(input);
      return { deletedAfter: '2026-06-11T10:00:00.000Z' };
    }),
    dataExport: call('dataExport', () => {
      const { account } = ownAccount(state, session);
      return state.exports.get(account.user.username) ?? null;
    }),
    requestDataExport: call('requestDataExport', ({ input: { idempotencyKey = '' } }: Input) => {
      const { account } = ownAccount(state, session);
      const known = state.exportKeys.get(idempotencyKey);
      if (known) return { export: known };
      if (state.exports.has(account.user.username)) {
        throw refuse('RATE_LIMITED', 'Once a day', { retryAfter: 7_200 });
      }
      const made = newExport();
      state.exports.set(account.user.username, made);
      state.exportKeys.set(idempotencyKey, made);
      return { export: made };
    }),
    /** The stream of the subscription, not a field. */
    dataExportProgress() {
      state.calls.push('dataExportProgress');
      return progress(state, session);
    },
  };
}
