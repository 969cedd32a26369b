import {
  DataExportPart,
  DataExportReady,
  DataExportRequested,
} from '@socialhub/platform/contracts/data-export';
import { serviceNames } from '@socialhub/platform/contracts/services';
import { uuidv7 } from '@socialhub/platform/ids';
import { archiveFaults } from '@socialhub/platform/testing/archive-faults';
import { refusalsBy } from '@socialhub/platform/testing/counted';
import { gid, uuidOf } from '@socialhub/platform/testing/gid';
import type { TestService } from '@socialhub/platform/testing/test-service';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { unzip } from '@socialhub/platform/testing/unzip';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countGatheredParts } from '../src/store/data-exports.ts';
import { picture } from './files.ts';
import { startMedia } from './start-media.ts';

const others = serviceNames.filter((name) => name !== 'media');
let home: Awaited<ReturnType<typeof startMedia>>;
let service: TestService;

beforeAll(async () => {
  home = await startMedia();
  service = home.service;
});
afterAll(() => home?.stop());

const fields = 'id status requestedAt readyAt expiresAt byteSize partsDone partsTotal url';
const request = (who: string | null) =>
  service.as(who).execute(`mutation { requestDataExport { export { ${fields} } } }`);
const latest = async (who: string) =>
  dataOf(await service.as(who).execute(`{ dataExport { ${fields} } }`)).dataExport ?? null;
const progress = (who: string | null, id: string, after?: string) =>
  service
    .as(who)
    .subscribe(
      'subscription ($id: ID!, $after: String) { dataExportProgress(id: $id, after: $after) { cursor export { id status partsDone } } }',
      { id, after },
    );
const part = (id: string, name: (typeof serviceNames)[number], more: object = {}) =>
  service.emit(DataExportPart, {
    exportId: uuidOf(id),
    service: name,
    index: 0,
    file: 'things',
    rows: 1,
    lines: JSON.stringify({ from: name }),
    last: true,
    ...more,
  });

async function upload(who: string, bytes: Buffer): Promise<string> {
  const { media, ticket } = dataOf(
    await service
      .as(who)
      .execute(
        'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { media { id } ticket { url fields { name value } } } }',
        { input: { mimeType: 'image/png', byteSize: bytes.length, altText: 'mine' } },
      ),
  ).createUpload;
  const form = new FormData();
  for (const { name, value } of ticket.fields) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(bytes)]), 'picture');
  await fetch(ticket.url, { method: 'POST', body: form });
  await service
    .as(who)
    .execute(`mutation { completeUpload(input: { mediaId: "${media.id}" }) { media { status } } }`);
  return uuidOf(media.id);
}

/** The archive of somebody, of whom every other service has sent its part. */
async function archiveOf(who: string) {
  const { id } = dataOf(await request(who)).requestDataExport.export;
  for (const name of others) await part(id, name);
  return until(async () => {
    const found = await latest(who);
    return found?.status === 'READY' && found;
  });
}

