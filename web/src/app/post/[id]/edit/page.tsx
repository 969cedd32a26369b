import { notFound } from 'next/navigation';
import { textsNow } from '#texts';
import { EditPost } from '../../../../features/post/edit-post.tsx';
import { hasCode } from '../../../../gateway/faults.ts';
import { EditablePostQuery } from '../../../../gateway/operations.ts';
import { titled } from '../../../../i18n/titled.ts';
import { askSignedIn } from '../../../../session/current-session.ts';
import { LoadFault } from '../../../../ui/load-fault.tsx';

export const generateMetadata = titled('post', 'editPost');

/** Lets the author of a post change its text and its content warning. */
export default async function EditPostPage({ params }: { params: Promise<{ id: string }> }) {
  const t = await textsNow('post');
  const { id } = await params;
  const path = `/post/${encodeURIComponent(id)}/edit` as const;
  const { data, faults } = await askSignedIn(path, EditablePostQuery, { id });
  const post = data?.post;
  if (post === null && (faults.length === 0 || hasCode(faults, 'BAD_USER_INPUT'))) notFound();
  // What is somebody else's is read, not changed.
  if (post && post.author?.id !== data.viewer?.id) notFound();
  return (
    <div className="column">
      <h1 className="page-title">{t('editPost')}</h1>
      {post ? <EditPost post={post} /> : <LoadFault faults={faults} href={path} />}
    </div>
  );
}
