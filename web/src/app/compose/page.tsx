import Link from 'next/link';
import { redirect } from 'next/navigation';
import { textsNow, useTexts } from '#texts';
import { composePath } from '../../features/composer/compose-path.ts';
import { Composer } from '../../features/composer/composer.tsx';
import { PostContentFragmentDoc } from '../../features/post/generated/post-card.ts';
import { QuotedPost } from '../../features/post/post-body.tsx';
import { hasCode } from '../../gateway/faults.ts';
import { PostToQuoteQuery } from '../../gateway/operations.ts';
import { readPart } from '../../graph/read-part.ts';
import { titled } from '../../i18n/titled.ts';
import { askSignedIn, signedInFor } from '../../session/current-session.ts';
import { LoadFault } from '../../ui/load-fault.tsx';
import { Notice, Unavailable } from '../../ui/notice.tsx';

export const generateMetadata = titled('composer', 'newPost');

/** Far more than any post has: an address may hold anything. */
const mostText = 5_000;

/** A page to write a post: `text` is what it begins with, `quote` what it quotes. */
export default async function ComposePage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const t = await textsNow('composer');
  const { quote, text } = await searchParams;
  const quoteOfId = typeof quote === 'string' && quote !== '' ? quote : null;
  const given = typeof text === 'string' ? text.slice(0, mostText) : '';
  const path = composePath({ quoteOfId, text: given });
  const composer = (viewerId: string | null, children?: React.ReactNode) => (
    <Composer
      firstKey={crypto.randomUUID()}
      viewerId={viewerId}
      text={given}
      quoteOfId={quoteOfId}
      next="post"
    >
      {children}
    </Composer>
  );
  if (quoteOfId === null) {
    const session = await signedInFor(path);
    if (session.state === 'unavailable') return <Page content={<Unavailable href={path} />} />;
    return <Page content={composer(session.viewer?.id ?? null)} />;
  }

  const { data, faults } = await askSignedIn(path, PostToQuoteQuery, { id: quoteOfId });
  const post = data?.post;
  if (post?.repostOf) redirect(composePath({ quoteOfId: post.repostOf.id, text: given }));
  const canBeQuoted = post?.visibility === 'PUBLIC' && !post.author?.isPrivate;
  const isGone = post === null && (faults.length === 0 || hasCode(faults, 'BAD_USER_INPUT'));
  if (!post && !isGone) return <Page content={<LoadFault faults={faults} href={path} />} />;
  if (!canBeQuoted) {
    return (
      <Page
        content={
          <Notice title={t('postCantBeQuoted')}>
            <p>{t('goneOrNotFor')}</p>
            <p>
              <Link href="/compose" className="button" prefetch={false}>
                {t('writePostOwn')}
              </Link>
            </p>
          </Notice>
        }
      />
    );
  }
  const quoted = <QuotedPost id="quoted" post={readPart(PostContentFragmentDoc, post)} />;
  return <Page content={composer(data?.viewer?.id ?? null, quoted)} />;
}

function Page({ content }: { content: React.ReactNode }) {
  const t = useTexts('composer');
  return (
    <div className="column">
      <h1 className="page-title">{t('newPost')}</h1>
      {content}
    </div>
  );
}
