import type { Viewer } from '@socialhub/platform/identity/identity';
import { gid } from '@socialhub/platform/testing/gid';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { account, mutation, password, sessionsOf, startAuth, tokenIn, tokens, viewerOf } from '../auth.ts';
import { type Authenticator, createAuthenticator, type Forgery, site } from '../authenticator.ts';
import { codeOf, letStepsPass, turnOnTwoFactor } from '../two-factor.ts';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => {
  auth = await startAuth();
});
afterAll(() => auth.stop());
afterEach(async () => {
  await auth.db.query('DELETE FROM rate_limit');
});

const passkey = 'id name synced createdAt lastUsedAt';
const execute = (viewer: Viewer | null, text: string, input?: object) =>
  auth.as(viewer).execute(text, input && { input });
const beginAdding = (viewer: Viewer | null, proof: object = {}) =>
  execute(viewer, mutation('beginPasskey', 'options'), {
    password,
    ...proof,
  });
const add = (viewer: Viewer | null, credential: string, name?: string) =>
  execute(
    viewer,
    `mutation ($input: AddPasskeyInput!) {
      addPasskey(input: $input) { passkey { ${passkey} } account { passkeys { ${passkey} } } } }`,
    { credential, name },
  );
const rename = (viewer: Viewer | null, passkeyId: string, name: string) =>
  execute(
    viewer,
    `mutation ($input: RenamePasskeyInput!) { renamePasskey(input: $input) { passkey { ${passkey} } account { id } } }`,
    { passkeyId, name },
  );
const remove = (viewer: Viewer | null, passkeyId: string, proof: object = {}) =>
  execute(
    viewer,
    `mutation ($input: RemovePasskeyInput!) { removePasskey(input: $input) { account { passkeys { ${passkey} } } } }`,
    { passkeyId, password, ...proof },
  );
const beginSigningIn = () => execute(null, 'mutation { beginPasskeyLogIn { options } }');
const signIn = (credential: string) =>
  execute(
    null,
    `mutation ($input: LogInWithPasskeyInput!) { logInWithPasskey(input: $input) { ${tokens} ${account} user { id } } }`,
    { credential },
  );

const creation = async (viewer: Viewer): Promise<string> =>
  dataOf(await beginAdding(viewer)).beginPasskey.options;
const request = async (): Promise<string> => dataOf(await beginSigningIn()).beginPasskeyLogIn.options;
const passkeysOf = async (viewer: Viewer) =>
  dataOf(await execute(viewer, `{ account { passkeys { ${passkey} } } }`)).account.passkeys;
/** Somebody with a passkey. */
async function somebody(device = createAuthenticator()) {
  const person = await auth.register();
  const added = dataOf(await add(person.viewer, device.create(await creation(person.viewer)))).addPasskey;
  return { ...person, device, passkey: added.passkey };
}
const another = 'another horse battery';
async function resetPassword(email: string) {
  dataOf(await execute(null, mutation('requestPasswordReset', 'sent'), { email }));
  await auth.settle();
  const token = tokenIn(
    (await auth.allMailTo(email)).filter((mail) => mail.includes('/reset-password')).at(-1),
  );
  dataOf(await execute(null, mutation('resetPassword', 'reset'), { token, newPassword: another }));
}
const lapse = () => auth.db.query('UPDATE passkey_challenge SET expires_at = now()');

