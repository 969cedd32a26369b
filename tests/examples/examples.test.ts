import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { type System, startSystem } from '@socialhub/local/system';
import { type FaultProxy, faultProxy } from '@socialhub/platform/testing/fault-proxy';
import { type OperationResult, until } from '@socialhub/platform/testing/until';
import { parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiSchemaOf } from '../../gateway/api-diff.ts';
import { createAuthenticator } from '../../subgraphs/auth/tests/authenticator.ts';
import { type Phone, phone, type Watch } from '../story/client.ts';
import { removeHomes, startOptions } from '../story/home.ts';
import { type Person, register } from '../story/people.ts';
import { documentedExamples, examplesIn } from './fences.ts';
import { elsewhere, type Running, runExample } from './running.ts';

const examples = documentedExamples();
const codeOf = (of: string) => examples.find(({ place }) => place === of)?.code ?? '';
const inLanguage = (language: string) => examples.filter((example) => example.language === language);

let system: System;
let webPort: number;
let ada: Phone & { accessToken: string; password: string };
let bob: Person;
let conversationId: string;
let line: FaultProxy;
/** Follows all that ada is told, on a line that is never cut. */
let witness: Watch;
const running: Running[] = [];

beforeAll(async () => {
  const options = await startOptions({ demo: true });
  webPort = options.webPort;
  system = await startSystem(options);
  const password = system.demo[0]?.password ?? '';
  const logIn = 'mutation ($input: LogInInput!) { logIn(input: $input) { tokens { accessToken } } }';
  const { logIn: signedIn } = await phone(system.gatewayUrl).ask(logIn, {
    input: { identifier: 'ada', password },
  });
  const { accessToken } = signedIn.tokens;
  ada = { ...phone(system.gatewayUrl, accessToken), accessToken, password };
  const { viewer } = await ada.ask('{ viewer { id } }');
  bob = await register(system.gatewayUrl, 'Bob');
  const { startConversation } = await bob.ask(
    'mutation ($input: StartConversationInput!) { startConversation(input: $input) { conversation { id } } }',
    { input: { memberIds: [viewer.id] } },
  );
  conversationId = startConversation.conversation.id;
  line = await faultProxy(system.gatewayUrl);
  witness = await ada.watch('subscription { chatEvents { cursor kind message { text } } }');
  await until(async () => (await say()) && witness.answers.length > 0);
}, 180_000);

afterAll(async () => {
  witness?.drop();
  await Promise.all(running.map((example) => example.stop()));
  await line?.close();
  await system?.stop();
  await removeHomes();
}, 60_000);

async function run(code: string): Promise<Running> {
  const started = await runExample(code, { gatewayUrl: line.url, token: ada.accessToken });
  running.push(started);
  return started;
}

let sent = 0;
async function say(): Promise<string> {
  const text = `number ${++sent}`;
  await bob.ask('mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }', {
    input: { conversationId, text, idempotencyKey: text },
  });
  return text;
}

const cursorsOf = (answers: readonly OperationResult['data'][]): string[] =>
  answers.flatMap((data) => (data?.chatEvents?.kind === 'MESSAGE_SENT' ? [data.chatEvents.cursor] : []));

/** Cuts the line again and again while messages come: whoever follows has all of them, each once, in order. */
async function followsThroughCuts(example: Running): Promise<void> {
  const seen = () => cursorsOf(example.shown);
  const all = () => cursorsOf(witness.answers.map(({ data }) => data));
  // Without a cursor a stream begins with its subscription, whenever that is.
  const said = setInterval(() => void say().catch(() => undefined), 200);
  await example.until(() => seen().length > 0, 'a first event').finally(() => clearInterval(said));
  for (let cut = 0; cut < 2; cut += 1) {
    await say();
    const before = seen().length;
    line.cut();
    for (let n = 0; n < 4; n += 1) await say();
    await example.until(() => seen().length > before, 'an event after the cut');
  }
  const last = await say();
  await until(() => witness.answers.some(({ data }) => data?.chatEvents.message?.text === last));
  await example.until(() => seen().at(-1) === all().at(-1), 'the last event');
  expect(seen()).toEqual(all().slice(all().indexOf(seen()[0] ?? '')));
}

const timeline = { homeTimeline: { edges: [{ node: { text: expect.any(String) } }, expect.anything()] } };
const shows = async (example: Running, what: unknown) => {
  await example.until(() => example.shown.length > 0, 'something shown');
  expect(example.shown[0]).toMatchObject(what as object);
};

