import { setTimeout as delay } from 'node:timers/promises';
import { each, settled } from './costs.ts';
import { startGroup, streams, texts } from './operations.ts';
import type { Person } from './people.ts';
import type { WholeSystem } from './system.ts';

/** Of what so many hear at once. */
export interface Audience {
  of: 'message' | 'post';
  listeners: number;
}

/** What something costs of which so many hear live. */
export interface ListenersCost extends Audience {
  /** All that follows from it included. */
  nodeMs: number;
  postgresMs: number;
  statements: number;
  fetches: number;
  requests: number;
  bytes: number;
  /** For each listener, beyond what the same costs when nobody listens. */
  nodeMsEach: number;
  statementsEach: number;
  bytesEach: number;
  /** From sending until a listener has it. */
  p50: number;
  p99: number;
}

const heardWithinMs = 20_000;

/** Measures messages to groups and posts to followers: `times` of each, when nobody listens and when all do. */
export async function measureListeners(
  system: WholeSystem,
  people: readonly Person[],
  audiences: readonly Audience[],
  times: number,
): Promise<ListenersCost[]> {
  const costs: ListenersCost[] = [];
  let next = 0;
  for (const { of, listeners } of audiences) {
    // Somebody new for each, so that nobody else hears of what they do.
    const sender = people[next++] as Person;
    const members = people.slice(-listeners);
    const send = of === 'message' ? await messageTo(sender, members) : await postTo(sender, members);
    const heard = { count: 0, times: [] as number[], sentAt: 0 };
    const sendAndWait = async (listening: number) => {
      const due = heard.count + listening;
      heard.sentAt = performance.now();
      await send();
      while (heard.count < due) {
        if (performance.now() > heard.sentAt + heardWithinMs)
          throw new Error(`a ${of} reached ${heard.count - due + listening} of ${listening}`);
        await delay(1);
      }
    };
    const measure = async (listening: number) => {
      for (let n = 0; n < times / 2; n += 1) await sendAndWait(listening);
      await settled(system);
      heard.times = [];
      const before = await system.spent();
      for (let n = 0; n < times; n += 1) await sendAndWait(listening);
      await settled(system);
      return each(before, await system.spent(), times);
    };

    const alone = await measure(0);
    const listen = () => {
      heard.count += 1;
      heard.times.push(performance.now() - heard.sentAt);
    };
    const stream = of === 'message' ? streams.chat : streams.home;
    const stops = await Promise.all(members.map((one) => one.watch(stream, listen)));
    await settled(system);
    const together = await measure(listeners);
    await Promise.all(stops.map((stop) => stop()));
    const times99 = heard.times.sort((a, b) => a - b);
    const at = (share: number) => times99[Math.floor((times99.length - 1) * share)] ?? Number.NaN;
    const beyond = (name: 'nodeMs' | 'statements' | 'bytes') => (together[name] - alone[name]) / listeners;
    costs.push({
      of,
      listeners,
      ...together,
      nodeMsEach: beyond('nodeMs'),
      statementsEach: beyond('statements'),
      bytesEach: beyond('bytes'),
      p50: at(0.5),
      p99: at(0.99),
    });
  }
  return costs;
}

async function messageTo(sender: Person, members: readonly Person[]): Promise<() => Promise<unknown>> {
  const id = await startGroup(sender, members);
  return () => sender.ask(texts.message, { id, text: 'Hello, all of you' });
}

async function postTo(author: Person, followers: readonly Person[]): Promise<() => Promise<unknown>> {
  for (const one of followers) await one.ask(texts.follow, { id: author.id });
  return () => author.ask(texts.post, { text: 'Hello, all of you' });
}