describe('adding a passkey', () => {
  it('asks the device for one that can be found by it and that checks who holds it', async () => {
    const { viewer, account, input, device } = await somebody();
    const options = JSON.parse(await creation(viewer));
    expect(options).toMatchObject({
      rp: { id: 'hub.example', name: 'SocialHub' },
      user: {
        name: input.username,
        id: Buffer.from(account.id.replaceAll('-', ''), 'hex').toString('base64url'),
      },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
      pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: 'public-key', alg })),
      excludeCredentials: [{ id: device.credentialId, transports: ['internal'] }],
    });
    expect(Buffer.from(options.challenge, 'base64url').length).toBeGreaterThanOrEqual(16);
  });

  it('keeps several, by the names that they are given, and says so by mail', async () => {
    const { viewer, input } = await auth.register();
    const [key, keychain] = [createAuthenticator(), createAuthenticator({ synced: true })];
    dataOf(await add(viewer, key.create(await creation(viewer), { attestation: 'self' }), ' My key '));
    const answer = dataOf(await add(viewer, keychain.create(await creation(viewer)))).addPasskey;
    expect(answer.passkey).toMatchObject({ name: 'Passkey', synced: true, lastUsedAt: null });
    expect(answer.account.passkeys).toMatchObject([{ name: 'My key', synced: false }, { name: 'Passkey' }]);
    await auth.mailsTo(input.email, 'You have a new passkey');
  });

  it('takes the password, and a code where two-factor authentication is on', async () => {
    const { viewer } = await auth.register();
    expectError(await beginAdding(viewer, { password: 'wrong' }), 'BAD_USER_INPUT', 'input.password');
    expectError(await beginAdding(null), 'UNAUTHENTICATED');
    const { secret } = await turnOnTwoFactor(auth, viewer);
    await letStepsPass(auth);
    expectError(await beginAdding(viewer), 'TWO_FACTOR_REQUIRED');
    dataOf(await beginAdding(viewer, { twoFactorCode: codeOf(secret) }));
  });

  it.each<[string, Forgery]>([
    ['another site', { origin: 'https://hub.example.evil.example' }],
    ['the site without TLS', { origin: 'http://hub.example' }],
    ['another port of the site', { origin: 'https://hub.example:8443' }],
    ['another domain', { rpId: 'evil.example' }],
    ['a question that was never asked', { challenge: 'a'.repeat(43) }],
    ['a sign-in', { type: 'webauthn.get' }],
    ['a page within another one', { crossOrigin: true }],
    ['a device that did not check who holds it', { userVerified: false }],
    ['a maker of authenticators, with addresses to fetch', { attestation: 'certified' }],
  ])('refuses an answer of %s', async (_name, forgery) => {
    const { viewer } = await auth.register();
    const answer = createAuthenticator().create(await creation(viewer), forgery);
    expectError(await add(viewer, answer), 'BAD_USER_INPUT', 'input.credential');
    expect(await passkeysOf(viewer)).toEqual([]);
  });

  it('takes one answer to each question, of the session that asked it, in time', async () => {
    const [mine, theirs] = [await auth.register(), await auth.register()];
    const device = createAuthenticator();
    const refused = async (viewer: Viewer, answer: string) =>
      expectError(await add(viewer, answer), 'BAD_USER_INPUT', 'input.credential');
    const options = await creation(mine.viewer);
    await refused(theirs.viewer, device.create(options));
    const again = dataOf(await auth.logIn(mine.input.email)).logIn;
    await refused(viewerOf(again.tokens.accessToken), device.create(options));
    const forSignIn = JSON.parse(await request()).challenge;
    await refused(mine.viewer, device.create(options, { challenge: forSignIn }));
    dataOf(await add(mine.viewer, device.create(options)));
    await refused(mine.viewer, createAuthenticator().create(options));
    const late = await creation(mine.viewer);
    await lapse();
    await refused(mine.viewer, createAuthenticator().create(late));
    expect(await passkeysOf(mine.viewer)).toHaveLength(1);
    expect(await passkeysOf(theirs.viewer)).toEqual([]);
  });

  it('gives a passkey to one account', async () => {
    const { viewer, device } = await somebody();
    const other = await auth.register();
    for (const who of [viewer, other.viewer]) {
      expectError(await add(who, device.create(await creation(who))), 'CONFLICT', 'input.credential');
    }
  });

  it('keeps twenty', async () => {
    const { viewer, account } = await auth.register();
    const last = await creation(viewer);
    await auth.db.query(
      `INSERT INTO passkey (id, account_id, credential_id, public_key, counter, transports, backed_up, name)
        SELECT gen_random_uuid(), $1, 'c' || gen_random_uuid(), '', 0, '{}', false, 'x' FROM generate_series(1, 20)`,
      [account.id],
    );
    expectError(await beginAdding(viewer), 'CONFLICT');
    expectError(await add(viewer, createAuthenticator().create(last)), 'CONFLICT');
    expect(await passkeysOf(viewer)).toHaveLength(20);
  });

  it.each(['', 'x', '{}', '[]', 'null', '{"id":1}', `{"id":"${'a'.repeat(40_000)}"}`])(
    'takes no %# for an answer',
    async (credential) => {
      const { viewer } = await auth.register();
      expectError(await add(viewer, credential), 'BAD_USER_INPUT', 'input.credential');
      expectError(await signIn(credential), 'BAD_USER_INPUT', 'input.credential');
    },
  );

  it('answers nonsense within the right form like anything that is wrong', async () => {
    const { viewer } = await auth.register();
    const { challenge } = JSON.parse(await creation(viewer));
    const client = { type: 'webauthn.create', challenge, origin: site.origin };
    const response = {
      clientDataJSON: Buffer.from(JSON.stringify(client)).toString('base64url'),
      attestationObject: Buffer.from('nonsense').toString('base64url'),
    };
    const credential = JSON.stringify({ id: 'abc', rawId: 'abc', type: 'public-key', response });
    expectError(await add(viewer, credential), 'BAD_USER_INPUT', 'input.credential');
    expect(auth.loggedErrors).toEqual([]);
  });

  it.each(['', '   ', 'x'.repeat(51), 'a\u0000b'])('refuses the name %j', async (name) => {
    const { viewer, passkey } = await somebody();
    expectError(await add(viewer, '{}', name), 'BAD_USER_INPUT', 'input.name');
    expectError(await rename(viewer, passkey.id, name), 'BAD_USER_INPUT', 'input.name');
  });
});

