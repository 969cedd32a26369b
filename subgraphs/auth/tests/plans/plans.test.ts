import { createHash } from 'node:crypto';
import { nth } from '@socialhub/platform/testing/plans/large-tables';
import { call, callInVain, callOf, testPlans } from '@socialhub/platform/testing/plans/plan-tests';
import * as accounts from '../../src/store/accounts/accounts.ts';
import { createClient } from '../../src/store/client.ts';
import * as erasures from '../../src/store/deletion/erasures.ts';
import * as emailChanges from '../../src/store/email-address/email-changes.ts';
import * as erase from '../../src/store/erase.ts';
import * as exported from '../../src/store/export.ts';
import * as mailTokens from '../../src/store/mail/mail-tokens.ts';
import * as mails from '../../src/store/mail/mails.ts';
import * as auditLog from '../../src/store/moderation/audit-log.ts';
import * as challenges from '../../src/store/passkeys/passkey-challenges.ts';
import * as passkeys from '../../src/store/passkeys/passkeys.ts';
import * as tokens from '../../src/store/sessions/refresh-tokens.ts';
import * as sessions from '../../src/store/sessions/sessions.ts';
import * as keys from '../../src/store/signing-keys/signing-keys.ts';
import * as limits from '../../src/store/throttling/rate-limits.ts';
import * as twoFactors from '../../src/store/two-factor/two-factors.ts';
import { insertRetiredUsername, isUsernameRetired } from '../../src/store/usernames/retired-usernames.ts';
import { tables } from './tables.ts';

/** The first has 150 sessions, of which some are over, and ten passkeys; the second begins with two factors; the last is nobody. */
const [me, beginner, nobody] = [nth(1), nth(2), nth(2_000_000)];
const hash = (n: number) => new Uint8Array(createHash('sha256').update(String(n)).digest());
const ids = Array.from({ length: 20 }, (_, n) => nth(n + 1));
const page = { after: null, limit: 21, first: 20 };
const later = new Date(Date.now() + 86_400_000);
const client = { userAgent: 'Browser', ipAddress: '192.0.2.1' };
const entrant = { id: nth(3), passwordVersion: 0, role: 'MEMBER', hasPassedTwoFactor: true } as const;
const rotation = { successorHash: hash(3_000_000), sealedSuccessor: hash(0), idleSeconds: 60, client };
const use = { hash: hash(1), kind: 'VERIFY_EMAIL', viewerId: me } as const;
const newAccount = { id: nobody, email: 'new@example.org', username: 'new', passwordHash: 'hash' };
const change = {
  id: nobody,
  accountId: me,
  newEmail: 'new@example.org',
  sessionId: me,
  endOtherSessions: false,
};
const passkey = {
  id: nobody,
  accountId: me,
  credentialId: 'new',
  publicKey: hash(0),
  counter: 0n,
  transports: [],
  backedUp: false,
  name: 'name',
};

