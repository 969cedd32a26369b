import type { ServiceName } from '@socialhub/platform/contracts/services';
import pg from 'pg';

/** Which rows of a table are of people ($1), and their columns that hold a time. */
interface Timed {
  table: string;
  of: string;
  times: readonly string[];
}

const by = (table: string, person: string, ...times: string[]): Timed => ({
  table,
  of: `${person} = ANY ($1::uuid[])`,
  times,
});

const below = (table: string, key: string, parent: string, ...times: string[]): Timed => ({
  table,
  of: `${key} IN (SELECT id FROM ${parent} WHERE author_id = ANY ($1::uuid[]))`,
  times,
});

/** All times that people are shown, or by which what they are shown is ordered. */
const TIMED: Partial<Record<ServiceName, readonly Timed[]>> = {
  post: [
    by('posts', 'author_id', 'created_at', 'edited_at'),
    below('post_hashtags', 'post_id', 'posts', 'created_at'),
    below('post_search', 'post_id', 'posts', 'created_at'),
    below('post_edits', 'post_id', 'posts', 'edited_at'),
    by('comments', 'author_id', 'created_at', 'edited_at', 'deleted_at'),
    below('comment_edits', 'comment_id', 'comments', 'edited_at'),
    by('post_reactions', 'user_id', 'created_at'),
    below('reaction_counts', 'post_id', 'posts', 'first_used_at'),
    by('comment_reactions', 'user_id', 'created_at'),
    below('comment_reaction_counts', 'comment_id', 'comments', 'first_used_at'),
    by('bookmarks', 'user_id', 'created_at'),
  ],
  user: [by('follow', 'follower_id', 'since'), by('mute', 'muter_id', 'since')],
  notification: [
    by('notifications', 'recipient_id', 'created_at', 'updated_at', 'read_at'),
    by('notification_actors', 'recipient_id', 'acted_at'),
  ],
  chat: [
    {
      table: 'conversations',
      of: 'id IN (SELECT conversation_id FROM conversation_members WHERE user_id = ANY ($1::uuid[]))',
      times: ['created_at'],
    },
    by('conversation_members', 'user_id', 'joined_at', 'last_activity_at'),
    by('messages', 'sender_id', 'created_at', 'edited_at', 'deleted_at'),
    by('message_reactions', 'user_id', 'created_at'),
    by('member_events', 'member_id', 'created_at'),
  ],
};

const DAYS = 6;
const dayMs = 86_400_000;
const freshMs = 60_000;

/**
 * Takes when each deed began, and last when all was done; gives when each shall have been: over some days, the later the closer
 * together, in their order, and all before the first of them really was.
 */
export function spread(began: readonly number[]): number[] {
  const [first = 0, end = 0] = [began[0], began.at(-1)];
  const most = Math.max(1, began.length - 1);
  return began.map((_, nth) => first - freshMs - (end - first) - DAYS * dayMs * ((most - nth) / most) ** 2);
}

/**
 * Lets what the demo's people did be days old. The services take no time from outside, so it is the demo that changes it, where it is
 * kept: what lies between two deeds goes with them, so that everything stays in its order, also that of the ids. What has been moved is not
 * moved again.
 */
export async function spreadOverDays(
  databases: Readonly<Record<ServiceName, string>>,
  people: readonly string[],
  began: readonly number[],
): Promise<void> {
  const shall = spread(began);
  const clients = new Map<string, pg.Client>();
  try {
    for (const [service, connectionString] of Object.entries(databases)) {
      const client = new pg.Client({ connectionString });
      clients.set(service, client);
      await client.connect();
      await untilSent(client);
    }
    for (const [service, tables] of Object.entries(TIMED)) {
      const client = clients.get(service);
      await client?.query('BEGIN');
      for (const timed of tables) await client?.query(statement(timed), [people, began, shall]);
      await client?.query('COMMIT');
    }
  } finally {
    await Promise.all([...clients.values()].map((client) => client.end()));
  }
}

/** Takes [people, when deeds began, when they shall have]: both in milliseconds, rising. */
function statement({ table, of, times }: Timed): string {
  const moved = (column: string) => `CASE WHEN ${column} >= to_timestamp(($2::float8[])[1] / 1000) THEN (
    SELECT to_timestamp(((1 - share) * ($3::float8[])[place] + share * ($3::float8[])[place + 1]) / 1000)
    FROM (SELECT extract(epoch FROM ${column}) * 1000 AS at) AS present,
      LATERAL (SELECT least(width_bucket(at::float8, $2::float8[]), cardinality($2::float8[]) - 1) AS place) AS between_,
      LATERAL (SELECT least(1, (at::float8 - ($2::float8[])[place])
        / greatest(1, ($2::float8[])[place + 1] - ($2::float8[])[place])) AS share) AS way
  ) ELSE ${column} END`;
  const set = times.map((column) => `${column} = ${moved(column)}`).join(', ');
  return `UPDATE ${table} SET ${set} WHERE ${of}`;
}

const pauseMs = 100;
const patienceMs = 10_000;

/** Waits until what a service has told others is with them, as far as it can be seen here. */
async function untilSent(client: pg.Client): Promise<void> {
  for (const end = Date.now() + patienceMs; Date.now() < end; ) {
    const { rows } = await client.query('SELECT 1 FROM outbox WHERE dead_at IS NULL LIMIT 1');
    if (rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