describe('signing in with a passkey', () => {
  it('takes neither a name nor a password', async () => {
    const { account, device, viewer } = await somebody();
    const options = JSON.parse(await request());
    expect(options).toMatchObject({ rpId: 'hub.example', userVerification: 'required' });
    expect(options.allowCredentials ?? []).toEqual([]);
    const signedIn = dataOf(await signIn(device.get(JSON.stringify(options)))).logInWithPasskey;
    expect(signedIn.user).toEqual({ id: gid('User', account.id) });
    expect(sessionsOf(signedIn.account)).toHaveLength(2);
    dataOf(await auth.refresh(signedIn.tokens.refreshToken));
    const [used] = await passkeysOf(viewer);
    expect(Date.parse(used.lastUsedAt)).toBeGreaterThanOrEqual(Date.parse(used.createdAt));
    dataOf(await signIn(device.get(await request())));
  });

  it('counts as both factors', async () => {
    const { input, viewer, device } = await somebody();
    await turnOnTwoFactor(auth, viewer);
    expectError(await auth.logIn(input.email), 'TWO_FACTOR_REQUIRED');
    dataOf(await signIn(device.get(await request())));
  });

  it.each<[string, Forgery]>([
    ['another site', { origin: 'https://evil.example' }],
    ['the site without TLS', { origin: 'http://hub.example' }],
    ['another domain', { rpId: 'evil.example' }],
    ['a question that was never asked', { challenge: 'a'.repeat(43) }],
    ['the making of a passkey', { type: 'webauthn.create' }],
    ['a page within another one', { crossOrigin: true }],
    ['a device that did not check who holds it', { userVerified: false }],
    ['another key', { signedBy: createAuthenticator() }],
    ['nobody', { userHandle: null }],
    ['a copy of the device, whose count is behind', { counter: 1 }],
    ['a device that counts no more', { counter: 0 }],
  ])('refuses an answer of %s', async (_name, forgery) => {
    const { device, viewer } = await somebody();
    const refused = await signIn(device.get(await request(), forgery));
    expectError(refused, 'UNAUTHENTICATED');
    expect(refused).toEqual(await signIn(createAuthenticator().get(await request())));
    expect(await passkeysOf(viewer)).toMatchObject([{ lastUsedAt: null }]);
    dataOf(await signIn(device.get(await request())));
  });

  it("refuses another account's passkey, whichever of the two is named", async () => {
    const [mine, theirs] = [await somebody(), await somebody()];
    const handle = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
    const answer = theirs.device.get(await request(), { userHandle: handle(mine.account.id) });
    expectError(await signIn(answer), 'UNAUTHENTICATED');
    const named = { ...JSON.parse(theirs.device.get(await request())) };
    const stolen = { ...named, id: mine.device.credentialId, rawId: mine.device.credentialId };
    expectError(await signIn(JSON.stringify(stolen)), 'UNAUTHENTICATED');
  });

  it('takes one answer to each question, in time', async () => {
    const { device, viewer } = await somebody(createAuthenticator({ synced: true }));
    const options = await request();
    const answer = device.get(options);
    const answers = await Promise.all(Array.from({ length: 8 }, () => signIn(answer)));
    expect(answers.filter((it) => it.data?.logInWithPasskey)).toHaveLength(1);
    for (const replayed of [answer, device.get(options)]) {
      expectError(await signIn(replayed), 'UNAUTHENTICATED');
    }
    const late = await request();
    await lapse();
    expectError(await signIn(device.get(late)), 'UNAUTHENTICATED');
    const forAdding = JSON.parse(await creation(viewer)).challenge;
    expectError(await signIn(device.get(await request(), { challenge: forAdding })), 'UNAUTHENTICATED');
  });

  it('lets nobody in who is suspended, and tells them why', async () => {
    const { account, device } = await somebody();
    await auth.db.query("UPDATE account SET suspended_at = now(), suspended_reason = 'spam' WHERE id = $1", [
      account.id,
    ]);
    const answer = await signIn(device.get(await request()));
    expectError(answer, 'FORBIDDEN');
    expect(answer.errors?.[0]?.message).toContain('spam');
  });
});

