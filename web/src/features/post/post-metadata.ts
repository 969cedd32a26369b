import type { Metadata } from 'next';
import { textsNow } from '#texts';
import { excerpt } from '../../text/excerpt.ts';
import type { PostQuery } from './generated/documents.ts';

type Post = NonNullable<PostQuery['post']>;

/** What a post says of itself where its address is shown: of one with a warning no more than that. */
export async function postMetadata(post: Post): Promise<Metadata> {
  const t = await textsNow('post');
  const { text, contentWarning, author, media } = post;
  const name = author?.displayName ?? t('somebody');
  const said = contentWarning ? t('warned', { warning: contentWarning }) : text;
  const title = said === '' ? t('pictureOf', { name }) : t('saidBy', { name, said: excerpt(said, 60) });
  const description = excerpt(said, 200) || t('shownBy', { name });
  const picture = contentWarning ? undefined : media?.find(({ kind, large }) => kind === 'IMAGE' && large);
  const path = `/post/${encodeURIComponent(post.id)}`;
  return {
    title,
    description,
    alternates: { canonical: path },
    robots: post.visibility === 'PUBLIC' ? undefined : { index: false },
    openGraph: {
      type: 'article',
      siteName: 'SocialHub',
      title,
      description,
      url: path,
      ...(picture?.large && {
        images: [{ url: picture.large, alt: picture.altText ?? '', ...sizeOf(picture) }],
      }),
    },
    twitter: { card: picture ? 'summary_large_image' : 'summary' },
  };
}

const sizeOf = ({ width, height }: { width: number | null; height: number | null }) =>
  width !== null && height !== null ? { width, height } : {};
