import { readdir } from 'node:fs/promises';
import { uuidv7 } from '@socialhub/platform/ids';
import { erased } from '@socialhub/platform/testing/erased';
import { uuidOf } from '@socialhub/platform/testing/gid';
import type { TestService } from '@socialhub/platform/testing/test-service';
import { dataOf } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { picture } from './files.ts';
import { startMedia } from './start-media.ts';

let home: Awaited<ReturnType<typeof startMedia>>;
let service: TestService;

beforeAll(async () => {
  home = await startMedia();
  service = home.service;
});
afterAll(() => home?.stop());

async function upload(who: string, complete = true) {
  const bytes = await picture('png', 60, 40);
  const { media, ticket } = dataOf(
    await service
      .as(who)
      .execute(
        'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { media { id } ticket { url fields { name value } } } }',
        { input: { mimeType: 'image/png', byteSize: bytes.length } },
      ),
  ).createUpload;
  const form = new FormData();
  for (const { name, value } of ticket.fields) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(bytes)]), 'picture');
  await fetch(ticket.url, { method: 'POST', body: form });
  if (!complete) return { id: media.id, url: '' };
  const answer = await service
    .as(who)
    .execute(`mutation { completeUpload(input: { mediaId: "${media.id}" }) { media { id url } } }`);
  return dataOf(answer).completeUpload.media;
}

test('erases files and archives from the storage, and the rows that name them', async () => {
  const [ada, bob] = [uuidv7(), uuidv7()];
  const [one, theirs] = [await upload(ada), await upload(bob)];
  const waiting = await upload(ada, false);
  expect((await fetch(one.url)).status).toBe(200);
  await service.as(ada).execute('mutation { requestDataExport { export { id } } }');
  expect(await erased(service, ada)).toEqual({ media: 2, archives: 1 });
  expect((await fetch(one.url)).status).toBe(404);
  expect((await fetch(theirs.url)).status).toBe(200);
  const names = (await readdir(home.dataDir, { recursive: true })).join('\n');
  expect(names).not.toContain(uuidOf(one.id));
  expect(names).not.toContain(uuidOf(waiting.id));
  expect(names).toContain(uuidOf(theirs.id));
  expect(dataOf(await service.as(ada).execute(`{ media(id: "${one.id}") { id } }`)).media).toBeNull();
  expect(await erased(service, ada)).toEqual({ media: 0, archives: 0 });
});