test('packs what all services send, and the files, into one archive that its owner fetches', async () => {
  const [me, stranger] = [uuidv7(), uuidv7()];
  const mediaId = await upload(me, await picture('png', 60, 40));
  await upload(stranger, await picture('png', 50, 40));
  const begun = dataOf(await request(me)).requestDataExport.export;
  expect(begun).toMatchObject({ status: 'GATHERING', partsTotal: 6, byteSize: null, url: null });
  expect(await service.published(DataExportRequested)).toContainEqual({
    exportId: uuidOf(begun.id),
    userId: me,
  });
  // More rows than a piece has, in pieces; and one that has none.
  const rows = (from: number, count: number) =>
    Array.from({ length: count }, (_, at) => JSON.stringify({ number: from + at, text: 'a\nb "c" é' }));
  await part(begun.id, 'post', { file: 'posts', rows: 100, lines: rows(0, 100).join('\n'), last: false });
  await part(begun.id, 'post', {
    index: 1,
    file: 'posts',
    rows: 7,
    lines: rows(100, 7).join('\n'),
    last: false,
  });
  await part(begun.id, 'post', { index: 2, file: 'comments', rows: 0, lines: '' });
  expect((await latest(me)).status).toBe('GATHERING');
  for (const name of others.filter((other) => other !== 'post')) await part(begun.id, name);
  const ready = await until(async () => {
    const found = await latest(me);
    return found.status === 'READY' && found;
  });
  const response = await fetch(ready.url);
  expect(response.headers.get('content-disposition')).toMatch(
    /^attachment; filename="socialhub-[\d-]+\.zip"$/,
  );
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(bytes.length).toBe(ready.byteSize);
  const files = unzip(bytes);
  const json = (name: string) => JSON.parse(String(files.get(name)));
  expect([...files.keys()].sort()).toEqual(
    [
      'archive.json',
      'auth/things.json',
      'chat/things.json',
      'media/data-exports.json',
      `media/files/${mediaId}.png`,
      'media/media.json',
      'notification/things.json',
      'post/comments.json',
      'post/posts.json',
      'user/things.json',
    ].sort(),
  );
  expect(json('post/posts.json').map((row: { number: number }) => row.number)).toEqual(
    Array.from({ length: 107 }, (_, at) => at),
  );
  expect(json('post/comments.json')).toEqual([]);
  expect(json('media/media.json')).toMatchObject([{ id: mediaId, altText: 'mine', status: 'READY' }]);
  expect(json('media/data-exports.json')).toMatchObject([{ id: uuidOf(begun.id), status: 'GATHERING' }]);
  const shown = Object.fromEntries(
    ['media', 'data-exports'].map((file) => [file, json(`media/${file}.json`)]),
  );
  expect(await archiveFaults(service, 'media', shown)).toEqual([]);
  expect(files.get(`media/files/${mediaId}.png`)?.subarray(1, 4).toString()).toBe('PNG');
  expect(json('archive.json')).toMatchObject({ userId: me, exportId: uuidOf(begun.id) });
  expect(Date.parse(ready.expiresAt) - Date.parse(ready.readyAt)).toBe(7 * 86_400_000);
  expect(await service.published(DataExportReady)).toContainEqual({
    exportId: uuidOf(begun.id),
    userId: me,
    expiresAt: ready.expiresAt,
  });
  expect(
    (await service.db.query('SELECT 1 FROM export_part WHERE export_id = $1', [uuidOf(begun.id)])).rowCount,
  ).toBe(0);
});

test('gives a person their own archive alone, by a URL that ends', async () => {
  const [me, stranger] = [uuidv7(), uuidv7()];
  const { id, url } = await archiveOf(me);
  expect(await latest(stranger)).toBeNull();
  expectError(await service.as(null).execute(`{ dataExport { ${fields} } }`), 'UNAUTHENTICATED');
  expectError(await request(null), 'UNAUTHENTICATED');
  for (const [who, code] of [
    [stranger, 'NOT_FOUND'],
    [null, 'UNAUTHENTICATED'],
  ] as const) {
    expectError((await progress(who, id).next()).value, code);
  }
  expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe('600');
  const bare = new URL(url);
  bare.search = '';
  expect((await fetch(bare)).status).toBe(403);
});

test('makes one archive a day', async () => {
  const me = uuidv7();
  const counted = await refusalsBy('data exports');
  const answers = await Promise.all([request(me), request(me), request(me)]);
  expect(await counted()).toBe(2);
  const refused = answers.filter((answer) => answer.errors);
  expect(refused).toHaveLength(2);
  for (const answer of refused) {
    expectError(answer, 'RATE_LIMITED');
    expect(answer.errors?.[0]?.extensions?.retryAfter).toBeGreaterThan(86_000);
  }
  await service.db.query(
    "UPDATE data_export SET requested_at = now() - interval '25 hours' WHERE user_id = $1",
    [me],
  );
  dataOf(await request(me));
});

test('gives the archive that a key began however often it is asked with it, and keeps the key when there is none', async () => {
  const me = uuidv7();
  const ask = (idempotencyKey: string) =>
    service
      .as(me)
      .execute(
        'mutation ($input: RequestDataExportInput) { requestDataExport(input: $input) { export { id status } } }',
        { input: { idempotencyKey } },
      );
  const idOf = async (key: string) => dataOf(await ask(key)).requestDataExport.export.id;
  const first = await idOf('one');
  expect(await Promise.all([idOf('one'), idOf('one')])).toEqual([first, first]);
  expectError(await ask('two'), 'RATE_LIMITED');
  await service.db.query(
    "UPDATE data_export SET requested_at = now() - interval '25 hours' WHERE user_id = $1",
    [me],
  );
  expect(await idOf('two')).not.toBe(first);
  expect(await idOf('one')).toBe(first);
  const asked = await service.published(DataExportRequested);
  expect(asked.filter(({ userId }) => userId === me)).toHaveLength(2);
});

