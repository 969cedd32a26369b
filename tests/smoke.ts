import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/**
 * `npm run smoke -- <gateway url>`: a short story on a system that runs somewhere: two people register, one follows the other, reads
 * what they post, hears a message live; both ask for their accounts to be deleted. Exits with 1 at the first thing that fails.
 */

// biome-ignore lint/suspicious/noExplicitAny: whatever was asked for
type Answer = Record<string, any>;
const withinMs = 30_000;

interface Person {
  id: string;
  token: string;
  password: string;
}

const [address = ''] = process.argv.slice(2);
if (!URL.canParse(address)) {
  process.stderr.write('Usage: npm run smoke -- <url of the gateway>\n');
  process.exit(1);
}
const url = address.replace(/\/+$/, '');

async function ask(query: string, variables: object = {}, token?: string): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(withinMs),
  });
  const { data, errors } = (await response.json()) as { data: Answer; errors?: { message: string }[] };
  if (errors?.[0]) throw new Error(errors[0].message);
  return data;
}

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (const end = performance.now() + withinMs; performance.now() < end; await delay(250)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`${what}: not within ${withinMs / 1000} s`);
}

async function register(): Promise<Person> {
  const username = `smoke_${randomBytes(4).toString('hex')}x`;
  const password = randomBytes(15).toString('base64url');
  const made = await ask(
    'mutation ($input: RegisterInput!) { register(input: $input) { tokens { accessToken } } }',
    { input: { email: `${username}@example.org`, username, displayName: 'Smoke test', password } },
  );
  const token = String(made.register?.tokens?.accessToken);
  const person = { id: '', token, password };
  people.push(person);
  person.id = await until('a profile of who registered', async () => {
    const { viewer } = await ask('{ viewer { id } }', {}, token);
    return viewer?.id as string | undefined;
  });
  return person;
}

/** Resolves with what the first awaited event of the chat says, once `send` has sent it. */
async function hear(person: Person, text: string, send: () => Promise<unknown>): Promise<void> {
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${person.token}` },
    retryAttempts: 0,
  });
  let isHeard = false;
  let failed: unknown;
  client.subscribe<Answer>(
    { query: 'subscription { chatEvents { message { text } } }' },
    {
      next: ({ data }) => {
        isHeard ||= data?.chatEvents?.message?.text === text;
      },
      error: (error) => {
        failed = error;
      },
      complete: () => undefined,
    },
  );
  // No answer says that a subscription runs: what is sent is sent again.
  await until('a message, live', async () => {
    if (failed) throw new Error(`the socket failed: ${JSON.stringify(failed)}`);
    await send();
    await delay(500);
    return isHeard || undefined;
  });
  await client.dispose();
}

/** Who is in the system by now: they go also where the story breaks off. */
const people: Person[] = [];

async function takeBack(): Promise<void> {
  for (const { token, password } of people.splice(0))
    await ask(
      'mutation ($password: String!) { deleteAccount(input: { password: $password }) { __typename } }',
      { password },
      token,
    );
}

const steps: string[] = [];
const step = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
  steps.push(what);
  const began = performance.now();
  const result = await work();
  process.stdout.write(`${what}: ${Math.round(performance.now() - began)} ms\n`);
  return result;
};

try {
  await step('is ready', async () => {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(withinMs) });
    if (!response.ok) throw new Error(`/readyz says ${response.status}`);
  });
  const [ada, bob] = await step('two people register', async () => [await register(), await register()]);
  await step('one follows the other', () =>
    ask(
      'mutation ($id: ID!) { followUser(input: { userId: $id }) { user { id } } }',
      { id: ada.id },
      bob.token,
    ),
  );
  await step('reads what they post', async () => {
    const made = await ask(
      'mutation { createPost(input: { text: "Is this on?" }) { post { id } } }',
      {},
      ada.token,
    );
    const id = made.createPost?.post?.id as string;
    await until('the post in the timeline', async () => {
      const read = await ask(
        '{ homeTimeline(first: 5) { edges { node { id author { id } } } } }',
        {},
        bob.token,
      );
      const edges = read.homeTimeline?.edges as { node: { id: string } }[];
      return edges.some(({ node }) => node.id === id) || undefined;
    });
  });
  await step('hears a message live', async () => {
    const begun = await until('a conversation', () =>
      ask(
        'mutation ($ids: [ID!]!) { startConversation(input: { memberIds: $ids }) { conversation { id } } }',
        { ids: [bob.id] },
        ada.token,
      ).catch(() => undefined),
    );
    const id = begun.startConversation?.conversation?.id;
    const text = randomBytes(6).toString('hex');
    await hear(bob, text, () =>
      ask(
        'mutation ($id: ID!, $text: String!) { sendMessage(input: { conversationId: $id, text: $text }) { message { id } } }',
        { id, text },
        ada.token,
      ),
    );
  });
  await step('both go', takeBack);
} catch (error) {
  process.stderr.write(`${steps.at(-1)} failed: ${(error as Error).message}\n`);
  await takeBack().catch((failure: Error) => process.stderr.write(`Accounts are left: ${failure.message}\n`));
  process.exit(1);
}
