import type { Tx } from '../../store/client.ts';
import { clearImage, lockProfiles } from '../../store/profiles/profiles.ts';
import { markImageDeleted, type OwnedImage } from '../../store/profiles/ready-images.ts';

/** An image that its owner deleted is neither their avatar nor their banner any more, and can't become it again. */
export async function takeOffImage(tx: Tx, image: OwnedImage): Promise<void> {
  // Who is just putting it on has the profile's lock, and then looks whether it is there still.
  await lockProfiles(tx, [image.ownerId]);
  await markImageDeleted(tx, image);
  await clearImage(tx, image);
}
