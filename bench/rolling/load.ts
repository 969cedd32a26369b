import { setTimeout as delay } from 'node:timers/promises';
import { texts } from '../whole/operations.ts';
import type { Person } from '../whole/people.ts';

/** Operations that were sent, without a second try for any of them. */
export interface Load {
  readonly sent: number;
  /** What went wrong: the operation, and why. */
  readonly failed: readonly { what: string; why: string; at: number }[];
  /** The numbers of messages whose senders have an answer. */
  readonly acknowledged: readonly number[];
  readonly latencies: readonly number[];
  /** Waits for what is under way. */
  stop(): Promise<void>;
}

const lanes = 8;

/** The story's operations, so many a second, by people in turn. */
export function startLoad(
  people: readonly Person[],
  conversationId: string,
  perSecond: number,
  url: string,
): Load {
  const failed: { what: string; why: string; at: number }[] = [];
  const acknowledged: number[] = [];
  const latencies: number[] = [];
  const posts: string[] = [];
  let sent = 0;
  let isOver = false;

  type Step = [what: string, run: (who: Person, other: Person) => Promise<unknown>];
  const message: Step = [
    'send a message',
    async (who) => {
      const { sendMessage } = (await who.ask(texts.message, {
        id: conversationId,
        text: `number ${sent}`,
      })) as unknown as { sendMessage: { message: { seq: number } } };
      acknowledged.push(sendMessage.message.seq);
    },
  ];
  const steps: Step[] = [
    message,
    ['read the timeline', (who) => who.ask(texts.home)],
    [
      'write a post',
      async (who) => {
        const { createPost } = (await who.ask(texts.post, { text: `post ${sent}` })) as unknown as {
          createPost: { post: { id: string } };
        };
        posts.push(createPost.post.id);
      },
    ],
    [
      'read notifications',
      (who) => who.ask('{ notifications(first: 20) { unreadCount edges { node { id type } } } }'),
    ],
    message,
    ['follow', (who, other) => who.ask(texts.follow, { id: other.id })],
    [
      'react',
      async (who) => {
        const id = posts.at(-1);
        if (id)
          await who.ask(
            'mutation ($id: ID!) { reactToPost(input: { postId: $id, emoji: "👍" }) { post { id } } }',
            { id },
          );
      },
    ],
    [
      'read the chat',
      (who) =>
        who.ask('{ conversations(first: 10) { edges { node { id unreadCount lastMessage { text } } } } }'),
    ],
    [
      'comment',
      async (who) => {
        const id = posts.at(-1);
        if (id) await who.ask(texts.comment, { id, text: 'Well said' });
      },
    ],
    ['read a profile', (who) => who.ask(texts.viewer)],
    [
      'offer a picture',
      (who) =>
        who.ask(
          'mutation { createUpload(input: { mimeType: "image/png", byteSize: 1000 }) { media { id } ticket { url } } }',
        ),
    ],
    ['read the account', (who) => who.ask('{ account { email role sessions { edges { node { id } } } } }')],
    ['sign in', (who) => signIn(url, who.username)],
  ];

  const lane = async (number: number) => {
    for (let n = number; !isOver; n += lanes) {
      const began = performance.now();
      const [what, run] = steps[n % steps.length] as Step;
      sent += 1;
      try {
        const who = people[n % people.length] as Person;
        await run(who, people[(n + 1) % people.length] as Person);
        latencies.push(performance.now() - began);
      } catch (error) {
        failed.push({ what, why: reason(error), at: performance.now() });
      }
      await delay(Math.max(0, (1000 * lanes) / perSecond - (performance.now() - began)));
    }
  };
  const running = Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
  return {
    get sent() {
      return sent;
    },
    failed,
    acknowledged,
    latencies,
    async stop() {
      isOver = true;
      await running;
    },
  };
}

const reason = (error: unknown): string =>
  error instanceof Error
    ? `${error.message}${error.cause ? ` (${reason(error.cause)})` : ''}`
    : String(error);

/** Signs in with the password that people of the load have. */
export async function signIn(url: string, username: string): Promise<void> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: 'mutation ($input: LogInInput!) { logIn(input: $input) { tokens { accessToken } } }',
      variables: { input: { identifier: username, password } },
    }),
    signal: AbortSignal.timeout(30_000),
  });
  const { errors } = (await response.json()) as { errors?: { message: string }[] };
  if (errors?.[0]) throw new Error(errors[0].message);
}

/** As bench/whole/people.ts registers them. */
const password = 'Ridge heron plank mosaic';
