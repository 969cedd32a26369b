import { textsNow } from '#texts';
import { formFaults, messageOf, readFields } from '../../forms/form-state.ts';
import type { Send } from '../../gateway/send.ts';
import { RepostDocument, UndoRepostDocument } from './generated/documents.ts';
import { type RepostButtonFragment, RepostButtonFragmentDoc } from './generated/repost-button.ts';
import { standingOf } from './standing-of.ts';

/** Reposts a post or takes that back, as the form's `intent` says; gives a text when it is refused. */
export async function changeRepost(send: Send, form: unknown): Promise<string | null> {
  const t = await textsNow('post');
  const { intent, postId } = readFields(form, ['intent', 'postId']);
  if (intent !== 'repost' && intent !== 'undo') return await messageOf(undefined);
  const { faults } = await (intent === 'repost' ? repost(send, postId) : undoRepost(send, postId));
  if (faults.length === 0) return null;
  const { fields, message } = await formFaults(faults, {}, { postId: t('thisPost') });
  return fields.postId ?? message;
}

const repost = (send: Send, postId: string) =>
  send(
    RepostDocument,
    { postId },
    {
      expect(cache) {
        const post = standingOf(cache, RepostButtonFragmentDoc, postId);
        return post && { repost: { __typename: 'RepostPayload' as const, post: reposted(post, true) } };
      },
    },
  );

const undoRepost = (send: Send, postId: string) =>
  send(
    UndoRepostDocument,
    { postId },
    {
      expect(cache) {
        const post = standingOf(cache, RepostButtonFragmentDoc, postId);
        return (
          post && { undoRepost: { __typename: 'UndoRepostPayload' as const, post: reposted(post, false) } }
        );
      },
    },
  );

function reposted(post: RepostButtonFragment, viewerHasReposted: boolean): RepostButtonFragment {
  const change = Number(viewerHasReposted) - Number(post.viewerHasReposted);
  return { ...post, viewerHasReposted, repostCount: post.repostCount + change };
}
