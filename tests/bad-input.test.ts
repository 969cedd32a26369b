import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type System, startSystem } from '@socialhub/local/system';
import { uuidv7 } from '@socialhub/platform/ids';
import { gid } from '@socialhub/platform/testing/gid';
import { expectError, until } from '@socialhub/platform/testing/until';
import { createClient } from 'graphql-ws';
import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { phone } from './story/client.ts';
import { removeHomes, startOptions } from './story/home.ts';
import { type Person, register } from './story/people.ts';
import { textArguments } from './text-arguments.ts';

let system: System;
let ada: Person;

beforeAll(async () => {
  system = await startSystem(await startOptions());
  ada = await register(system.gatewayUrl, 'Ada');
}, 120_000);
afterAll(async () => {
  await system?.stop();
  await removeHomes();
}, 60_000);

async function post(body: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${system.gatewayUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await response.text();
  expect(text).not.toMatch(/node_modules|\.ts:\d|127\.0\.0\.1:(?!\d+\/graphql$)|ECONN|prisma/i);
  return { status: response.status, answer: JSON.parse(text) };
}

const query = (text: string) => JSON.stringify({ query: text });

describe('a request that is not one', () => {
  it.each([
    ['malformed JSON', '{"query": "{ viewer', 400],
    ['no body at all', '', 400],
    ['a body without a query', '{}', 400],
    ['an array of operations', `[${query('{ viewer { id } }')}]`, 400],
    ['a query that does not parse', query('{ viewer { id '), 400],
    ['an unknown field', query('{ viewer { nose } }'), 400],
    ['a wrong type', query('{ homeTimeline(first: "many") { edges { cursor } } }'), 400],
    ['a variable that is not given', query('query ($id: ID!) { post(id: $id) { id } }'), 400],
  ])('is BAD_USER_INPUT: %s', async (_what, body, status) => {
    const { status: seen, answer } = await post(body);
    expectError(answer, 'BAD_USER_INPUT');
    expect([status, 200]).toContain(seen);
  });

  it('is BAD_USER_INPUT when it is 10 MB long, whatever it holds', async () => {
    const { status, answer } = await post(
      JSON.stringify({ query: '{ viewer { id } }', junk: 'x'.repeat(10_000_000) }),
    );
    expect(status).toBe(413);
    expectError(answer, 'BAD_USER_INPUT');
  });
});

describe('a token that is not ours', () => {
  const claims = { sub: '01890a5d-ac96-774b-bcce-b302099a8057', sid: 'x', role: 'ADMIN', scope: '' };
  const sign = async (expires: string) => {
    const { privateKey } = await generateKeyPair('EdDSA');
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'forged' })
      .setIssuer('socialhub')
      .setAudience('socialhub')
      .setExpirationTime(expires)
      .sign(privateKey);
  };

  it.each([
    ['forged', async () => sign('15m')],
    ['expired and forged', async () => sign('-15m')],
    [
      'without a signature',
      async () =>
        `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`,
    ],
    ['nonsense', async () => 'nonsense'],
    ['tampered with', async () => `${ada.accessToken.slice(0, -4)}AAAA`],
    ['a refresh token', async () => ada.refreshToken],
  ])('is refused over HTTP and WebSocket: %s', async (_what, make) => {
    const token = await make();
    const { status, answer } = await post(query('{ viewer { id } }'), { authorization: `Bearer ${token}` });
    expect(status).toBe(401);
    expectError(answer, 'UNAUTHENTICATED');

    const closed = Promise.withResolvers<{ code: number }>();
    const client = createClient({
      url: `${system.gatewayUrl.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
      retryAttempts: 0,
      on: { closed: (event) => closed.resolve(event as { code: number }) },
    });
    client.subscribe({ query: '{ viewer { id } }' }, { next: () => {}, error: () => {}, complete: () => {} });
    expect((await closed.promise).code).toBe(4403);
  });
});

describe('values out of bounds', () => {
  const nothing = gid('Post', '01890a5d-ac96-774b-bcce-b302099a8057');

  it.each([
    [
      'a text over the limit',
      'mutation { createPost(input: { text: "LONG" }) { post { id } } }',
      'BAD_USER_INPUT',
      'input.text',
    ],
    [
      'an empty text',
      'mutation { createPost(input: { text: "  " }) { post { id } } }',
      'BAD_USER_INPUT',
      'input.text',
    ],
    ['an id that is none', '{ post(id: "nonsense") { id } }', 'BAD_USER_INPUT', 'id'],
    ['a node of no id', '{ node(id: "nonsense") { id } }', 'BAD_USER_INPUT', 'id'],
    ['nodes of which one has no id', '{ nodes(ids: ["SELF", ""]) { id } }', 'BAD_USER_INPUT', 'ids'],
    ['an id of another type', '{ post(id: "SELF") { id } }', 'BAD_USER_INPUT', 'id'],
    ['a UUID', '{ post(id: "01890a5d-ac96-774b-bcce-b302099a8057") { id } }', 'BAD_USER_INPUT', 'id'],
    [
      'an id of another type in a list',
      'mutation { createPost(input: { text: "x", mediaIds: ["SELF"] }) { post { id } } }',
      'BAD_USER_INPUT',
      'input.mediaIds',
    ],
    ['a foreign cursor', '{ homeTimeline(after: "CURSOR") { edges { cursor } } }', 'BAD_USER_INPUT', 'after'],
    [
      'a cursor of nobody',
      '{ publicTimeline(after: "e30") { edges { cursor } } }',
      'BAD_USER_INPUT',
      'after',
    ],
    ['a page too large', '{ publicTimeline(first: 101) { edges { cursor } } }', 'BAD_USER_INPUT', 'first'],
    ['a page of nothing', '{ conversations(first: 0) { edges { cursor } } }', 'BAD_USER_INPUT', 'first'],
    [
      'a file type that is not taken',
      'mutation { createUpload(input: { mimeType: "image/svg+xml", byteSize: 10 }) { media { id } } }',
      'BAD_USER_INPUT',
      'input.mimeType',
    ],
    [
      'a file that is too large',
      'mutation { createUpload(input: { mimeType: "image/png", byteSize: 100000000 }) { media { id } } }',
      'BAD_USER_INPUT',
      'input.byteSize',
    ],
    [
      'a conversation with oneself',
      'mutation { startConversation(input: { memberIds: ["SELF"] }) { conversation { id } } }',
      'BAD_USER_INPUT',
      'input.memberIds',
    ],
    [
      'following oneself',
      'mutation { followUser(input: { userId: "SELF" }) { user { id } } }',
      'BAD_USER_INPUT',
      'input.userId',
    ],
    [
      'the bell of oneself',
      'mutation { ringBell(input: { userId: "SELF" }) { user { id } } }',
      'BAD_USER_INPUT',
      'input.userId',
    ],
    [
      'the bell of a post',
      'mutation { ringBell(input: { userId: "NOTHING" }) { user { id } } }',
      'BAD_USER_INPUT',
      'input.userId',
    ],
    [
      'the request of oneself',
      'mutation { acceptFollowRequest(input: { userId: "SELF" }) { user { id } } }',
      'BAD_USER_INPUT',
      'input.userId',
    ],
    ['nobody who is searched', '{ searchUsers(query: "") { edges { cursor } } }', 'BAD_USER_INPUT', 'query'],
    [
      'a search for nothing that is seen',
      '{ searchUsers(query: "\\u200b ") { edges { cursor } } }',
      'BAD_USER_INPUT',
      'query',
    ],
    ['a search too long', '{ searchUsers(query: "LONG") { edges { cursor } } }', 'BAD_USER_INPUT', 'query'],
    [
      'muting oneself',
      'mutation { muteUser(input: { userId: "SELF" }) { user { id } } }',
      'BAD_USER_INPUT',
      'input.userId',
    ],
    [
      'muting a post',
      'mutation { muteUser(input: { userId: "NOTHING" }) { user { id } } }',
      'BAD_USER_INPUT',
      'input.userId',
    ],
    [
      'a post that is not there',
      'mutation { deletePost(input: { postId: "NOTHING" }) { deletedId } }',
      'NOT_FOUND',
      undefined,
    ],
  ])('gets its code: %s', async (_what, operation, code, field) => {
    const { publicTimeline } = await ada.ask('{ publicTimeline(first: 1) { pageInfo { endCursor } } }');
    const text = operation
      .replace('LONG', 'é'.repeat(501))
      .replace('SELF', ada.id)
      .replace('NOTHING', nothing)
      .replace('CURSOR', publicTimeline.pageInfo.endCursor ?? 'WyJmb3JlaWduIl0');
    expectError(await ada.send(text), code, field);
  });

  it('is null where a query asks for what is not there', async () => {
    expect(await ada.ask(`{ post(id: "${nothing}") { text } }`)).toEqual({ post: null });
  });

  it('needs a sign-in where the schema says so', async () => {
    const stranger = phone(system.gatewayUrl);
    for (const text of [
      '{ account { id } }',
      '{ homeTimeline { edges { cursor } } }',
      'mutation { logOut { ended } }',
    ]) {
      expectError(await stranger.send(text), 'UNAUTHENTICATED');
    }
    expect((await stranger.ask('{ viewer { id } }')).viewer).toBeNull();
  });

  it('refuses a name that is taken and a password that is wrong', async () => {
    const taken = {
      email: 'other@example.org',
      username: ada.username,
      displayName: 'X',
      password: 'correct horse battery',
    };
    const stranger = phone(system.gatewayUrl);
    expectError(
      await stranger.send(
        'mutation ($input: RegisterInput!) { register(input: $input) { account { id } } }',
        { input: taken },
      ),
      'CONFLICT',
      'input.username',
    );
    expectError(
      await stranger.send('mutation ($input: LogInInput!) { logIn(input: $input) { account { id } } }', {
        input: { identifier: ada.username, password: 'not the password' },
      }),
      'UNAUTHENTICATED',
    );
  });
});

const supergraph = await readFile(join(import.meta.dirname, '../gateway/supergraph.graphql'), 'utf8');

describe('a text that no database takes, or that is costly to read', () => {
  const answerCodes = [
    'BAD_USER_INPUT',
    'NOT_FOUND',
    'FORBIDDEN',
    'UNAUTHENTICATED',
    'RATE_LIMITED',
    'CONFLICT',
  ];

  it.each(textArguments(supergraph))('is no failure of ours: $place', async ({ query, variables }) => {
    for (const text of ['\u0000', 'a\u0000b', '\ud800', 'ok \udfff', `a${'\u0301'.repeat(20_000)}`]) {
      const { errors = [] } = await ada.send(query, variables(text));
      const codes = errors.map(({ extensions }) => String(extensions?.code));
      expect(codes.filter((code) => !answerCodes.includes(code))).toEqual([]);
    }
  });

  it('is no key of another', async () => {
    const make =
      'mutation ($key: ID!) { createPost(input: { text: "x", idempotencyKey: $key }) { post { id } } }';
    for (const key of ['\ud800', '\ud801']) {
      expectError(await ada.send(make, { key }), 'BAD_USER_INPUT', 'input.idempotencyKey');
    }
  });
});

describe('too much of a group', () => {
  let bob: Person;
  let group: string;
  const act = (who: Person, field: string, input: object, selection = '__typename') => {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
    return who.send(`mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} } }`, { input });
  };

  beforeAll(async () => {
    bob = await register(system.gatewayUrl, 'Bob');
    const cyd = await register(system.gatewayUrl, 'Cyd');
    const memberIds = [bob.id, cyd.id];
    // The chat service hears of a new account a moment later.
    const { conversation } = await until(
      async () =>
        (await act(ada, 'startConversation', { memberIds }, 'conversation { id }')).data?.startConversation,
    );
    group = conversation.id;
  });

  it('is refused by its number: a thousand members at once', async () => {
    const memberIds = Array.from({ length: 1_000 }, () => gid('User', uuidv7()));
    const answer = await act(ada, 'addConversationMembers', { conversationId: group, memberIds });
    expectError(answer, 'BAD_USER_INPUT', 'input.memberIds');
  });

  it('is refused: an emoji that is none, and the sixth different one', async () => {
    const sent = await act(ada, 'sendMessage', { conversationId: group, text: 'hello' }, 'message { id }');
    const messageId = sent.data?.sendMessage.message.id;
    const react = (emoji: string) => act(bob, 'reactToMessage', { messageId, emoji });
    for (const emoji of ['', 'hello', ':-)', '👍👍'])
      expectError(await react(emoji), 'BAD_USER_INPUT', 'input.emoji');
    for (const emoji of ['1️⃣', '2️⃣', '3️⃣', '4️⃣', '5️⃣', '5️⃣']) expect((await react(emoji)).errors).toBeUndefined();
    expectError(await react('6️⃣'), 'BAD_USER_INPUT', 'input.emoji');
  });

  it('is taken, and told no oftener: typing a hundred times', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => act(ada, 'setTyping', { conversationId: group })),
      );
      expect(answers.flatMap(({ errors = [] }) => errors)).toEqual([]);
    }
  });

  it('is done once: leaving twice; and what one wrote before is one’s own no more', async () => {
    const sent = await act(bob, 'sendMessage', { conversationId: group, text: 'mine' }, 'message { id }');
    for (let times = 0; times < 2; times += 1) {
      const { data } = await act(bob, 'leaveConversation', { conversationId: group }, 'leftId');
      expect(data?.leaveConversation.leftId).toBe(group);
    }
    const messageId = sent.data?.sendMessage.message.id;
    expectError(await act(bob, 'editMessage', { messageId, text: 'still mine' }), 'NOT_FOUND');
    expectError(await act(bob, 'setTyping', { conversationId: group }), 'NOT_FOUND');
  });
});

describe('a file that lies about its type', () => {
  it('is refused with its code', async () => {
    const html = Buffer.from('<html><script>alert(1)</script></html>');
    const { createUpload } = await ada.ask(
      'mutation ($size: Int!) { createUpload(input: { mimeType: "image/png", byteSize: $size }) { media { id } ticket { url fields { name value } } } }',
      { size: html.length },
    );
    const form = new FormData();
    for (const { name, value } of createUpload.ticket.fields) form.append(name, value);
    form.append('file', new Blob([html], { type: 'image/png' }));
    expect((await fetch(createUpload.ticket.url, { method: 'POST', body: form })).ok).toBe(true);
    const { completeUpload } = await ada.ask(
      'mutation ($id: ID!) { completeUpload(input: { mediaId: $id }) { media { status failure url } } }',
      { id: createUpload.media.id },
    );
    expect(completeUpload.media).toMatchObject({ status: 'FAILED', url: null });
    expect(['TYPE_MISMATCH', 'UNSUPPORTED_TYPE']).toContain(completeUpload.media.failure);
  });
});

it('no service logged an error for any of it', async () => {
  const lines = (await readFile(join(system.logDir, 'socialhub.log'), 'utf8')).trim().split('\n');
  const errors = lines
    .map((line) => JSON.parse(line) as { level: number | string })
    .filter(({ level }) => level === 'error' || Number(level) >= 50);
  expect(errors).toEqual([]);
});
