import { hasVisible } from '@socialhub/platform/text/visible';
import { textsNow } from '#texts';
import { attemptKey } from '../../forms/attempt-key.ts';
import { countOf } from '../../forms/call-arguments.ts';
import { formFaults, messageOf, readFields } from '../../forms/form-state.ts';
import type { Send } from '../../gateway/send.ts';
import { randomKey } from '../../text/random-key.ts';
import { type Audience, audienceOf } from './audience.ts';
import { CreatePostDocument } from './generated/documents.ts';

/** key: the idempotency key of the next attempt; it changes once a post was made, or is written otherwise, so that a retry makes no second. */
export interface ComposeState {
  key: string;
  text: string;
  contentWarning: string;
  visibility: Audience;
  fault: string | null;
  posted: number;
  /** The post that was made. */
  postId: string | null;
}

const names = ['text', 'contentWarning', 'visibility', 'quoteOfId', 'mediaIds', 'key'] as const;

/** Posts what the form says, or gives back what was typed with the reason. `mediaIds` are apart by spaces. */
export async function createPost(send: Send, form: unknown, before: unknown): Promise<ComposeState> {
  const t = await textsNow('composer');
  const { quoteOfId, mediaIds: ids, ...typed } = readFields(form, names);
  const text = typed.text.replaceAll('\r\n', '\n');
  const mediaIds = ids.split(' ').filter((id) => id !== '');
  const sent = /^[\w-]{1,200}$/.test(typed.key) ? typed.key : randomKey();
  const { contentWarning, visibility } = typed;
  const key = attemptKey(
    before,
    sent,
    { text, contentWarning, visibility: audienceOf(visibility) },
    randomKey,
  );
  const state: ComposeState = {
    key,
    text,
    contentWarning: typed.contentWarning,
    visibility: audienceOf(typed.visibility),
    fault: null,
    posted: countOf(before, 'posted'),
    postId: null,
  };
  if (!hasVisible(text) && mediaIds.length === 0) return { ...state, fault: t('writeSomethingFirst') };
  const input = {
    text,
    visibility: state.visibility,
    idempotencyKey: key,
    ...(typed.contentWarning.trim() && { contentWarning: typed.contentWarning }),
    ...(mediaIds.length > 0 && { mediaIds }),
    ...(quoteOfId && { quoteOfId }),
  };
  const { data, faults } = await send(CreatePostDocument, { input });
  const postId = data?.createPost?.post.id;
  if (postId === undefined) {
    const labels = {
      text: t('aPost'),
      contentWarning: t('aWarning'),
      mediaIds: t('thePictures'),
      quoteOfId: t('theQuoted'),
    };
    const { fields, message } = await formFaults(faults, {}, labels);
    return { ...state, fault: Object.values(fields)[0] ?? message ?? (await messageOf(faults[0])) };
  }
  const posted = state.posted + 1;
  return { ...state, key: randomKey(), text: '', contentWarning: '', posted, postId };
}
