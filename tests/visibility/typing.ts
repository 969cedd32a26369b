import { until } from '@socialhub/platform/testing/until';
import { expect } from 'vitest';
import type { Watch } from '../story/client.ts';
import type { ConversationFact, Facts, PersonFact } from './facts.ts';
import { interacts, isCutOff } from './rules.ts';
import type { World } from './world.ts';

interface Listener {
  name: string;
  who: PersonFact;
  conversation: ConversationFact;
  watch: Watch;
  /** Usernames. */
  expected: Set<string>;
}

const heardBy = ({ watch }: Listener): Set<string> =>
  new Set(watch.answers.map(({ data }) => String(data?.typing.user?.username)));

const notFound = [{ extensions: { code: 'NOT_FOUND' } }];

/**
 * Has everybody listen to who writes in each conversation, and everybody write in each; gives whom each heard, by name, beside
 * whom they were to hear.
 */
export async function typeEverywhere(world: World) {
  const writers = world.viewers().filter((viewer) => viewer !== null);
  const conversations = [...world.facts.conversations.values()];
  const listeners: Listener[] = [];
  try {
    for (const [nth, conversation] of conversations.entries()) {
      for (const who of writers) {
        const query = 'subscription ($id: ID!) { typing(conversationId: $id) { user { id username } } }';
        const watch = await world.phoneOf(who).watch(query, { id: conversation.id });
        if (!conversation.members.has(who.id)) expect(await watch.ended).toMatchObject(notFound);
        const expected = expectedBy(world.facts, writers, conversation, who);
        listeners.push({ name: `${who.username} in ${nth}`, who, conversation, watch, expected });
      }
    }
    const late = () => listeners.filter((one) => heardBy(one).size < one.expected.size);
    // Whoever has only just begun to listen may miss one: a client tells it again as long as it is so.
    await until(
      async () => {
        for (const conversation of conversations)
          for (const writer of writers) await type(world, writer, conversation);
        return late().length === 0;
      },
      { what: 'who writes to be told' },
    ).catch(() => undefined);
    return { heard: byName(listeners, heardBy), expected: byName(listeners, ({ expected }) => expected) };
  } finally {
    for (const { watch } of listeners) watch.drop();
  }
}

async function type(world: World, writer: PersonFact, conversation: ConversationFact): Promise<void> {
  const { errors: [error] = [] } = await world
    .phoneOf(writer)
    .send('mutation ($id: ID!) { setTyping(input: { conversationId: $id }) { conversation { id } } }', {
      id: conversation.id,
    });
  const isIn = conversation.members.has(writer.id);
  const isRefused = isIn && isCutOff(world.facts, writer, conversation);
  expect(error?.extensions?.code).toBe(!isIn ? 'NOT_FOUND' : isRefused ? 'FORBIDDEN' : undefined);
}

function expectedBy(
  facts: Facts,
  writers: readonly PersonFact[],
  { members }: ConversationFact,
  who: PersonFact,
): Set<string> {
  const heard = writers.filter(
    (writer) =>
      writer !== who && members.has(who.id) && members.has(writer.id) && interacts(facts, who, writer.id),
  );
  return new Set(heard.map(({ username }) => username));
}

const byName = (all: readonly Listener[], of: (one: Listener) => Set<string>): Record<string, string[]> =>
  Object.fromEntries(all.map((one) => [one.name, [...of(one)].toSorted()]));
