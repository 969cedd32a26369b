import { textsNow } from '#texts';
import { messageOf } from '../../forms/form-state.ts';
import type { Graph } from '../../graph/client.ts';
import { sendBy } from '../../graph/send-by.ts';
import { checkFile } from '../media/check-file.ts';
import { mediaLimits, type ShowSent, upload } from '../media/upload.ts';
import { UploadFault } from '../media/upload-fault.ts';
import { UpdateProfileDocument } from './generated/documents.ts';
import { PICTURE_KINDS, type PictureKind } from './picture-kinds.ts';

/* One's picture on its way, from the file to the profile. Loaded by `import()` alone: it needs the graph. */

/** Of the file of which a part is kept: larger ones than are stored. */
const mostFileBytes = 64_000_000;

/** Gives the picture that a file is. Throws UploadFault for one that cannot be used. */
export async function readPicture(graph: Graph, file: Blob): Promise<ImageBitmap> {
  const t = await textsNow('profile');
  await checkFile(file, { ...(await mediaLimits(graph)), maxImageBytes: mostFileBytes });
  return createImageBitmap(file).catch(() => {
    throw new UploadFault(t('damaged'));
  });
}

/** Uploads a picture and makes it one's own, or one's banner. `key` makes of all attempts one. Throws UploadFault, and the signal's reason. */
export async function savePicture(
  graph: Graph,
  kind: PictureKind,
  picture: Blob,
  options: { key: string; signal: AbortSignal; show: ShowSent },
): Promise<void> {
  const id = await upload(graph, picture, options);
  const input = { [PICTURE_KINDS[kind].field]: id };
  const { faults } = await sendBy(graph.client)(UpdateProfileDocument, { input });
  if (faults.length > 0) throw new UploadFault(await messageOf(faults[0]), true);
}
