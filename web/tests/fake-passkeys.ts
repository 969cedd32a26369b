import { ownAccount } from './fake-account.ts';
import { badUserInput, nextId, nextNumber, refuse } from './fake-results.ts';
import type { Call, FakeAccount, FakeSession, FakeState, FakeUser } from './fake-state.ts';
import { provenOwner } from './fake-two-factor.ts';

const bytes = (text: string) => Buffer.from(text).toString('base64url');

/** The part of the graph that is about passkeys; it believes whatever the browser's authenticator signs. */
export function passkeyRoots(
  state: FakeState,
  call: Call,
  session: FakeSession | undefined,
  issue: (user: FakeUser) => unknown,
) {
  type Input = { input: Record<string, string> };
  const rp = { id: 'localhost', name: 'SocialHub' };
  const challenge = () => bytes(`challenge ${nextNumber()}`);
  const payload = (account: FakeAccount) => ({ account: { id: account.id } });
  const find = (account: FakeAccount, id: string | undefined) => {
    const passkey = account.passkeys.find((one) => one.id === id);
    if (!passkey) throw refuse('NOT_FOUND', 'Passkey not found');
    return passkey;
  };

  return {
    beginPasskey: call('beginPasskey', ({ input }: Input) => {
      const { user, passkeys } = provenOwner(state, session, input);
      const options = {
        rp,
        challenge: challenge(),
        user: { id: bytes(user.id), name: user.username, displayName: user.username },
        pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
        excludeCredentials: passkeys.map(({ credentialId: id }) => ({ id, type: 'public-key' })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      };
      return { options: JSON.stringify(options) };
    }),
    addPasskey: call('addPasskey', ({ input }: Input) => {
      const { account } = ownAccount(state, session);
      const { name = 'Passkey', credential = '' } = input;
      if (name.length > 50) throw badUserInput('input.name', 'takes at most 50 characters');
      const createdAt = new Date().toISOString();
      const made = {
        id: nextId('Passkey'),
        credentialId: String(JSON.parse(credential).id),
        name,
        createdAt,
      };
      account.passkeys.push({ ...made, synced: false, lastUsedAt: null });
      return { ...payload(account), passkey: made };
    }),
    renamePasskey: call('renamePasskey', ({ input }: Input) => {
      const { account } = ownAccount(state, session);
      const passkey = find(account, input.passkeyId);
      if ((input.name ?? '').length > 50) throw badUserInput('input.name', 'takes at most 50 characters');
      passkey.name = input.name ?? '';
      return { ...payload(account), passkey };
    }),
    removePasskey: call('removePasskey', ({ input }: Input) => {
      const account = provenOwner(state, session, input);
      const passkey = find(account, input.passkeyId);
      account.passkeys = account.passkeys.filter((one) => one !== passkey);
      return payload(account);
    }),
    beginPasskeyLogIn: call('beginPasskeyLogIn', () => {
      const options = { rpId: rp.id, challenge: challenge(), userVerification: 'required' };
      return { options: JSON.stringify(options) };
    }),
    logInWithPasskey: call('logInWithPasskey', ({ input }: Input) => {
      const { id } = JSON.parse(input.credential ?? '{}');
      for (const { user, passkeys } of state.users.values()) {
        if (passkeys.some(({ credentialId }) => credentialId === id)) return { tokens: issue(user), user };
      }
      throw refuse('UNAUTHENTICATED', 'This passkey is not known here');
    }),
  };
}
