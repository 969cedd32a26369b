import { PostCreated } from '@socialhub/platform/contracts/post';
import { PostAppeared } from '@socialhub/platform/contracts/signals';
import { runIdempotent } from '@socialhub/platform/database/idempotency';
import { publish, signalAfterCommit } from '@socialhub/platform/events/outbox';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { uuidv7 } from '@socialhub/platform/ids';
import { checkOwnMedia } from '@socialhub/platform/replicas/own-media';
import type { CreatePostInput } from '../../generated/resolvers.ts';
import type { Reader, Tx } from '../../store/client.ts';
import { insertPost, listReaders, type PostRow, updateQuoted } from '../../store/posts/posts.ts';
import { requireRepeatable } from '../reposts/no-repost.ts';
import { mentionedPeople } from '../text/mentioned-people.ts';
import { postLexemes } from '../text/post-lexemes.ts';
import { checkContentWarning, checkPostText } from '../text/post-text.ts';
import { referencesIn } from '../text/references.ts';

type Draft = Pick<PostRow, 'text' | 'contentWarning' | 'visibility' | 'mediaIds' | 'quoteOfId'> & {
  idempotencyKey: string | null | undefined;
};

/** Checks what can be checked before a transaction is open; may wait for media. */
export async function draftPost(
  { db, arrivedAt }: { db: { prisma: Reader }; arrivedAt: number },
  viewer: Viewer,
  input: CreatePostInput,
): Promise<Draft> {
  const hasMedia = (input.mediaIds ?? []).length > 0;
  const text = checkPostText(input.text, hasMedia);
  const contentWarning = checkContentWarning(input.contentWarning);
  const mediaIds = await checkOwnMedia(db.prisma, { viewerId: viewer.userId, arrivedAt }, input.mediaIds);
  const { idempotencyKey, quoteOfId = null } = input;
  return {
    text,
    contentWarning,
    visibility: input.visibility ?? 'PUBLIC',
    mediaIds,
    quoteOfId,
    idempotencyKey,
  };
}

/** Writes the post and tells of it; gives its id, the same one for the same idempotency key. */
export function createPost(tx: Tx, viewer: Viewer, { idempotencyKey, ...draft }: Draft): Promise<string> {
  return runIdempotent(
    tx,
    { viewerId: viewer.userId, operation: 'createPost', key: idempotencyKey },
    async () => {
      const authorId = viewer.userId;
      const id = uuidv7();
      const { hashtags, usernames } = referencesIn(draft.text);
      const mentionedIds = await mentionedPeople(tx, authorId, usernames);
      const quotedAuthorId = draft.quoteOfId && (await countQuote(tx, authorId, draft.quoteOfId));
      const post = { id, authorId, ...draft, hashtags, mentionedIds };
      const createdAt = await insertPost(tx, post, postLexemes(post));
      // Quoting somebody who may not read the post must not tell them of it.
      const [quoteOfAuthorId = null] = quotedAuthorId ? await listReaders(tx, id, [quotedAuthorId]) : [];
      await publish(tx, PostCreated, {
        postId: id,
        authorId,
        visibility: draft.visibility,
        mentionedIds,
        quoteOfId: draft.quoteOfId,
        quoteOfAuthorId,
        createdAt: createdAt.toISOString(),
      });
      await signalAfterCommit(tx, PostAppeared, { postId: id, authorId });
      return id;
    },
  );
}

/** Locks what is quoted, before anything else of posts is; gives its author. */
async function countQuote(tx: Tx, viewerId: string, quoteOfId: string): Promise<string> {
  const quoted = requireRepeatable(await updateQuoted(tx, viewerId, quoteOfId), 'input.quoteOfId');
  return quoted.authorId;
}
