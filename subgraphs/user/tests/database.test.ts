import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { createDatabase, type Database } from '@socialhub/platform/database/database';
import { cloneDatabase } from '@socialhub/platform/testing/database';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, createClient } from '../src/store/client.ts';

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
    return db.pool.query(`ALTER TABLE profile ALTER COLUMN username TYPE varchar(${length})`);
  };

  it.each<[string, () => PromiseLike<unknown>]>([
    ['SQL', () => db.prisma.$queryRaw`SELECT username FROM profile`],
    ['SQL in a transaction', () => db.transaction(async (tx) => tx.$queryRaw`SELECT username FROM profile`)],
    ['Prisma', () => db.prisma.profile.findMany({ select: { username: true } })],
    [
      'Prisma in a transaction',
      () => db.transaction((tx) => tx.profile.findMany({ select: { username: true } })),
    ],
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
