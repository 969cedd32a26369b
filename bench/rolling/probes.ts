import { setTimeout as delay } from 'node:timers/promises';
import { texts } from '../whole/operations.ts';
import type { Person } from '../whole/people.ts';
import type { Listener } from './listeners.ts';
import { signIn } from './load.ts';
import { type Deed, deeds, type Outcome } from './matrix.ts';

/** Who does what is tried. */
export interface Stage {
  gatewayUrl: string;
  webUrl: string;
  ada: Person;
  bob: Person;
  conversationId: string;
  /** Bob's socket, open since before. */
  listener: Listener;
}

const withinMs = 8_000;
/** Live is at once; later is late. */
const promptMs = 2_000;
const lateMs = 20_000;

/** Tries everything, one after the other. */
export async function tryAll(stage: Stage): Promise<Record<Deed, Outcome>> {
  const outcomes = {} as Record<Deed, Outcome>;
  for (const deed of deeds) outcomes[deed] = await probes[deed](stage).catch((): Outcome => 'no');
  return outcomes;
}

type Probe = (stage: Stage) => Promise<Outcome>;

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: unknown[];
}

async function send(url: string, who: Person, query: string, variables: object = {}): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${who.token()}` },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(withinMs),
  });
  return (await response.json()) as Answer;
}

/** Whole, or in part when its one root field is there beside errors. */
const asked =
  (query: string, variables?: (stage: Stage) => object): Probe =>
  async (stage) => {
    const { data, errors } = await send(stage.gatewayUrl, stage.bob, query, variables?.(stage));
    if (!Object.values(data ?? {}).some((value) => value !== null)) return 'no';
    return errors?.length ? 'part' : 'yes';
  };

const hearIt: Probe = async ({ gatewayUrl, ada, conversationId, listener }) => {
  const answer = await send(gatewayUrl, ada, texts.message, { id: conversationId, text: 'Do you hear me?' });
  const seq = (answer.data?.sendMessage as { message: { seq: number } } | null)?.message.seq;
  if (seq === undefined) return 'no';
  const sentAt = performance.now();
  while (performance.now() < sentAt + lateMs) {
    if (listener.seen.includes(seq)) return performance.now() < sentAt + promptMs ? 'yes' : 'part';
    await delay(20);
  }
  return 'no';
};

const openPage: Probe = async ({ webUrl }) => {
  const response = await fetch(`${webUrl}/explore`, { signal: AbortSignal.timeout(withinMs) });
  const text = await response.text();
  if (!response.ok) return 'no';
  // The list that the page is about, with the demo's only public post.
  return text.includes(publicText) ? 'yes' : 'part';
};

/** Posted before anything is taken away. */
export const publicText = 'A post for everybody who comes by';

const probes: Record<Deed, Probe> = {
  'read posts': asked(texts.home),
  'read chats': asked(
    '{ conversations(first: 10) { edges { node { id lastMessage { text sender { displayName } } } } } }',
  ),
  'read notifications': asked(
    '{ notifications(first: 10) { edges { node { id type actors { id displayName } } } } }',
  ),
  'read profiles': asked(
    'query ($name: String!) { user(username: $name) { id displayName followerCount } }',
    ({ ada }) => ({ name: ada.username }),
  ),
  post: asked(texts.post, () => ({ text: 'While something is away' })),
  'send a message': asked(texts.message, ({ conversationId }) => ({ id: conversationId, text: 'Hello' })),
  'hear it live': hearIt,
  'sign in': async ({ gatewayUrl, bob }) => {
    await signIn(gatewayUrl, bob.username);
    return 'yes';
  },
  'send a picture': asked(
    'mutation { createUpload(input: { mimeType: "image/png", byteSize: 1000 }) { media { id } ticket { url } } }',
  ),
  'open a page': openPage,
};
