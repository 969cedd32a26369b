import { type System, startSystem } from '@socialhub/local/system';
import { type PostgresServer, startTemporaryPostgres } from '@socialhub/servers/embedded-postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeHomes, startOptions } from '../story/home.ts';
import type { PersonFact } from './facts.ts';
import { hearAllAgain, keepFirstCursors, listenIn } from './listening.ts';
import { changeAnyStanding } from './people-acts.ts';
import { questionsOf } from './questions.ts';
import { scenes } from './scenes.ts';
import { typeEverywhere } from './typing.ts';
import { makeWorld, type World } from './world.ts';

// Random worlds, and everything that anybody in them can ask, beside a slow model of the rules. Another seed, or more of
// it: VISIBILITY_SEEDS=7,8,9 npm test -- tests/visibility

const seeds = (process.env.VISIBILITY_SEEDS ?? '1').split(',').map(Number);

/** So often in the life of a world everything is asked. */
const ages = 3;

describe.each(seeds)('the world of the seed %i', (seed) => {
  let postgres: PostgresServer;
  let system: System;
  let world: World;
  let firstCursorOf: (who: PersonFact) => string | undefined;

  beforeAll(async () => {
    postgres = await startTemporaryPostgres();
    const noLimits = {
      NEW_OPERATIONS_PER_MINUTE_PER_ADDRESS: '0',
      NEW_OPERATIONS_PER_MINUTE_PER_VIEWER: '0',
      COST_PER_MINUTE: '0',
    };
    system = await startSystem(
      await startOptions({ databaseUrl: postgres.url, operatorSettings: { gateway: noLimits } }),
    );
    world = await makeWorld({ url: system.gatewayUrl, databaseUrl: postgres.url }, { seed, people: 7 });
    firstCursorOf = await keepFirstCursors(world);
  }, 180_000);
  afterAll(async () => {
    await world?.stop();
    await system?.stop();
    await postgres?.stop();
    await removeHomes();
  }, 60_000);

  it('takes and refuses what is done in it as the rules say, and shows everybody just what they may see', {
    timeout: 240_000,
  }, async () => {
    for (let age = 1; age <= ages; age += 1) {
      await world.live(110);
      await world.play(scenes);
      expect(world.surprises).toEqual([]);
      expect(await faultsIn(world)).toEqual([]);
    }
  });

  it('brings live what enters a home timeline, what somebody is told and what happens in conversations, once each and nothing else', {
    timeout: 120_000,
  }, async () => {
    const listening = await listenIn(world);
    try {
      await world.live(80, { without: [changeAnyStanding], after: listening.hear });
      expect(world.surprises).toEqual([]);
      const { heard, expected } = listening.outcome();
      expect(heard).toEqual(expected);
      expect(await faultsIn(world)).toEqual([]);
    } finally {
      listening.stop();
    }
  });

  it('tells behind a cursor again what happened in conversations, as far as one is in them still', {
    timeout: 120_000,
  }, async () => {
    for (const who of world.viewers()) {
      const first = who && firstCursorOf(who);
      if (!first) continue;
      const { heard, expected } = await hearAllAgain(world, who, first);
      expect(heard, who.username).toEqual(expected);
    }
  });

  it('tells who writes to just those who are in the conversation and may meet them', {
    timeout: 120_000,
  }, async () => {
    const { heard, expected } = await typeEverywhere(world);
    expect(heard).toEqual(expected);
  });
});

/** Asks everything for everybody; gives what was not answered as the rules say. */
async function faultsIn(world: World): Promise<string[]> {
  const faults: string[] = [];
  for (const viewer of world.viewers()) {
    for (const { name, query, variables, ...expected } of questionsOf(world.facts, viewer)) {
      const { data, errors = [] } = await world.phoneOf(viewer).send(query, variables);
      const answer = { data, errors: errors.map(codeOf).toSorted() };
      const [fault] = differences(comparable(answer), comparable(expected));
      if (fault) faults.push(`${viewer?.username ?? 'nobody'}, ${name}: ${fault}`);
    }
  }
  return faults;
}

const codeOf = ({ path = [], extensions }: { path?: readonly unknown[]; extensions?: { code?: unknown } }) =>
  `${path.join('.')} ${String(extensions?.code)}`;

/** Where an answer is not what was expected. */
function differences(answer: unknown, expected: unknown, path = ''): string[] {
  if (isObject(answer) && isObject(expected) && Array.isArray(answer) === Array.isArray(expected)) {
    const keys = new Set([...Object.keys(answer), ...Object.keys(expected)]);
    return [...keys].flatMap((key) => differences(answer[key], expected[key], `${path}.${key}`));
  }
  if (answer === expected) return [];
  return [`${path} is ${JSON.stringify(answer)} and not ${JSON.stringify(expected)}`];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** What has an order of its own, which other tests hold. */
const unordered = new Set([
  'followers',
  'following',
  'followRequests',
  'blockedUsers',
  'notifications',
  'reactions',
  'mutedUsers',
  'members',
  'searchUsers',
]);

/** The same for what differs in the order of such a list, of an object's fields, or in a moment, alone. */
function comparable(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) {
    const all = value.map((one) => comparable(one));
    return unordered.has(name) ? all.toSorted(byText) : all;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => {
    if (key === 'deletedAt' || key === 'editedAt') return [key, one && 'a time'];
    return [key, comparable(one, key === 'edges' ? name : key)];
  });
  return Object.fromEntries(entries.toSorted(byText));
}

const byText = (one: unknown, other: unknown) => JSON.stringify(one).localeCompare(JSON.stringify(other));