testPlans({
  service: 'auth',
  createClient,
  sources: [new URL('../../src/store/', import.meta.url)],
  tables,
  uncalled: {
    createClient: 'makes the client',
    createLoaders: 'calls others',
  },
  calls: ({ tx, pool }) => [
    call(accounts.findAccount, tx, me),
    call(accounts.listAccounts, tx, ids),
    call(accounts.findAccountByEmail, tx, 'user1@example.org'),
    call(accounts.findAccountByUsername, tx, 'user1'),
    call(accounts.findAccountToSignIn, pool, 'email', 'user1@example.org'),
    call(accounts.findAccountToSignIn, pool, 'username', 'user1'),
    call(accounts.findAccountForShare, tx, me),
    call(accounts.updatePassword, tx, { id: me, passwordVersion: 0 }, 'new'),
    call(accounts.updateEmailVerified, tx, me, 'user1@example.org'),
    call(accounts.updateEmail, tx, me, 'new@example.org'),
    call(accounts.updatePasswordHash, tx, { id: me, passwordHash: 'hash' }, 'new'),
    call(accounts.lockRoles, tx),
    call(accounts.findAccountForUpdate, tx, me),
    call(accounts.updateRole, tx, me, 'ADMIN'),
    call(accounts.updateSuspension, tx, me, 'spam'),
    call(accounts.updateAway, tx, me, 60),
    call(accounts.updateBack, tx, me),
    call(accounts.updateDeleted, tx, nth(5)),
    call(accounts.deleteAccountRow, tx, nth(5)),
    call(accounts.insertAccount, tx, newAccount),
    call(accounts.listStaffUsernames, tx),
    call(erasures.insertErasure, tx, nobody),
    call(erasures.insertErasurePart, tx, { userId: me, service: 'new', counts: {}, erasedAt: later }),
    call(erasures.listErasures, tx, null, page),
    call(erasures.listErasures, tx, null, { ...page, after: [later, nobody] }),
    call(erasures.listErasures, tx, me, page),
    call(emailChanges.findEmailChange, tx, me),
    call(emailChanges.insertEmailChange, tx, change, 60),
    call(emailChanges.updateEmailChangeConfirmed, tx, me, 'OLD'),
    call(emailChanges.deleteEmailChange, tx, me),
    call(emailChanges.deleteLapsedEmailChanges, tx, 1_000),
    call(erase.eraseSessions, tx, me, 20),
    callInVain(erase.eraseSessions, tx, nobody, 200),
    call(erase.eraseMails, tx, me, 200),
    callInVain(erase.eraseMails, tx, nobody, 200),
    call(exported.listAccountForExport, tx, me, null),
    call(exported.listSessionsForExport, tx, me, null, 100),
    callInVain(exported.listSessionsForExport, tx, nobody, null, 100),
    call(exported.listDecisionsForExport, tx, me, null, 100),
    callInVain(exported.listDecisionsForExport, tx, nobody, null, 100),
    call(exported.listPasskeysForExport, tx, me, null, 100),
    callInVain(exported.listPasskeysForExport, tx, nobody, null, 100),
    call(exported.listTwoFactorForExport, tx, me, null),
    call(exported.listEmailChangesForExport, tx, me, null),
    call(
      mailTokens.insertMailToken,
      tx,
      { ...use, accountId: me, email: '', changeId: me, hash: hash(-1) },
      60,
    ),
    call(mailTokens.findMailTokenAccount, tx, use),
    call(mailTokens.deleteMailToken, tx, use),
    call(mailTokens.deleteMailTokensOf, tx, me),
    call(mailTokens.deleteMailTokensOf, tx, me, 'VERIFY_EMAIL'),
    call(mailTokens.deleteLapsedMailTokens, tx, 1_000),
    call(mails.insertMail, tx, { kind: 'VERIFY_EMAIL', recipient: 'user1@example.org', accountId: me }, 60),
    call(mails.takeDueMails, tx, 10, 60),
    call(mails.findMailBacklog, tx),
    call(mails.deleteMail, tx, 1n),
    call(mails.updateMailFailed, tx, 1n, 'refused', 60),
    call(mails.updateMailPostponed, tx, 1n, 60),
    call(mails.updateMailDead, tx, 1n, 'refused'),
    call(mails.deleteDeadMails, tx, 1_000),
    call(auditLog.insertAuditEntry, tx, { id: nobody, actorId: me, action: 'ROLE_SET', subjectId: me }),
    call(auditLog.listAuditEntries, tx, page),
    call(auditLog.listAuditEntries, tx, { ...page, after: [later, nobody] }),
    call(auditLog.listAuditEntriesById, tx, ids),
    call(auditLog.listChangedRoles, tx, 86_400, 100),
    call(challenges.insertChallenge, tx, { challenge: 'new', sessionId: me }, 60),
    call(challenges.deleteChallenge, tx, { challenge: 'challenge1', sessionId: null }),
    call(challenges.deleteLapsedChallenges, tx, 1_000),
    call(passkeys.listPasskeys, tx, [me]),
    callInVain(passkeys.listPasskeys, tx, [nobody]),
    call(passkeys.countPasskeys, tx, me),
    call(passkeys.findPasskeyByCredential, tx, 'credential1'),
    call(passkeys.insertPasskey, tx, passkey),
    call(passkeys.updatePasskeyName, tx, { id: me, accountId: me }, 'new'),
    call(passkeys.updatePasskeyUsed, tx, me, { counter: 0, backedUp: true }),
    call(passkeys.deletePasskey, tx, { id: me, accountId: me }),
    call(passkeys.deletePasskeysOf, tx, me),
    call(tokens.rotateRefreshToken, pool, { ...rotation, hash: hash(1) }),
    call(tokens.deleteOldTokens, tx, 30 * 86_400, 1_000),
    call(
      sessions.insertSession,
      tx,
      entrant,
      { id: nobody, ...client, tokenHash: hash(-1) },
      { idleSeconds: 60, maxSeconds: 60 },
    ),
    call(sessions.updateSessionsSuperseded, tx, me),
    call(sessions.listSignInAddresses, pool, me),
    callInVain(sessions.listSignInAddresses, pool, null),
    call(sessions.listLiveSessions, tx, [me]),
    callInVain(sessions.listLiveSessions, tx, [nobody]),
    call(sessions.findSession, tx, me),
    call(sessions.updateSessionEnded, tx, { id: me, accountId: me }, 'LOGGED_OUT'),
    call(sessions.updateSessionsEnded, tx, me, null, 'LOGGED_OUT'),
    call(sessions.listEndedSessions, tx, 900, 100),
    call(sessions.isSessionLive, tx, { id: me, accountId: me }),
    call(sessions.deleteDeadSessions, tx, 1_000),
    // There are a few keys: as many as there were months.
    call(keys.lockSigningKeys, tx),
    callInVain(keys.listPublishedKeys, tx),
    call(keys.insertSigningKey, tx, { kid: 'new', publicJwk: {}, sealedJwk: hash(0) }, 60),
    callInVain(keys.isSigningKeyDue, tx, 60, 60),
    callInVain(keys.updateSigningKeysRetired, tx, 60),
    ...(['wait', 'count', 'pass', 'forget'] as const).map((verb) =>
      callOf(limits.createCounter, async () => {
        const counter = limits.createCounter(pool, 'limit', { points: 5, seconds: 60 });
        if (verb !== 'count') await counter.count('me');
        await counter[verb]('me');
      }),
    ),
    call(limits.deleteOldCounts, tx, 1_000),
    call(twoFactors.findTwoFactor, tx, me),
    call(twoFactors.listTwoFactors, tx, [me]),
    call(twoFactors.findTwoFactorBegun, tx, beginner, 600),
    call(twoFactors.insertTwoFactor, tx, beginner, hash(0)),
    call(
      twoFactors.updateTwoFactorConfirmed,
      tx,
      { accountId: beginner, sealedSecret: new Uint8Array(Buffer.from('secret')) },
      1,
    ),
    call(twoFactors.updateTwoFactorStep, tx, me, 1),
    call(twoFactors.updateRecoveryCodes, tx, me, { salt: hash(0), hashes: [hash(-1)] }),
    call(twoFactors.deleteRecoveryCode, tx, me, hash(1)),
    call(twoFactors.deleteTwoFactor, tx, me),
    call(insertRetiredUsername, tx, 'new'),
    call(isUsernameRetired, tx, '1'),
  ],
});
