import { each, settled } from './costs.ts';
import { startGroup, streams, texts } from './operations.ts';
import type { Person } from './people.ts';
import type { WholeSystem } from './system.ts';

/** What messages to a group cost of whose members so many listen. */
export interface ListenersCost {
  members: number;
  listeners: number;
  /** A message, all that follows from it included. */
  nodeMs: number;
  postgresMs: number;
  statements: number;
  requests: number;
  /** The same for each listener beyond what a message costs to whom nobody listens. */
  nodeMsEach: number;
  statementsEach: number;
  /** From sending until each of the listeners has it: the middle and the 99th of a hundred. */
  p50: number;
  p99: number;
}

export async function measureListeners(
  system: WholeSystem,
  people: readonly Person[],
  sizes: readonly number[],
  messages: number,
): Promise<ListenersCost[]> {
  const [sender, ...others] = people as [Person, ...Person[]];
  const found: ListenersCost[] = [];
  for (const size of sizes) {
    const members = others.slice(0, size);
    const group = await startGroup(sender, members);
    let number = 0;
    const alone = await measure(0);
    const heard = { count: 0, times: [] as number[] };
    let sentAt = 0;
    const stops = await Promise.all(
      members.map((one) =>
        one.watch(streams.chat, () => {
          heard.count += 1;
          heard.times.push(performance.now() - sentAt);
        }),
      ),
    );
    await settled(system);
    const together = await measure(size);
    await Promise.all(stops.map((stop) => stop()));
    await settled(system);
    heard.times.sort((a, b) => a - b);
    const at = (share: number) => heard.times[Math.floor((heard.times.length - 1) * share)] ?? Number.NaN;
    found.push({
      members: size + 1,
      listeners: size,
      ...together,
      nodeMsEach: (together.nodeMs - alone.nodeMs) / size,
      statementsEach: (together.statements - alone.statements) / size,
      p50: at(0.5),
      p99: at(0.99),
    });

    async function measure(listening: number) {
      for (let n = 0; n < messages / 2; n += 1) await send(listening);
      await settled(system);
      heard?.times.splice(0);
      const before = await system.spent();
      for (let n = 0; n < messages; n += 1) await send(listening);
      await settled(system);
      return each(before, await system.spent(), messages);
    }

    async function send(listening: number) {
      const due = (heard?.count ?? 0) + listening;
      sentAt = performance.now();
      await sender.ask(texts.message, { id: group, text: `Message ${number++}` });
      for (const end = performance.now() + 20_000; listening > 0 && heard.count < due; ) {
        if (performance.now() > end)
          throw new Error(`a message reached ${heard.count - due + listening} of ${listening}`);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }
  }
  return found;
}