const clients = 'docs/api/clients.md';
const signingIn = 'docs/api/signing-in.md';
const guide = 'docs/api/README.md';
const redSquare =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAANklEQVRIie3WuQkAQAwDwem/aV0VhgsWnAuMnjVOTwJ6kVy0gqaqWG2qwVmTKaoQeAkdfU3XDzLD/C7nwdQVAAAAAElFTkSuQmCC';

/** How each example in TypeScript is run, and what it has to come to. */
const runs: Record<string, (code: string) => Promise<void>> = {
  'README.md › graphql-ws': async (code) => followsThroughCuts(await run(code)),
  [`${clients} › graphql-ws`]: async (code) => followsThroughCuts(await run(code)),
  [`${clients} › Who is typing`]: async (code) => {
    const [ask = ''] = codeOf(`${clients} › fetch`).split('\n\n');
    const [client = ''] = codeOf(`${clients} › graphql-ws`).split('\nlet cursor');
    const here = `const conversationId = '${conversationId}';`;
    const hears = await bob.watch(
      'subscription ($id: ID!) { typing(conversationId: $id) { user { username } until } }',
      { id: conversationId },
    );
    const example = await run(`${client}\n${ask}\n${here}\n${code}\nsetInterval(typed, 100);`);
    await hears.first((data) => data.typing.until && data.typing.user?.username === 'ada');
    const setTyping = (isTyping: boolean) =>
      bob.ask('mutation ($input: SetTypingInput!) { setTyping(input: $input) { conversation { id } } }', {
        input: { conversationId, isTyping },
      });
    const shows = (what: string) => () => JSON.stringify(example.shown).includes(what);
    const telling = setInterval(() => void setTyping(true).catch(() => undefined), 200);
    await example.until(shows('["Bob"]'), 'somebody who writes').finally(() => clearInterval(telling));
    await setTyping(false);
    await example.until(shows('["Bob"],[]'), 'nobody any more');
    hears.drop();
  },
  [`${clients} › fetch`]: async (code) => shows(await run(code), timeline),
  [`${clients} › Apollo Client`]: async (code) => {
    const example = await run(code);
    await shows(example, timeline);
    await followsThroughCuts(example);
  },
  [`${clients} › Apollo Client over HTTP`]: async (code) => {
    const [above = ''] = codeOf(`${clients} › Apollo Client`).split('\nconst live');
    await followsThroughCuts(await run(`${above}\n${code}`));
  },
  [`${clients} › urql`]: async (code) => {
    const example = await run(code);
    await shows(example, timeline);
    await followsThroughCuts(example);
  },
  [`${guide} › Uploads`]: async (code) => {
    const [ask = ''] = codeOf(`${clients} › fetch`).split('\n\n');
    const file = `const file = await (await fetch('${redSquare}')).blob();`;
    const example = await run(`${ask}\n${file}\n${code}`);
    await shows(example, { id: expect.any(String), failure: null });
    const query = 'query ($id: ID!) { media(id: $id) { status altText } }';
    const found = () => ada.ask(query, { id: example.shown[0].id });
    await until(async () => (await found()).media.status !== 'PROCESSING');
    expect((await found()).media).toEqual({ status: 'READY', altText: 'A red square' });
  },
  [`${signingIn} › Passkeys`]: async (code) => {
    await inBrowser(code);
    const { account } = await ada.ask('{ account { passkeys { name } } }');
    expect(account.passkeys).toEqual([{ name: 'My phone' }]);
  },
  [`${signingIn} › Passkeys (2)`]: async (code) => {
    const { accessToken } = await inBrowser(`${code}\nreturn tokens;`);
    expect((await phone(system.gatewayUrl, accessToken).ask('{ viewer { username } }')).viewer.username).toBe(
      'ada',
    );
  },
};

const passkey = createAuthenticator();