test('tells how far it is as it happens, and goes on behind a cursor', async () => {
  const me = uuidv7();
  const { id } = dataOf(await request(me)).requestDataExport.export;
  const watching = progress(me, id);
  const states: { cursor: string; export: { status: string; partsDone: number } }[] = [];
  const read = async () => {
    const { value, done } = await watching.next();
    if (!done) states.push(dataOf(value).dataExportProgress);
    return done;
  };
  await read();
  expect(states[0]?.export).toMatchObject({ id, status: 'GATHERING' });
  for (const name of others) await part(id, name);
  while (!(await read()));
  expect(states.at(-1)?.export).toMatchObject({ status: 'READY', partsDone: 6 });
  const done = states.map((state) => state.export.partsDone);
  expect(done).toEqual(done.toSorted((a, b) => a - b));
  expect(new Set(states.map((state) => state.cursor)).size).toBe(states.length);
  // Behind the first state there is what came after it; behind the last one nothing, and it ends.
  const again = await progress(me, id, states[0]?.cursor).next();
  expect(dataOf(again.value).dataExportProgress.export.status).toBe('READY');
  expect((await progress(me, id, states.at(-1)?.cursor).next()).done).toBe(true);
  expectError((await progress(me, id, 'nonsense').next()).value, 'BAD_USER_INPUT', 'after');
  const other = await archiveOf(uuidv7());
  expectError((await progress(me, other.id).next()).value, 'NOT_FOUND');
});

test('counts the parts of an archive that is gathered, and nothing where they are packed and gone', async () => {
  /** Runs the store's statements on the tests' own connection. */
  const reader = {
    $queryRaw: async (texts: TemplateStringsArray, ...values: unknown[]) =>
      (
        await service.db.query(
          texts.reduce((sql, text, at) => `${sql}$${at}${text}`),
          values,
        )
      ).rows,
  } as unknown as Parameters<typeof countGatheredParts>[0];
  const packed = await archiveOf(uuidv7());
  expect(await countGatheredParts(reader, uuidOf(packed.id))).toBeNull();
  const gathered = dataOf(await request(uuidv7())).requestDataExport.export;
  await part(gathered.id, 'chat');
  expect(await countGatheredParts(reader, uuidOf(gathered.id))).toBeGreaterThanOrEqual(1);
});

test('counts a piece once however often it comes, and takes none for an archive that is packed', async () => {
  const me = uuidv7();
  const { id } = dataOf(await request(me)).requestDataExport.export;
  await part(id, 'chat');
  await part(id, 'chat');
  await until(async () => (await latest(me)).partsDone === 2);
  for (const name of others) await part(id, name);
  const ready = await until(async () => {
    const found = await latest(me);
    return found.status === 'READY' && found;
  });
  await part(id, 'chat', { index: 9, lines: '{"late":true}' });
  const files = unzip(Buffer.from(await (await fetch(ready.url)).arrayBuffer()));
  expect(JSON.parse(String(files.get('chat/things.json')))).toEqual([{ from: 'chat' }]);
  expect(
    (await service.db.query('SELECT 1 FROM export_part WHERE export_id = $1', [uuidOf(id)])).rowCount,
  ).toBe(0);
});

test('many references cost one query, and show a stranger nothing', async () => {
  const exportOf = async (userId: string) => {
    const id = uuidv7();
    await service.db.query('INSERT INTO data_export (id, user_id, expires_at) VALUES ($1, $2, now())', [
      id,
      userId,
    ]);
    return id;
  };
  const [owner, stranger] = [uuidv7(), uuidv7()];
  const ids = await Promise.all(Array.from({ length: 3 }, () => exportOf(owner)));
  const query =
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on DataExport { requestedAt } } }';
  const r = ids.map((id) => ({ __typename: 'DataExport', id: gid('DataExport', id) }));

  const found: unknown[] = [];
  for (const userId of [owner, stranger]) {
    const statements = await service.countQueries(async () => {
      found.push(dataOf(await service.as(userId).execute(query, { r }))._entities.filter(Boolean).length);
    });
    expect(statements).toBe(1);
  }
  expect(found).toEqual([3, 0]);
});
