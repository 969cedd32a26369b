import type { PictureFragment as Picture } from './generated/media-grid.ts';
import { OwnPicture } from './own-picture.tsx';

/** What their owner can do to the pictures of a post: describe them, and delete them. */
export function OwnPictures({ postId, media }: { postId: string; media: Picture[] | null }) {
  return media?.map(({ id, altText }, at) => (
    <OwnPicture
      key={id}
      postId={postId}
      mediaId={id}
      altText={altText ?? ''}
      name={media.length === 1 ? 'your picture' : `picture ${at + 1} of ${media.length}`}
    />
  ));
}
