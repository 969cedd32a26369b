import { notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { SetAltTextInput } from '../generated/resolvers.ts';
import type { Tx } from '../store/client.ts';
import { updateAltText } from '../store/media.ts';
import { checkAltText } from './alt-text.ts';

/** Says what media of the viewer's own shows, wherever it is shown already, and gives its id. Throws NOT_FOUND, BAD_USER_INPUT. */
export async function setAltText(tx: Tx, viewer: Viewer, input: SetAltTextInput): Promise<string> {
  const { mediaId: id } = input;
  const altText = checkAltText(input.altText);
  if (!(await updateAltText(tx, { id, ownerId: viewer.userId, altText }))) throw notFound('Media');
  return id;
}
