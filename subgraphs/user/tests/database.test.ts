import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { createDatabase, type Database } from '@socialhub/platform/database/database';
import { uuidv7 } from '@socialhub/platform/ids';
import { cloneDatabase } from '@socialhub/platform/testing/database';
import { until } from '@socialhub/platform/testing/until';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, createClient, type Tx } from '../src/store/client.ts';

const log = pino({ level: 'silent' });
const places = Array.from({ length: 10 }, (_, n) => n);

describe('a migration that changes the type of what prepared statements give', () => {
  let database: Awaited<ReturnType<typeof cloneDatabase>>;
  let db: Database<Client>;
  beforeAll(async () => {
    database = await cloneDatabase('user');
    db = createDatabase(database.url, createClient, log);
  });
  afterAll(async () => {
    await db?.close();
    await database?.drop();
  });

  let length = 100;
  const widen = () => {
    length += 1;
    return db.pool.query(`ALTER TABLE profile ALTER COLUMN bio TYPE varchar(${length})`);
  };

  it.each<[string, () => PromiseLike<unknown>]>([
    ['SQL', () => db.prisma.$queryRaw`SELECT bio FROM profile`],
    ['SQL in a transaction', () => db.transaction(async (tx) => tx.$queryRaw`SELECT bio FROM profile`)],
    ['Prisma', () => db.prisma.profile.findMany({ select: { bio: true } })],
    ['Prisma in a transaction', () => db.transaction((tx) => tx.profile.findMany({ select: { bio: true } }))],
  ])('fails nobody who asks by %s', async (_, ask) => {
    for (const times of [1, 2]) {
      await Promise.all(places.map(ask));
      await widen();
      expect(await Promise.all(places.map(ask)), `migration ${times}`).toEqual(places.map(() => []));
    }
  });
});

describe('a connection that breaks as it is made', () => {
  /** Says, as PostgreSQL does, in one piece: let in, ready, and shutting down. */
  const answer = () => {
    const message = (type: string, body: Buffer) => {
      const head = Buffer.alloc(5);
      head.write(type);
      head.writeInt32BE(body.length + 4, 1);
      return Buffer.concat([head, body]);
    };
    const fault = 'SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0';
    return Buffer.concat([
      message('R', Buffer.alloc(4)),
      message('Z', Buffer.from('I')),
      message('E', Buffer.from(fault)),
    ]);
  };
  let server: Server;
  beforeAll(async () => {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(answer()));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => server?.close());

  it('fails who wanted it, and not the process', async () => {
    const { port } = server.address() as AddressInfo;
    const db = createDatabase(`postgres://nobody@127.0.0.1:${port}/nothing`, createClient, log);
    await expect(db.transaction(async () => 'done')).rejects.toThrow();
    await expect(db.prisma.$queryRaw`SELECT 1`).rejects.toThrow();
    await db.close();
  });
});

describe('a transaction', () => {
  let database: Awaited<ReturnType<typeof cloneDatabase>>;
  let db: Database<Client>;
  beforeAll(async () => {
    database = await cloneDatabase('user');
    db = createDatabase(database.url, createClient, log);
  });
  afterAll(async () => {
    await db?.close();
    await database?.drop();
  });

  const profile = () => {
    const id = uuidv7();
    return { id, username: `p${id.slice(-12)}`, displayName: 'P', createdAt: new Date() };
  };
  const isKept = async (id: string) => (await db.prisma.profile.findUnique({ where: { id } })) !== null;
  /** Connections of this database on which something was begun and not ended. */
  const unended = async () => {
    const { rows } = await db.pool.query(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
    );
    return rows.length;
  };
  const bySql = (tx: Tx, { id, username, displayName, createdAt }: ReturnType<typeof profile>) =>
    tx.$executeRaw`INSERT INTO profile (id, username, display_name, created_at)
      VALUES (${id}::uuid, ${username}, ${displayName}, ${createdAt})`;
  const byModel = (tx: Tx, data: ReturnType<typeof profile>) => tx.profile.create({ data });

  it.each([
    ['SQL', bySql, bySql],
    ['a model', byModel, byModel],
    ['SQL and then a model', bySql, byModel],
    ['a model and then SQL', byModel, bySql],
  ])('of %s is kept whole, or not at all', async (_, first, second) => {
    const [one, other] = [profile(), profile()];
    await db.transaction(async (tx) => {
      await first(tx, one);
      await second(tx, other);
      const [row] = await tx.$queryRaw<{ count: bigint }[]>`
        SELECT count(*) AS count FROM profile WHERE id IN (${one.id}::uuid, ${other.id}::uuid)`;
      expect([row?.count, await tx.profile.count({ where: { id: { in: [one.id, other.id] } } })]).toEqual([
        2n,
        2,
      ]);
      expect(await isKept(one.id)).toBe(false);
    });
    expect([await isKept(one.id), await isKept(other.id)]).toEqual([true, true]);

    const [gone, goneToo] = [profile(), profile()];
    const failing = db.transaction(async (tx) => {
      await first(tx, gone);
      await second(tx, goneToo);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect([await isKept(gone.id), await isKept(goneToo.id), await unended()]).toEqual([false, false, 0]);
  });

  it.each([
    ['SQL', (tx: Tx) => tx.$queryRaw`SELECT 1 / 0`],
    ['a model', (tx: Tx) => tx.profile.findFirst({ where: { id: 'no uuid' } })],
  ])('that fails in %s leaves its connection as it was', async (_, fail) => {
    const one = profile();
    for (let n = 0; n < 12; n += 1) {
      const failing = db.transaction(async (tx) => {
        await bySql(tx, one);
        await fail(tx);
      });
      await expect(failing).rejects.toThrow();
    }
    expect([await isKept(one.id), await unended()]).toEqual([false, 0]);
  });

  it('refuses what is asked for after its end', async () => {
    const kept: Tx[] = [];
    await db.transaction(async (tx) => {
      kept.push(tx);
    });
    const [tx] = kept as [Tx];
    const one = profile();
    await expect(bySql(tx, one)).rejects.toThrow('the transaction is over');
    await expect(byModel(tx, one)).rejects.toThrow('the transaction is over');
    expect(await isKept(one.id)).toBe(false);
  });

  it('that Prisma can not join is undone, and begins nothing on the connection for others', async () => {
    const withoutPrisma = createDatabase(
      database.url,
      (adapter) =>
        Object.assign(createClient(adapter), {
          $transaction: () => Promise.reject(new Error('Prisma is not well')),
        }) as Client,
      log,
    );
    const one = profile();
    const failing = withoutPrisma.transaction(async (tx) => {
      await bySql(tx, one);
      await byModel(tx, profile());
    });
    await expect(failing).rejects.toThrow('Prisma is not well');
    expect([await isKept(one.id), await unended()]).toEqual([false, 0]);
    await withoutPrisma.close();
  });

  it('ends after ten seconds, whatever it waits for', { timeout: 20_000 }, async () => {
    const one = profile();
    const endless = db.transaction(async (tx) => {
      await bySql(tx, one);
      await new Promise(() => undefined);
    });
    await expect(endless).rejects.toThrow('more than 10000 ms');
    await until(async () => (await unended()) === 0, { what: 'the end of its connection' });
    expect(await isKept(one.id)).toBe(false);
  });
});
