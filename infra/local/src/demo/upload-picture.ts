import { drawPicture } from './draw-picture.ts';
import type { DemoPicture } from './pictures.ts';

/** Uploads a picture of somebody's; gives its id. */
export async function uploadPicture(
  { motif, hue, altText }: Pick<DemoPicture, 'motif' | 'hue' | 'altText'>,
  execute: (query: string, variables: object) => Promise<Record<string, unknown>>,
): Promise<string> {
  const picture = drawPicture(motif, hue);
  const { payload } = (await execute(
    `mutation ($input: CreateUploadInput!) { payload: createUpload(input: $input) {
      media { id } ticket { url fields { name value } } } }`,
    { input: { mimeType: 'image/png', byteSize: picture.length, altText } },
  )) as {
    payload: { media: { id: string }; ticket: { url: string; fields: { name: string; value: string }[] } };
  };
  const form = new FormData();
  for (const { name, value } of payload.ticket.fields) form.append(name, value);
  form.append('file', new Blob([picture], { type: 'image/png' }));
  const response = await fetch(payload.ticket.url, { method: 'POST', body: form });
  if (!response.ok) throw new Error(`the demo's picture could not be sent: ${response.status}`);
  const { id } = payload.media;
  await execute(
    'mutation ($input: CompleteUploadInput!) { completeUpload(input: $input) { media { status } } }',
    { input: { mediaId: id } },
  );
  return id;
}