/** Runs a part of a page: what a browser gives it is played, what the gateway does is real. */
function inBrowser(code: string): Promise<{ accessToken: string }> {
  const page = { origin: `http://localhost:${webPort}`, rpId: 'localhost' };
  const credentials = {
    create: async ({ publicKey }: { publicKey: object }) =>
      JSON.parse(passkey.create(JSON.stringify(publicKey), page)),
    get: async ({ publicKey }: { publicKey: object }) =>
      JSON.parse(passkey.get(JSON.stringify(publicKey), page)),
  };
  const asIs = (options: object) => options;
  const mutation = (name: string, type: string, selection: string) => async (input: object) =>
    (await ada.ask(`mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} } }`, { input }))[
      name
    ];
  const given = {
    navigator: { credentials },
    PublicKeyCredential: { parseCreationOptionsFromJSON: asIs, parseRequestOptionsFromJSON: asIs },
    password: ada.password,
    twoFactorCode: undefined,
    beginPasskey: mutation('beginPasskey', 'BeginPasskeyInput', 'options'),
    addPasskey: mutation('addPasskey', 'AddPasskeyInput', 'passkey { name }'),
    beginPasskeyLogIn: async () =>
      (await ada.ask('mutation { beginPasskeyLogIn { options } }')).beginPasskeyLogIn,
    logInWithPasskey: mutation('logInWithPasskey', 'LogInWithPasskeyInput', 'tokens { accessToken }'),
  };
  const body = `return (async () => {\n${code}\n})();`;
  return new Function(...Object.keys(given), body)(...Object.values(given)) as Promise<{
    accessToken: string;
  }>;
}

describe('every example in the documentation', () => {
  test('is in a language of which we know how to hold it true', () => {
    const kinds = new Set(examples.map(({ language }) => language));
    // Java, Kotlin and Swift are for other machines than ours. A drawing has no language.
    expect([...kinds].sort()).toEqual(['', 'graphql', 'java', 'json', 'kotlin', 'sh', 'swift', 'ts']);
  });

  test('in TypeScript is run by a test of its own', () => {
    expect(
      inLanguage('ts')
        .map(({ place }) => place)
        .sort(),
    ).toEqual(Object.keys(runs).sort());
  });

  test.each(inLanguage('ts'))('$place comes to what it says', { timeout: 120_000 }, ({ place, code }) =>
    runs[place]?.(code),
  );

  test.each(inLanguage('graphql'))('$place is valid', ({ code }) => {
    const schema = apiSchemaOf(readFileSync('gateway/supergraph.graphql', 'utf8'));
    expect(validate(schema, parse(code))).toEqual([]);
  });

  test('of a field that fails answers as its page says', async () => {
    const of = (place: string) => place.startsWith('docs/api/nulls-and-errors.md › An error stands');
    const [example] = inLanguage('graphql').filter(({ place }) => of(place));
    const { data, errors } = await ada.send(example?.code ?? '');
    expect(data).toEqual({ a: { edges: [{ cursor: expect.any(String) }] }, b: null });
    expect(errors).toMatchObject([{ path: ['b'], extensions: { code: 'BAD_USER_INPUT', field: 'first' } }]);
    expect(errors).toHaveLength(1);
  });

  test.each(inLanguage('sh'))('$place is of commands that there are', async ({ code }) => {
    const scripts = JSON.parse(readFileSync('package.json', 'utf8')).scripts as Record<string, string>;
    for (const command of commandsIn(code)) {
      if (command.startsWith('curl ')) await asks(command);
      else {
        const npm = /^npm (?:run )?([\w:]+)/.exec(command);
        expect(scripts[npm?.[1] ?? ''], command).toBeDefined();
      }
    }
  });
});

/** Of a shell's text: each with the lines that it goes on in. */
const commandsIn = (code: string): string[] =>
  code
    .replaceAll('\\\n', '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));

/** Runs a command that asks the gateway; its answer has to be without an error. */
async function asks(command: string): Promise<void> {
  const here = elsewhere(command, system.gatewayUrl).replace('…', ada.password);
  const env = { PATH: process.env.PATH, TOKEN: ada.accessToken };
  const { stdout } = await promisify(execFile)('bash', ['-c', here], { env });
  const answer = JSON.parse(
    /^data: (\{.*)$/m.exec(stdout)?.[1] ?? /^\{"payload":(.*)\}\r$/m.exec(stdout)?.[1] ?? stdout,
  );
  expect(answer, command).toEqual({ data: expect.anything() });
}

test('an example is found with its language, below its heading or its name', () => {
  const text = '# One\n\n```ts\na\n```\n\n**Two**, or so:\n\n````md\n```ts\nb\n```\n````\n\n```\nc\n```\n';
  expect(examplesIn('x.md', text)).toEqual([
    { place: 'x.md › One', language: 'ts', code: 'a' },
    { place: 'x.md › Two', language: 'md', code: '```ts\nb\n```' },
    { place: 'x.md › Two (2)', language: '', code: 'c' },
  ]);
});