describe('keeping passkeys', () => {
  it('renames one', async () => {
    const { viewer, passkey } = await somebody();
    expect(dataOf(await rename(viewer, passkey.id, ' Phone ')).renamePasskey.passkey.name).toBe('Phone');
    expect(await passkeysOf(viewer)).toMatchObject([{ id: passkey.id, name: 'Phone' }]);
  });

  it('removes one, for who has the password, and it signs in no more', async () => {
    const { viewer, input, passkey, device } = await somebody();
    expectError(await remove(viewer, passkey.id, { password: 'wrong' }), 'BAD_USER_INPUT', 'input.password');
    const options = await request();
    expect(dataOf(await remove(viewer, passkey.id)).removePasskey.account.passkeys).toEqual([]);
    expectError(await signIn(device.get(options)), 'UNAUTHENTICATED');
    expectError(await remove(viewer, passkey.id), 'NOT_FOUND');
    await auth.mailsTo(input.email, 'A passkey was removed');
  });

  it('loses them when the password is reset by whom nobody had shown the address to be before', async () => {
    const { input, viewer, device } = await somebody();
    await resetPassword(input.email);
    expectError(await signIn(device.get(await request())), 'UNAUTHENTICATED');
    const { tokens } = dataOf(await auth.logIn(input.email, another)).logIn;
    const owner = viewerOf(tokens.accessToken);
    expect(owner.userId).toBe(viewer.userId);
    expect(await passkeysOf(owner)).toEqual([]);
    const proof = { password: another };
    const options = dataOf(await beginAdding(owner, proof)).beginPasskey.options;
    dataOf(await add(owner, device.create(options)));

    // From now on the address is known to be theirs.
    await resetPassword(input.email);
    dataOf(await signIn(device.get(await request())));
  });

  it('knows none of somebody else', async () => {
    const [mine, theirs] = [await somebody(), await somebody()];
    expectError(await rename(mine.viewer, theirs.passkey.id, 'mine'), 'NOT_FOUND');
    expectError(await remove(mine.viewer, theirs.passkey.id), 'NOT_FOUND');
    for (const change of [rename(null, theirs.passkey.id, 'x'), remove(null, theirs.passkey.id)]) {
      expectError(await change, 'UNAUTHENTICATED');
    }
    expect(await passkeysOf(theirs.viewer)).toMatchObject([{ name: 'Passkey' }]);
    expectError(await rename(mine.viewer, 'x', 'name'), 'BAD_USER_INPUT', 'input.passkeyId');
    expectError(await remove(mine.viewer, 'x'), 'BAD_USER_INPUT', 'input.passkeyId');
  });
});

describe('throttling', () => {
  let strict: typeof auth;
  beforeAll(async () => {
    strict = await startAuth({ PASSKEY_SIGN_INS_PER_ADDRESS: '5', FAILED_SIGN_INS_PER_ADDRESS: '5' });
  });
  afterAll(() => strict.stop());
  afterEach(async () => {
    await strict.db.query('DELETE FROM rate_limit');
  });
  const ask = () => strict.as(null).execute('mutation { beginPasskeyLogIn { options } }');
  const answer = (device: Authenticator, options: string) =>
    strict
      .as(null)
      .execute(
        'mutation ($input: LogInWithPasskeyInput!) { logInWithPasskey(input: $input) { user { id } } }',
        { input: { credential: device.get(options) } },
      );

  it('asks so many questions only', async () => {
    for (let i = 0; i < 5; i += 1) dataOf(await ask());
    expectError(await ask(), 'RATE_LIMITED');
  });

  it('counts answers that are wrong by the address, apart from wrong passwords', async () => {
    const device = createAuthenticator();
    const { options } = dataOf(await ask()).beginPasskeyLogIn;
    for (let i = 0; i < 5; i += 1) expectError(await answer(device, options), 'UNAUTHENTICATED');
    expectError(await answer(device, options), 'RATE_LIMITED');
    for (let i = 0; i < 5; i += 1) expectError(await strict.logIn('somebody'), 'UNAUTHENTICATED');
    expectError(await strict.logIn('somebody'), 'RATE_LIMITED');
  });
});
