import type pg from 'pg';
import { pause } from '../retry.ts';
import type { Replica } from './replicas.ts';

/** Rows that are read at a time of each side: what a comparison holds does not grow with the tables. */
const pageSize = 2_000;
/** More differences than these are counted, and not looked at again. */
const mostKept = 100_000;

interface Row {
  key: string;
  value: string;
}

/** How a copy departs from what its owner has. */
export interface Differences {
  /** Rows of the owner that were compared. */
  compared: number;
  missing: number;
  superfluous: number;
  different: number;
  /** A few of those, for whoever looks into it. */
  examples: string[];
}

/** A line of how a service's copy is, and a few of what is wrong with it. */
export function differencesText(service: string, replica: Replica, found: Differences | undefined): string {
  const what = `${service} ${replica.name} of ${replica.owner}`;
  if (!found) return `${what}: not compared, a database is not named`;
  const { compared, missing, superfluous, different, examples } = found;
  const counts = `${compared} compared, ${missing} missing, ${superfluous} superfluous, ${different} different`;
  return [`${what}: ${counts}`, ...examples.map((example) => `    ${example}`)].join('\n');
}

type Kind = 'missing' | 'superfluous' | 'different';

/**
 * Compares a replica with its owner while events go on: what differs is looked at again, `rounds` times in all with `waitMs`
 * between, and counts where it differs each time. Both sides are read once through in the order of their keys.
 */
export async function verifyReplica(
  replica: Replica,
  clients: { owner: pg.ClientBase; copy: pg.ClientBase },
  { rounds = 4, waitMs = 2_000 }: { rounds?: number; waitMs?: number } = {},
): Promise<Differences> {
  let lasting: Map<string, Kind> | undefined;
  let compared = 0;
  for (let round = 0; round < rounds; round += 1) {
    if (round > 0) await pause(waitMs, AbortSignal.timeout(waitMs * 2));
    const found = await compareOnce(replica, clients);
    compared = found.compared;
    const before = lasting;
    lasting = before ? new Map([...found.differing].filter(([key]) => before.has(key))) : found.differing;
    if (lasting.size === 0) break;
  }
  const all = [...(lasting ?? [])];
  const count = (kind: Kind) => all.filter(([, found]) => found === kind).length;
  return {
    compared,
    missing: count('missing'),
    superfluous: count('superfluous'),
    different: count('different'),
    examples: all.slice(0, 10).map(([key, kind]) => `${kind}: ${key}`),
  };
}

async function compareOnce(
  { owned, copied, otherwise }: Replica,
  clients: { owner: pg.ClientBase; copy: pg.ClientBase },
): Promise<{ compared: number; differing: Map<string, Kind> }> {
  const differing = new Map<string, Kind>();
  const note = (key: string, kind: Kind) => {
    if (differing.size >= mostKept) throw new Error(`more than ${mostKept} rows differ`);
    differing.set(key, kind);
  };
  const [ours, theirs] = [rowsOf(clients.copy, copied), rowsOf(clients.owner, owned)];
  let compared = 0;
  try {
    let [copy, owner] = [await ours.next(), await theirs.next()];
    while (!copy.done || !owner.done) {
      if (owner.done || (!copy.done && copy.value.key < owner.value.key)) {
        if (otherwise === undefined && !copy.done) note(copy.value.key, 'superfluous');
        copy = await ours.next();
        continue;
      }
      compared += 1;
      const { key, value } = owner.value;
      const isThere = !copy.done && copy.value.key === key;
      const said = isThere && !copy.done ? copy.value.value : otherwise;
      if (said === undefined) note(key, 'missing');
      else if (said !== value) note(key, 'different');
      if (isThere) copy = await ours.next();
      owner = await theirs.next();
    }
  } finally {
    await ours.return(undefined);
    await theirs.return(undefined);
  }
  return { compared, differing };
}

/** All rows of a side, as they are at one moment. */
async function* rowsOf(client: pg.ClientBase, sql: string): AsyncGenerator<Row, void> {
  await client.query('BEGIN TRANSACTION READ ONLY');
  try {
    await client.query(`DECLARE side NO SCROLL CURSOR FOR ${sql}`);
    for (;;) {
      const { rows } = await client.query<Row>(`FETCH ${pageSize} FROM side`);
      yield* rows;
      if (rows.length < pageSize) return;
    }
  } finally {
    await client.query('ROLLBACK');
  }
}
