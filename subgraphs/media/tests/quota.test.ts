import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createMediaService, readConfig } from '@socialhub/media';
import { uuidv7 } from '@socialhub/platform/ids';
import { refusalsBy } from '@socialhub/platform/testing/counted';
import { type TestService, testService } from '@socialhub/platform/testing/test-service';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, test } from 'vitest';

let service: TestService;
/** A storage that takes connections and answers nothing. */
const storage = createServer();
beforeAll(async () => {
  storage.listen(0, '127.0.0.1');
  await once(storage, 'listening');
  const { port } = storage.address() as AddressInfo;
  service = await testService({
    name: 'media',
    create: createMediaService,
    readConfig,
    env: { S3_BUCKET: 'bucket', S3_ENDPOINT: `http://127.0.0.1:${port}`, ...keys, ...bounds },
  });
});
afterAll(async () => {
  await service.stop();
  storage.close();
});

const keys = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };
const bounds = { MEDIA_QUOTA_MB: '1', UPLOADS_UNDER_WAY: '3' };

const create = (who: string, byteSize: number, idempotencyKey?: string) =>
  service
    .as(who)
    .execute('mutation ($input: CreateUploadInput!) { createUpload(input: $input) { media { id } } }', {
      input: { mimeType: 'image/png', byteSize, idempotencyKey },
    });
const complete = (who: string, id: string) =>
  service
    .as(who)
    .execute('mutation ($id: ID!) { completeUpload(input: { mediaId: $id }) { media { status } } }', { id });
const statusOf = async (answer: ReturnType<typeof complete>): Promise<string> =>
  dataOf(await answer).completeUpload.media.status;
const setAll = (who: string, what: string) =>
  service.db.query(`UPDATE media SET ${what} WHERE owner_id = $1`, [who]);

test('of uploads that begin at once as many are let in as may be on their way', async () => {
  const who = uuidv7();
  const counted = await refusalsBy('uploads');
  const answers = await Promise.all(Array.from({ length: 4 }, () => create(who, 10)));
  const refused = answers.filter(({ errors }) => errors);
  expect(refused).toHaveLength(1);
  expectError(refused[0] ?? {}, 'RATE_LIMITED');
  expect(refused[0]?.errors?.[0]?.extensions?.retryAfter).toBeGreaterThan(0);
  expect((await create(uuidv7(), 10)).errors).toBeUndefined();
  expect(await counted()).toBe(1);
});

test.each([
  ['settled', "status = 'READY'", undefined],
  ['given up', "status = 'FAILED'", undefined],
  ['never sent while its ticket held', "sweep_at = now() + interval '23 hours 54 minutes'", undefined],
  ['being examined', "status = 'PROCESSING', sweep_at = now()", 'RATE_LIMITED'],
])('what is %s is counted as it should be', async (_what, change, code) => {
  const who = uuidv7();
  for (let n = 0; n < 3; n += 1) await create(who, 10);
  await setAll(who, change);
  const answer = await create(who, 10);
  if (code) expectError(answer, code);
  else expect(answer.errors).toBeUndefined();
});

test('an upload that a person has no room for is refused before it begins, with what is left', async () => {
  const who = uuidv7();
  expect((await create(who, 700_000, 'once')).errors).toBeUndefined();
  const counted = await refusalsBy('storage');
  const refused = await create(who, 300_001);
  expect(await counted()).toBe(1);
  expectError(refused, 'BAD_USER_INPUT', 'input.byteSize');
  expect(refused.errors?.[0]?.message).toContain('300000 bytes');
  // The same one once more takes no more room.
  expect((await create(who, 700_000, 'once')).errors).toBeUndefined();
  expect((await create(who, 300_000)).errors).toBeUndefined();
  await setAll(who, "status = 'FAILED'");
  expect((await create(who, 1_000_000)).errors).toBeUndefined();
});

test('small files count as what they take', async () => {
  const who = uuidv7();
  for (let n = 0; n < 10; n += 1) {
    expect((await create(who, 1)).errors).toBeUndefined();
    await setAll(who, "status = 'READY'");
  }
  expectError(await create(who, 1), 'BAD_USER_INPUT', 'input.byteSize');
});

test('whoever completes a whole album at once waits for two files, and hears of the others that they are in hand', async () => {
  const who = uuidv7();
  const { id } = dataOf(await create(who, 10)).createUpload.media;
  await setAll(who, "status = 'PROCESSING'");
  const counted = await refusalsBy('examinations');
  const asked = Array.from({ length: 20 }, () => statusOf(complete(who, id)));
  await until(async () => (await counted()) === 18);
  await setAll(who, "status = 'FAILED'");
  const statuses = await Promise.all(asked);
  expect(statuses.filter((status) => status === 'FAILED').length).toBeGreaterThanOrEqual(2);
  expect(statuses).toContain('PROCESSING');
});

test('a storage that does not answer is waited for briefly, and the caller told to try again', async () => {
  const who = uuidv7();
  const { id } = dataOf(await create(who, 10)).createUpload.media;
  const began = performance.now();
  expectError(await complete(who, id), 'UNAVAILABLE');
  // The gateway waits for ten seconds.
  expect(performance.now() - began).toBeLessThan(6_000);
});

test('of those who wait for pictures more than 64 at once do not, and are counted', async () => {
  const people = Array.from({ length: 34 }, () => uuidv7());
  const counted = await refusalsBy('examinations');
  const waiting = await Promise.all(
    people.map(async (who) => {
      const { id } = dataOf(await create(who, 10)).createUpload.media;
      await setAll(who, "status = 'PROCESSING'");
      return { who, id };
    }),
  );
  // So many of one person wait.
  const asked = waiting.flatMap(({ who, id }) => [1, 2].map(() => statusOf(complete(who, id))));
  expect(await Promise.race(asked)).toBe('PROCESSING');
  await until(async () => (await counted()) === 4);
  await Promise.all(people.map((who) => setAll(who, "status = 'FAILED'")));
  const verdicts = await Promise.all(asked);
  expect(verdicts.filter((status) => status === 'FAILED')).toHaveLength(64);
});
