import { grantRoleAt } from '@socialhub/auth/operator-commands';
import { serviceNames } from '@socialhub/platform/contracts/services';
import { type OperationResult, until } from '@socialhub/platform/testing/until';
import { databaseName, withDatabase } from '@socialhub/prisma/urls';
import pg from 'pg';
import sharp from 'sharp';
import { upload } from '../access/cast.ts';
import { type Phone, phone } from '../story/client.ts';
import { type Person, register } from '../story/people.ts';
import { type Act, type Attempt, done, type Scene } from './act.ts';
import { chatActs } from './chat-acts.ts';
import { commentActs } from './comment-acts.ts';
import { type Facts, get, noFacts, type PersonFact } from './facts.ts';
import { groupActs } from './group-acts.ts';
import { mediaActs } from './media-acts.ts';
import { peopleActs } from './people-acts.ts';
import { postActs } from './post-acts.ts';
import { createRandom } from './random.ts';
import { reactionActs } from './reaction-acts.ts';
import type { Viewer } from './rules.ts';

/** People who have done this and that to each other, and what is so since. */
export interface World {
  facts: Facts;
  /** Everybody who can ask: those whose account is active, and somebody signed out. */
  viewers(): Viewer[];
  phoneOf(viewer: Viewer): Phone;
  /** Has so many things done, one after the other, each known to every service before the next. */
  live(deeds: number, options?: { without?: readonly Act[]; after?: () => Promise<void> }): Promise<void>;
  /** Has each of them played, as far as the world has what it takes. */
  play(scenes: readonly Scene[]): Promise<void>;
  /** What was done otherwise than expected. */
  surprises: string[];
  stop(): Promise<void>;
}

const allActs = [
  ...peopleActs,
  ...postActs,
  ...commentActs,
  ...reactionActs,
  ...mediaActs,
  ...chatActs,
  ...groupActs,
];

/** A world of so many people, who will do the same for the same seed. */
export async function makeWorld(
  { url, databaseUrl }: { url: string; databaseUrl: string },
  { seed, people: count }: { seed: number; people: number },
): Promise<World> {
  const random = createRandom(seed);
  const { settled, stop } = await watchOutboxes(databaseUrl);
  const people = new Map<string, Person>();
  for (let n = 0; n < count; n += 1) {
    const person = await register(url, `P${n}`);
    people.set(person.id, person);
  }
  const [moderator] = people.values();
  if (moderator) {
    await grantRoleAt(withDatabase(databaseUrl, databaseName('auth')), moderator.username, 'ADMIN');
    people.set(moderator.id, await signedIn(url, moderator));
  }
  const facts = noFacts(
    [...people.values()].map(({ id, username }) => ({
      id,
      username,
      isPrivate: false,
      isActive: true,
      isModerator: id === moderator?.id,
      avatarId: null,
    })),
  );
  const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#c7522a' } })
    .png()
    .toBuffer();
  for (const person of people.values()) {
    for (const id of [await upload(person, picture), await upload(person, picture)])
      facts.media.set(id, { id, ownerId: person.id, altText: null, isWithheld: false });
  }
  await settled();
  const surprises: string[] = [];

  /** Gives false when what is so now is not known any more. */
  async function attempt(
    { query, variables, expected, change }: Attempt,
    actor: PersonFact,
  ): Promise<boolean> {
    const before = active(facts);
    const answer = await get(people, actor.id).send(query, variables);
    const outcome = outcomeOf(answer);
    if (outcome !== expected) {
      surprises.push(`${actor.username}: ${query} ${JSON.stringify(variables)}
        ${expected} was expected, this came: ${JSON.stringify(answer)}`);
      return false;
    }
    if (outcome === done && answer.data) await change(answer.data);
    await settled();
    for (const person of active(facts)) {
      if (!before.includes(person)) people.set(person.id, await signedIn(url, get(people, person.id)));
    }
    return true;
  }

  return {
    facts,
    viewers: () => [null, ...active(facts)],
    phoneOf: (viewer) => (viewer ? get(people, viewer.id) : phone(url)),
    async live(deeds, { without = [], after } = {}) {
      const drawnFrom = allActs
        .filter(({ act }) => !without.includes(act))
        .flatMap(({ weight, act }) => Array.from({ length: weight }, () => act));
      for (let deed = 0; deed < deeds; ) {
        const actor = random.oneOf(active(facts));
        const drawn = actor && random.oneOf(drawnFrom)?.({ facts, actor, random });
        if (!drawn) continue;
        deed += 1;
        if (!(await attempt(drawn, drawn.by ?? actor))) return;
        await after?.();
      }
    },
    async play(scenes) {
      for (const scene of scenes) {
        for (const deed of scene({ facts, random })) {
          if (!deed?.by || !(await attempt(deed, deed.by))) break;
        }
      }
    },
    surprises,
    stop,
  };
}

const active = (facts: Facts) => [...facts.people.values()].filter(({ isActive }) => isActive);

const outcomeOf = ({ errors: [error] = [] }: OperationResult): string =>
  error ? String(error.extensions?.code) : done;

async function signedIn(url: string, person: Person): Promise<Person> {
  const { logIn } = await phone(url).ask(
    'mutation ($input: LogInInput!) { logIn(input: $input) { tokens { accessToken refreshToken } } }',
    { input: { identifier: person.username, password: person.password } },
  );
  return { ...person, ...phone(url, logIn.tokens.accessToken), ...logIn.tokens };
}

/** Sees when no service has anything left to tell the others, nor to go on with. */
async function watchOutboxes(databaseUrl: string) {
  const databases = await Promise.all(
    serviceNames.map(async (service) => {
      const client = new pg.Client({ connectionString: withDatabase(databaseUrl, databaseName(service)) });
      await client.connect();
      return client;
    }),
  );
  const waiting = async (database: pg.Client) => {
    const { rows } = await database.query<{ waiting: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM outbox) OR EXISTS (
         SELECT 1 FROM task WHERE kind IN ('apply_standing', 'part_people')) AS waiting`,
    );
    return rows[0]?.waiting === true;
  };
  return {
    async settled() {
      await until(async () => !(await Promise.all(databases.map(waiting))).includes(true), {
        what: 'an end of what follows',
      });
    },
    async stop() {
      await Promise.all(databases.map((database) => database.end()));
    },
  };
}
