import { useTexts } from '#texts';
import type { PictureFragment as Picture } from './generated/media-grid.ts';
import { OwnPicture } from './own-picture.tsx';

/** What their owner can do to the pictures of a post: describe them, and delete them. */
export function OwnPictures({ postId, media }: { postId: string; media: Picture[] | null }) {
  const t = useTexts('uploads');
  return media?.map(({ id, altText }, at) => (
    <OwnPicture
      key={id}
      postId={postId}
      mediaId={id}
      altText={altText ?? ''}
      name={media.length === 1 ? t('yourPicture') : t('pictureOf', { at: at + 1, n: media.length })}
    />
  ));
}
