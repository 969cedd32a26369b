import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { projectRoot, readOptions } from '@socialhub/local/options';
import { startSystem } from '@socialhub/local/system';
import { startPostgres } from '@socialhub/servers/embedded-postgres';
import { freePort } from '@socialhub/servers/ports';
import pg from 'pg';
import { archiveAll, archiveSettings, layOut, makeArchive, takeBaseBackup } from './restore/archive.ts';
import { phone } from './story/client.ts';
import { type Person, register } from './story/people.ts';

/**
 * `npm run restore`: a base backup and the archived log of a PostgreSQL that is in use, a dropped table, and everything back as it was the
 * second before. Then the story is told on the restored databases. Exits with 1 when anything is missing.
 */

const print = (line: string) => process.stdout.write(`${line}\n`);
const began = performance.now();
const step = (what: string) =>
  print(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${what}`);

const folder = mkdtempSync(join(tmpdir(), 'socialhub-restore-'));
// The server's user passes through.
chmodSync(folder, 0o711);
const home = join(folder, 'home');
const dataDir = join(folder, 'data');
const restoredDir = join(folder, 'restored');
const archive = join(folder, 'archive');
const tarFile = join(folder, 'base.tar');
const closing = new AsyncDisposableStack();
closing.defer(() => rmSync(folder, { recursive: true, force: true }));

const connect = async (url: string, database = 'postgres'): Promise<pg.Client> => {
  const to = new URL(url);
  to.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: to.href });
  // The server is stopped under it, which is meant.
  client.on('error', () => undefined);
  await client.connect();
  return client;
};

const start = async (databaseUrl: string) => {
  const options = readOptions(['--no-web', '--no-demo'], {}, folder);
  return startSystem({ ...options, home, databaseUrl, logLevel: 'warn', gatewayPort: await freePort() });
};

const post = async (who: Person, text: string): Promise<string> =>
  (
    await who.ask('mutation ($text: String!) { createPost(input: { text: $text }) { post { id } } }', {
      text,
    })
  ).createPost.post.id;

/** In a process of its own, as `npm test` does. */
function tellStory(url: string): boolean {
  const { status } = spawnSync(process.execPath, ['tests/run.ts', 'tests/story-one-process.test.ts'], {
    cwd: projectRoot,
    env: { ...process.env, STORY_HOME: home, STORY_DATABASE_URL: url },
    stdio: 'inherit',
  });
  return status === 0;
}

async function proveRestore(): Promise<boolean> {
  let server = await startPostgres({ dataDir });
  closing.defer(() => server.stop());
  makeArchive(archive, dataDir);
  const first = await connect(server.url);
  for (const [name, value] of Object.entries(archiveSettings(archive)))
    await first.query(`ALTER SYSTEM SET ${name} = ${pg.escapeLiteral(value)}`);
  await first.end();
  await server.stop();
  server = await startPostgres({ dataDir });
  step('PostgreSQL archives its log');

  const system = await start(server.url);
  closing.defer(() => system.stop());
  const ada = await register(system.gatewayUrl, 'Ada');
  const before = [await post(ada, 'before the backup')];

  const admin = await connect(server.url);
  const writing = (async () => {
    for (let n = 0; n < 20; n += 1) before.push(await post(ada, `during the backup ${n}`));
  })();
  const label = await takeBaseBackup(admin, dataDir, tarFile);
  await writing;
  step('a base backup is made, while people write');
  for (let n = 0; n < 20; n += 1) before.push(await post(ada, `after the backup ${n}`));

  const { rows } = await admin.query<{ now: string }>('SELECT clock_timestamp()::text AS now');
  const moment = rows[0]?.now ?? '';
  await delay(500);
  const after = await post(ada, 'between that moment and the drop');
  await delay(500);
  const posts = await connect(server.url, 'post_db');
  await posts.query('DROP TABLE posts CASCADE');
  await posts.end();
  const lost = await ada.send('{ homeTimeline(first: 1) { edges { node { id } } } }');
  if (!lost.errors?.length) throw new Error('the timeline works without its table');
  step(
    `posts is dropped, a second after ${moment}; a timeline says ${JSON.stringify(lost.errors[0]?.extensions?.code)}`,
  );

  await archiveAll(admin);
  await system.stop();
  await admin.end();
  await server.stop();
  step('everything is stopped, and its log archived to the end');

  layOut({ tarFile, label, archive, until: moment, from: dataDir, to: restoredDir });
  const restored = await startPostgres({ dataDir: restoredDir });
  closing.defer(() => restored.stop());
  step('the restored PostgreSQL has read the log up to that moment, and is open');

  const again = await start(restored.url);
  const url = again.gatewayUrl;
  const ids = [...before, after];
  const me = phone(url, ada.accessToken);
  const { nodes } = await me.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Post { text } } }', {
    ids,
  });
  const found = new Set(nodes.flatMap((node: { id: string } | null) => node?.id ?? []));
  const missing = before.filter((id) => !found.has(id)).length;
  step(
    `${before.length - missing} of ${before.length} posts are back; the one after that moment is ${found.has(after) ? 'there' : 'gone'}`,
  );
  await again.stop();
  const isTold = tellStory(restored.url);
  step(`the story ${isTold ? 'passes' : 'fails'} on the restored databases`);
  return missing === 0 && !found.has(after) && isTold;
}

let isGood = false;
try {
  isGood = await proveRestore();
} catch (error) {
  process.stderr.write(`${(error as Error).stack}\n`);
} finally {
  await closing.disposeAsync();
}
process.exit(isGood ? 0 : 1);
