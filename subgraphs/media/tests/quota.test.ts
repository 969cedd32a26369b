import { createMediaService, readConfig } from '@socialhub/media';
import { uuidv7 } from '@socialhub/platform/ids';
import { refusalsBy } from '@socialhub/platform/testing/counted';
import { type TestService, testService } from '@socialhub/platform/testing/test-service';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, test } from 'vitest';

let service: TestService;
beforeAll(async () => {
  service = await testService({
    name: 'media',
    create: createMediaService,
    readConfig,
    env: { S3_BUCKET: 'bucket', S3_ENDPOINT: 'http://127.0.0.1:9', ...keys, ...bounds },
  });
});
afterAll(() => service.stop());

const keys = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };
const bounds = { MEDIA_QUOTA_MB: '1', UPLOADS_UNDER_WAY: '3' };

const create = (who: string, byteSize: number, idempotencyKey?: string) =>
  service
    .as(who)
    .execute('mutation ($input: CreateUploadInput!) { createUpload(input: $input) { media { id } } }', {
      input: { mimeType: 'image/png', byteSize, idempotencyKey },
    });
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

test('of those who wait for pictures more than 64 at once do not, and are counted', async () => {
  const people = Array.from({ length: 17 }, () => uuidv7());
  const counted = await refusalsBy('examinations');
  const complete = async (who: string, id: string) =>
    dataOf(
      await service
        .as(who)
        .execute('mutation ($id: ID!) { completeUpload(input: { mediaId: $id }) { media { status } } }', {
          id,
        }),
    ).completeUpload.media.status;
  const waiting = await Promise.all(
    people.map(async (who) => {
      const { id } = dataOf(await create(who, 10)).createUpload.media;
      await setAll(who, "status = 'PROCESSING'");
      return { who, id };
    }),
  );
  // So many mutations of one person run at once.
  const asked = waiting.flatMap(({ who, id }) => Array.from({ length: 4 }, () => complete(who, id)));
  expect(await Promise.race(asked)).toBe('PROCESSING');
  await until(async () => (await counted()) === 4);
  await Promise.all(people.map((who) => setAll(who, "status = 'FAILED'")));
  const verdicts = await Promise.all(asked);
  expect(verdicts.filter((status) => status === 'FAILED')).toHaveLength(64);
});
