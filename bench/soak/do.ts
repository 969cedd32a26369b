import { setTimeout as delay } from 'node:timers/promises';
import { texts } from '../whole/operations.ts';
import type { Person } from '../whole/people.ts';
import { type Attempts, newAttempts } from './count.ts';
import { type Step, stepsOf } from './plan.ts';

/** What everybody did, and how far it is known to have happened. */
export interface Deeds {
  messages: Attempts;
  /** Numbers of the messages that were acknowledged. */
  seqs: number[];
  posts: Attempts;
  comments: Attempts;
  /** Who reacted to whose post. */
  reactions: Attempts;
  /** By follower and followed: whether the last thing that was done was to follow; undefined where that is not known. */
  follows: Map<string, boolean | undefined>;
  /** How often something was sent again. */
  again: number;
  /** What was never acknowledged, and why. */
  givenUp: string[];
}

const patienceMs = 90_000;
const repeatMs = 500;
const mutations = {
  message:
    'mutation ($of: ID!, $text: String!, $key: ID!) { sendMessage(input: { conversationId: $of, text: $text, idempotencyKey: $key }) { message { seq } } }',
  post: 'mutation ($text: String!, $key: ID!) { createPost(input: { text: $text, idempotencyKey: $key }) { post { id } } }',
  comment:
    'mutation ($of: ID!, $text: String!, $key: ID!) { createComment(input: { postId: $of, text: $text, idempotencyKey: $key }) { comment { id } } }',
  react: 'mutation ($of: ID!) { reactToPost(input: { postId: $of, emoji: "👍" }) { post { id } } }',
  follow: texts.follow,
  unfollow: 'mutation ($id: ID!) { unfollowUser(input: { userId: $id }) { user { id } } }',
};

/** Has everybody do what is planned for them until `isOver`; what fails is sent again with its key, as a client does. */
export async function doDeeds(options: {
  seed: number;
  people: readonly Person[];
  /** Of each of them one that everybody knows. */
  postIds: readonly string[];
  conversationId: string;
  isOver: () => boolean;
}): Promise<Deeds> {
  const { seed, people, postIds, conversationId, isOver } = options;
  const deeds: Deeds = {
    messages: newAttempts(),
    seqs: [],
    posts: newAttempts(),
    comments: newAttempts(),
    reactions: newAttempts(),
    follows: new Map(),
    again: 0,
    givenUp: [],
  };

  // biome-ignore lint/suspicious/noExplicitAny: whatever was asked for
  async function persist(who: Person, what: string, query: string, variables: object): Promise<any> {
    for (const end = performance.now() + patienceMs; ; deeds.again += 1) {
      try {
        return await who.ask(query, variables);
      } catch (error) {
        if (performance.now() > end) {
          deeds.givenUp.push(`${what}: ${error}`);
          return undefined;
        }
        await delay(repeatMs);
      }
    }
  }

  async function run(person: number, step: Step, number: number): Promise<void> {
    const who = people[person] as Person;
    const { kind, target } = step;
    const text = `${kind} ${number} of ${person}`;
    const key = `soak-${seed}-${person}-${number}`;
    const make = async (attempts: Attempts, name: string, variables: object) => {
      attempts.attempted.add(name);
      const made = await persist(who, name, mutations[kind], variables);
      if (made) attempts.acknowledged.add(name);
      return made;
    };
    if (kind === 'message') {
      const made = await make(deeds.messages, text, { of: conversationId, text, key });
      if (made) deeds.seqs.push(made.sendMessage.message.seq);
    } else if (kind === 'post') await make(deeds.posts, text, { text, key });
    else if (kind === 'comment') {
      await make(deeds.comments, text, { of: postIds[target], text, key });
    } else if (kind === 'react')
      await make(deeds.reactions, `${person} to ${target}`, { of: postIds[target] });
    else {
      const made = await persist(who, text, mutations[kind], { id: people[target]?.id });
      deeds.follows.set(`${person} ${target}`, made ? kind === 'follow' : undefined);
    }
  }

  await Promise.all(
    people.map(async (_, person) => {
      let number = 0;
      for (const step of stepsOf(seed, person, people.length)) {
        await delay(step.pauseMs);
        if (isOver()) return;
        number += 1;
        await run(person, step, number);
      }
    }),
  );
  return deeds;
}
