import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startFleet } from './rolling/fleet.ts';
import { listen, newJournal } from './rolling/listeners.ts';
import { deeds, type Matrix, matrixTable, parts, withTable } from './rolling/matrix.ts';
import { publicText, type Stage, tryAll } from './rolling/probes.ts';
import { startGroup, texts } from './whole/operations.ts';
import { register } from './whole/people.ts';

/**
 * `npm run faults`: kill -9 of all processes of each service, of the gateway, of PostgreSQL and of RabbitMQ in turn, and what people
 * still can do meanwhile. `-- --write` renews the table of docs/operations/faults.md. Exits with 1 when something does not come back.
 */
const { values } = parseArgs({
  options: { write: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const print = (line: string) => process.stdout.write(`${line}\n`);
const page = new URL('../docs/operations/faults.md', import.meta.url);
const result = new URL('../docs/operations/faults.json', import.meta.url);
/** For balancers and breakers to notice. */
const settleMs = 3_000;
const backWithinMs = 90_000;

const isWhole = (outcomes: Record<string, string>) => Object.values(outcomes).every((one) => one === 'yes');

/** Gives the seconds until everything works. */
async function wholeAgain(stage: Stage, withinMs: number): Promise<number> {
  const began = performance.now();
  for (;;) {
    const outcomes = await tryAll(stage);
    const tookMs = performance.now() - began;
    if (isWhole(outcomes)) return tookMs / 1000;
    if (tookMs > withinMs)
      throw new Error(`not whole after ${withinMs / 1000} s: ${JSON.stringify(outcomes)}`);
    await delay(250);
  }
}

const fleet = await startFleet({ copies: 1, web: true });
process.once('SIGINT', () => fleet.stop().then(() => process.exit(130)));
let isGood = false;
try {
  const [ada, bob] = await register(fleet.gatewayUrl, 2);
  if (!ada || !bob) throw new Error('nobody was registered');
  const conversationId = await startGroup(ada, [bob]);
  await bob.ask(texts.follow, { id: ada.id });
  // So that each of the lists that are read has somebody in it.
  await ada.ask(texts.follow, { id: bob.id });
  await ada.ask(texts.post, { text: publicText });
  const listener = listen({
    url: fleet.gatewayUrl,
    token: bob.token,
    conversationId,
    journal: newJournal(),
  });
  const stage: Stage = {
    gatewayUrl: fleet.gatewayUrl,
    webUrl: fleet.webUrl ?? '',
    ada,
    bob,
    conversationId,
    listener,
  };
  print(
    `Everything works ${(await wholeAgain(stage, backWithinMs)).toFixed(1)} s after it came up. Logs: ${fleet.logDir}`,
  );

  const matrix = {} as Matrix;
  for (const part of parts.filter((one) => !values.only || values.only.split(',').includes(one))) {
    await fleet.kill(part);
    await delay(settleMs);
    matrix[part] = await tryAll(stage);
    await fleet.revive(part);
    const seconds = await wholeAgain(stage, backWithinMs);
    const lost = deeds.filter((deed) => matrix[part][deed] !== 'yes');
    print(
      `${part}: ${lost.map((deed) => `${deed} (${matrix[part][deed]})`).join(', ') || 'nothing is missed'}; whole ${seconds.toFixed(1)} s after it is back`,
    );
  }
  listener.stop();
  if (!values.only) {
    const table = matrixTable(matrix);
    print(`\n${table}`);
    if (values.write) {
      writeFileSync(result, `${JSON.stringify(matrix, null, 2)}\n`);
      writeFileSync(page, withTable(readFileSync(page, 'utf8'), table));
    } else if (readFileSync(result, 'utf8') !== `${JSON.stringify(matrix, null, 2)}\n`) {
      print('! It differs from docs/operations/faults.md: look why, then run it with -- --write.');
    }
  }
  isGood = true;
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
} finally {
  await fleet.stop();
}
process.exit(isGood ? 0 : 1);
