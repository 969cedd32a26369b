import { gid, uuidOf } from '@socialhub/platform/testing/gid';
import pg from 'pg';
import type { Person } from './people.ts';
import type { WholeSystem } from './system.ts';

/** How much is stored, of all people together. */
export interface Stored {
  people: number;
  posts: number;
  notifications: number;
  messages: number;
}

/** One table of the crowd: the rows of number `$1` to `$2`, as SQL. */
interface Filling {
  database: 'user_db' | 'post_db' | 'notification_db' | 'chat_db';
  table: string;
  of: keyof Stored;
  sql: string;
}

const followsOfEach = 20;
const kinds = ['person', 'post', 'comment', 'notification', 'notification to me', 'conversation', 'message'];
/** Ids of version 7 that grow, as those that services make do. */
const id = (kind: string, n: string) =>
  `('${String(kinds.indexOf(kind) + 1).padStart(8, '0')}-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
const person = (n: string) => id('person', n);
/** Newest last, and nothing newer than what people write from now on. */
const ago = (n: string) => `clock_timestamp() - interval '30 days' + (${n}) * interval '100 milliseconds'`;

/** People who follow the next ones, post in turn, write to each other and are notified of comments. */
const fillings = ({ people }: Stored): Filling[] => [
  {
    database: 'user_db',
    table: 'profile',
    of: 'people',
    sql: `INSERT INTO profile (id, username, display_name, created_at, follower_count, following_count)
      SELECT ${person('n')}, 'crowd' || n, 'Crowd ' || n, now(), ${followsOfEach}, ${followsOfEach} FROM generate_series($1::int, $2) n`,
  },
  {
    database: 'post_db',
    table: 'people',
    of: 'people',
    sql: `INSERT INTO people (id, username_key) SELECT ${person('n')}, 'crowd' || n FROM generate_series($1::int, $2) n`,
  },
  {
    database: 'chat_db',
    table: 'people',
    of: 'people',
    sql: `INSERT INTO people (id) SELECT ${person('n')} FROM generate_series($1::int, $2) n`,
  },
  {
    database: 'notification_db',
    table: 'recipients',
    of: 'people',
    sql: `INSERT INTO recipients (user_id, change_seq, unread_count)
      SELECT ${person('n')}, 1000000, 0 FROM generate_series($1::int, $2) n`,
  },
  {
    database: 'user_db',
    table: 'follow',
    of: 'people',
    sql: `INSERT INTO follow (follower_id, followee_id, standing)
      SELECT ${person('n')}, ${person(`(n + k) % ${people}`)}, 'FOLLOWING'
      FROM generate_series($1::int, $2) n, generate_series(1, ${followsOfEach}) k`,
  },
  ...(['post_db', 'notification_db'] as const).map(
    (database): Filling => ({
      database,
      table: 'follows',
      of: 'people',
      sql: `INSERT INTO follows (follower_id, followee_id, active, sequence)
        SELECT ${person('n')}, ${person(`(n + k) % ${people}`)}, true, 1
        FROM generate_series($1::int, $2) n, generate_series(1, ${followsOfEach}) k`,
    }),
  ),
  {
    database: 'post_db',
    table: 'posts',
    of: 'posts',
    sql: `INSERT INTO posts (id, author_id, text, visibility, hashtags, mentioned_ids, media_ids, created_at, written_by)
      SELECT ${id('post', 'n')}, ${person(`n % ${people}`)}, 'Post number ' || n, 'PUBLIC', '{}', '{}', '{}', ${ago('n')}, 3
      FROM generate_series($1::int, $2) n`,
  },
  {
    database: 'post_db',
    table: 'comments',
    of: 'posts',
    sql: `INSERT INTO comments (id, post_id, author_id, text, mentioned_ids, created_at)
      SELECT ${id('comment', 'n')}, ${id('post', 'greatest(1, n - n % 20)')}, ${person(`(n * 7) % ${people}`)},
        'Comment number ' || n, '{}', ${ago('n')} FROM generate_series($1::int, $2) n`,
  },
  {
    database: 'notification_db',
    table: 'notifications',
    of: 'notifications',
    sql: `INSERT INTO notifications (id, recipient_id, type, group_key, subject_kind, subject_id, post_id, actor_count,
        change_seq, created_at, updated_at)
      SELECT ${id('notification', 'n')}, ${person(`n % ${people}`)}, 'COMMENT', 'COMMENT Comment ' || n, 'Comment',
        ${id('comment', 'n')}, ${id('post', 'n')}, 1, n, ${ago('n')}, ${ago('n')} FROM generate_series($1::int, $2) n`,
  },
  {
    database: 'notification_db',
    table: 'notification_actors',
    of: 'notifications',
    sql: `INSERT INTO notification_actors (notification_id, actor_id, recipient_id, acted_at)
      SELECT ${id('notification', 'n')}, ${person(`(n * 7) % ${people}`)}, ${person(`n % ${people}`)}, ${ago('n')}
      FROM generate_series($1::int, $2) n`,
  },
  {
    database: 'chat_db',
    table: 'conversations',
    of: 'people',
    sql: `INSERT INTO conversations (id, kind, title, last_seq)
      SELECT ${id('conversation', 'n')}, 'GROUP', 'Crowd', 10000000 FROM generate_series($1::int, $2) n`,
  },
  {
    database: 'chat_db',
    table: 'conversation_members',
    of: 'people',
    sql: `INSERT INTO conversation_members (conversation_id, user_id, last_activity_at)
      SELECT ${id('conversation', 'n')}, ${person(`(n + k) % ${people}`)}, ${ago('n')}
      FROM generate_series($1::int, $2) n, generate_series(0, 1) k`,
  },
  {
    database: 'chat_db',
    table: 'messages',
    of: 'messages',
    sql: `INSERT INTO messages (id, conversation_id, seq, sender_id, text, media_ids, created_at)
      SELECT ${id('message', 'n')}, ${id('conversation', `1 + n % ${people}`)}, n, ${person(`(1 + n % ${people}) % ${people}`)},
        'Message number ' || n, '{}', ${ago('n')} FROM generate_series($1::int, $2) n`,
  },
  {
    database: 'chat_db',
    table: 'member_events',
    of: 'messages',
    sql: `INSERT INTO member_events (member_id, seq, kind, conversation_id, message_id, actor_id)
      SELECT ${person(`(1 + n % ${people} + k) % ${people}`)}, n * 2 + k, 'MESSAGE_SENT', ${id('conversation', `1 + n % ${people}`)},
        ${id('message', 'n')}, ${person(`(1 + n % ${people}) % ${people}`)}
      FROM generate_series($1::int, $2) n, generate_series(0, 1) k`,
  },
];

/** A crowd in the databases of a system, by SQL. */
export interface Crowd {
  /** Adds what lacks, and has PostgreSQL look at it as it does by itself after a while. */
  grow(to: Stored): Promise<void>;
  /** Has the person follow some of the crowd, others follow them, and gives them unread notifications. */
  befriend(one: Person, of: { follows: number; followers: number; unread: number }): Promise<void>;
  conversationId: string;
  postId: string;
  close(): Promise<void>;
}

export async function createCrowd(system: WholeSystem): Promise<Crowd> {
  const clients = new Map<string, pg.Client>();
  const client = async (database: string) => {
    let one = clients.get(database);
    if (!one) {
      const url = new URL(system.databaseUrl);
      url.pathname = `/${database}`;
      one = new pg.Client({ connectionString: url.href });
      await one.connect();
      await one.query(`SET session_replication_role = replica; SET maintenance_work_mem = '512MB'`);
      clients.set(database, one);
    }
    return one;
  };
  const uuid = async (sql: string) =>
    (await (await client('post_db')).query(`SELECT ${sql} AS id`)).rows[0].id;
  let has: Stored = { people: 0, posts: 0, notifications: 0, messages: 0 };
  return {
    conversationId: gid('Conversation', await uuid(id('conversation', '7'))),
    postId: gid('Post', await uuid(id('post', '400'))),
    async grow(to) {
      // Fewer people would be followed by nobody: they all come at once.
      for (const { database, table, of, sql } of fillings(to)) {
        if (to[of] <= has[of]) continue;
        const one = await client(database);
        const indexes = await dropIndexes(one, table);
        await one.query(sql, [has[of] + 1, to[of]]);
        for (const index of indexes) await one.query(index);
      }
      for (const one of clients.values()) await one.query('VACUUM ANALYZE');
      has = to;
    },
    async befriend(one, { follows, followers, unread }) {
      const me = `'${uuidOf(one.id)}'::uuid`;
      const pairs = `SELECT ${me} AS a, ${person('n')} AS b FROM generate_series(1, ${follows}) n
        UNION ALL SELECT ${person('n')}, ${me} FROM generate_series(1, ${followers}) n`;
      await (await client('user_db')).query(
        `INSERT INTO follow (follower_id, followee_id, standing) SELECT a, b, 'FOLLOWING' FROM (${pairs}) AS pairs`,
      );
      for (const database of ['post_db', 'notification_db'])
        await (await client(database)).query(
          `INSERT INTO follows (follower_id, followee_id, active, sequence) SELECT a, b, true, 1 FROM (${pairs}) AS pairs`,
        );
      const notifications = await client('notification_db');
      await notifications.query(
        `INSERT INTO notifications (id, recipient_id, type, group_key, subject_kind, subject_id, post_id, actor_count, change_seq)
         SELECT ${id('notification to me', 'n')}, ${me}, 'COMMENT', 'COMMENT Comment ' || ${id('comment', 'n')}, 'Comment', ${id('comment', 'n')},
           ${id('post', 'n')}, 1, n FROM generate_series(1, ${unread}) n`,
      );
      await notifications.query(
        `INSERT INTO notification_actors (notification_id, actor_id, recipient_id, acted_at)
         SELECT ${id('notification to me', 'n')}, ${person('n')}, ${me}, now() FROM generate_series(1, ${unread}) n`,
      );
      await notifications.query(
        `INSERT INTO recipients (user_id, change_seq, unread_count) VALUES (${me}, ${unread}, ${unread})
         ON CONFLICT (user_id) DO UPDATE SET change_seq = ${unread}, unread_count = ${unread}`,
      );
      const chat = await client('chat_db');
      await chat.query(
        `INSERT INTO conversation_members (conversation_id, user_id)
         SELECT ${id('conversation', 'n')}, ${me} FROM generate_series(1, 200) n`,
      );
    },
    async close() {
      for (const one of clients.values()) await one.end();
    },
  };
}

/** Takes away the indexes that no constraint needs; gives what makes them again: quicker than to keep them. */
async function dropIndexes(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
     WHERE indrelid = $1::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid) AND NOT indisunique`,
    [table],
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return rows.map(({ definition }) => definition);
}
