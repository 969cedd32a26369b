import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../src/ids.ts';
import { type ScratchDatabase, scratchDatabase } from './scratch-database.ts';

const script = fileURLToPath(new URL('../../src/events/rabbitmq/dead-letter-commands.ts', import.meta.url));

describe('npm run events', () => {
  let db: ScratchDatabase;
  beforeAll(async () => {
    db = await scratchDatabase();
  });
  afterAll(() => db.drop());

  const operate = (...args: string[]) =>
    promisify(execFile)(process.execPath, [script, ...args], {
      env: { ...process.env, RABBITMQ_URL: '', MEDIA_DATABASE_URL: db.url },
    });

  it('lists the dead rows of an outbox and has them sent again, all or by id', async () => {
    const ids = [uuidv7(), uuidv7()];
    for (const id of ids) {
      await db.pool.query(
        `INSERT INTO outbox (kind, name, aggregate, event_id, payload, last_error, dead_at)
         VALUES ('event', 'media_ready', 'some-media', $1, '{}', 'not applied by chat', now())`,
        [id],
      );
    }
    const listed = await operate('dead', 'media');
    for (const id of ids) expect(listed.stdout).toContain(id);
    expect(listed.stdout).toContain('not applied by chat');
    expect(listed.stdout).toMatch(/\n2 dead letters\n$/);

    expect((await operate('replay', 'media', String(ids[0]))).stdout).toBe('1 to be delivered again\n');
    expect(await db.count('SELECT count(*) FROM outbox WHERE dead_at IS NULL')).toBe(1);
    expect((await operate('replay', 'media')).stdout).toBe('1 to be delivered again\n');
    expect((await operate('dead')).stdout).toBe('0 dead letters\n');
  });

  it('says how far a service is, and where an event is that waits, was applied, or is not known', async () => {
    const [waiting, applied] = [uuidv7(), uuidv7()];
    await db.pool.query(
      `INSERT INTO outbox (kind, name, aggregate, event_id, payload, created_at)
       VALUES ('event', 'media_ready', 'some-media', $1, '{"kind": "IMAGE"}', now() - interval '90 seconds')`,
      [waiting],
    );
    await db.pool.query(`INSERT INTO inbox (consumer, event_id) VALUES ('post_removed', $1)`, [applied]);
    await db.pool.query(
      `INSERT INTO task (id, kind, subject, failures) VALUES ($1, 'examine', 'a', 3), ($2, 'render', 'b', 0)`,
      [uuidv7(), uuidv7()],
    );
    const { stdout: status } = await operate('status', 'media');
    expect(status).toMatch(/^media\n {2}outbox: 3 waiting, the oldest for (9\d|\d{3}) s; 0 dead\n/);
    expect(status).toMatch(/ {2}tasks: 2 waiting, the oldest for \d+ s; 1 failing\n$/);
    const { stdout: shown } = await operate('show', waiting);
    expect(shown).toMatch(/^in the outbox of media since .*, media_ready of some-media waits to be sent\n/);
    expect(shown).toContain('{"kind":"IMAGE"}');
    expect((await operate('show', applied)).stdout).toMatch(/^media applied post_removed at .*Z\n$/);
    expect((await operate('show', uuidv7())).stdout).toMatch(/^Nobody/);
  }, 60_000);

  it('takes the address out of a file, as a container of a service has it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'socialhub-events-'));
    await writeFile(join(folder, 'url'), db.url);
    const env = { ...process.env, RABBITMQ_URL: '', MEDIA_DATABASE_URL_FILE: join(folder, 'url') };
    const listed = await promisify(execFile)(process.execPath, [script, 'dead', 'media'], { env });
    await rm(folder, { recursive: true });
    expect(listed.stdout).toMatch(/^\d+ dead letters?\n$/);
  });

  it('says what is missing and how it is used', async () => {
    await expect(operate('dead', 'nobody')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no service "nobody"'),
    });
    await expect(operate('replay')).rejects.toMatchObject({ stderr: expect.stringContaining('Usage:') });
  });
});
