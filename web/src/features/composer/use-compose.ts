'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useRef, useState, useTransition } from 'react';
import { useTexts } from '#texts';
import type { Graph } from '../../graph/client.ts';
import { useGraph } from '../../graph/live.tsx';
import { refreshPage } from '../../graph/page-asked.ts';
import { randomKey } from '../../text/random-key.ts';
import type { KeptUpload, Upload } from '../media/upload-list.ts';
import { useUploads } from '../media/use-uploads.ts';
import { newWaiting, putWaiting, removeWaiting } from '../outbox/outbox.ts';
import { useWaiting } from '../outbox/use-waiting.ts';
import { composePath } from './compose-path.ts';
import { createPostAction } from './create-post.action.ts';
import type { ComposeState } from './create-post.ts';
import { type Draft, draftKey, isEmpty } from './draft.ts';
import { postForm } from './post-form.ts';
import { useDraft } from './use-draft.ts';
import { POSTS, type WaitingPost, waitingPosts } from './waiting-posts.ts';

/** More than any post takes: how many it takes the graph says. */
const most = 10;

/** What is written of a post, besides its pictures. */
export type Words = Pick<Draft, 'text' | 'warning' | 'visibility'>;

/**
 * A post that is being written: its words and pictures, kept until it is posted, and what sends it. `first` is what the page begins
 * with; `isFresh` says that it was asked for, so that no draft takes its place.
 */
export function useCompose(o: {
  viewerId: string | null;
  quoteOfId: string | null;
  first: ComposeState;
  isFresh: boolean;
  onPosted: (postId: string) => void;
}) {
  const t = useTexts('composer');
  const { first, quoteOfId } = o;
  const notReached = useTexts('faults')('unavailable');
  const [words, setWords] = useState<Words>({
    text: first.text,
    warning: first.contentWarning,
    visibility: first.visibility,
  });
  const [attempt, setAttempt] = useState<Draft['attempt']>(null);
  const [fault, setFault] = useState(first.fault);
  const [posted, setPosted] = useState(first.posted);
  const [pending, startTransition] = useTransition();
  const graph = useGraph();
  const router = useRouter();
  const { uploads, items } = useUploads(most);
  const isSending = useRef(false);
  const waiting = useWaiting(waitingPosts);
  const key = o.viewerId === null ? null : draftKey(o.viewerId, quoteOfId);
  const draft = { ...words, attempt, pictures: items.map(keptOf) };
  const kept = useDraft(key, draft, {
    isFresh: o.isFresh || first.fault !== null,
    restore({ pictures, attempt: before, ...rest }) {
      setWords(rest);
      setAttempt(before);
      uploads.restore(pictures);
    },
  });

  const change = useCallback((part: Partial<Words>) => setWords((before) => ({ ...before, ...part })), []);

  async function addPictures(files: File[]): Promise<void> {
    const areAllTaken = await uploads.add(files);
    setFault(areAllTaken ? null : t('postDoesNotTake'));
  }

  /** Begins anew, but for what was written since these words were sent: that is the next post. */
  function clear(sent: Words): void {
    setWords((now) =>
      now.text === sent.text && now.warning === sent.warning ? { ...now, text: '', warning: '' } : now,
    );
    setAttempt(null);
    setFault(null);
    uploads.clear();
    kept.forget();
  }

  /** The same post once more has the same key, so that it is made once; another one has its own. */
  function attemptAt(mediaIds: readonly (string | null)[]): NonNullable<Draft['attempt']> {
    const content = contentOf(words, mediaIds, quoteOfId);
    return attempt?.content === content ? attempt : { key: randomKey(), content };
  }

  /** Lets it wait for a connection; false where it cannot, or is nothing yet. */
  async function letWait(): Promise<boolean> {
    if (o.viewerId === null || (words.text.trim() === '' && items.length === 0)) return false;
    const { pictures } = draft;
    const { key } = attemptAt(pictures.map(({ mediaId }) => mediaId));
    const { kind, lane } = POSTS;
    const post: WaitingPost = { ...newWaiting(kind, lane, key), ...words, pictures, quoteOfId };
    if (await putWaiting(post)) {
      clear(words);
      return true;
    }
    removeWaiting(key);
    return false;
  }

  /** Takes back what waits, where nothing else is being written. */
  async function takeBack({ key, text, warning, visibility, pictures, quoteOfId: quoted }: WaitingPost) {
    if (!isEmpty(draft)) return setFault(t('postOrClearWhat'));
    if (quoted !== quoteOfId) return router.push(composePath({ quoteOfId: quoted }));
    removeWaiting(key);
    const taken = { text, warning, visibility };
    setWords(taken);
    setAttempt({
      key,
      content: contentOf(
        taken,
        pictures.map(({ mediaId }) => mediaId),
        quoted,
      ),
    });
    uploads.restore(pictures);
  }

  async function post(): Promise<string | null> {
    if (!navigator.onLine && (await letWait())) return null;
    const mediaIds = await uploads.settled();
    const now = attemptAt(mediaIds);
    setAttempt(now);
    const form = postForm({ ...words, quoteOfId, mediaIds, key: now.key });
    const state = await sendPost(graph, form).catch(() => null);
    if (!state?.postId) return state?.fault ?? notReached;
    clear(words);
    // What the server makes of this page has it too.
    if (graph) refreshPage(router);
    setPosted((before) => before + 1);
    o.onPosted(state.postId);
    return null;
  }

  function send(): void {
    if (isSending.current) return;
    isSending.current = true;
    setFault(null);
    startTransition(async () => {
      const told = await post().catch((error: unknown) =>
        error instanceof Error ? error.message : notReached,
      );
      isSending.current = false;
      if (told !== null) setFault(told);
    });
  }

  return {
    words,
    change,
    uploads,
    items,
    addPictures,
    fault,
    pending,
    posted,
    send,
    waiting,
    takeBack,
  };
}

/** By the browser's client where it is here, else by the form's action. Throws where it does not arrive, or cannot be loaded. */
async function sendPost(graph: Graph | null, form: FormData): Promise<ComposeState> {
  if (!graph) return createPostAction(null, form);
  const [{ createPost }, { sendBy }] = await Promise.all([
    import('./create-post.ts'),
    import('../../graph/send-by.ts'),
  ]);
  return createPost(sendBy(graph.client), form, null);
}

const contentOf = (words: Words, mediaIds: readonly (string | null)[], quoteOfId: string | null): string =>
  JSON.stringify([words, mediaIds, quoteOfId]);

const keptOf = ({ key, file, altText, state }: Upload): KeptUpload => ({
  key,
  file,
  altText,
  mediaId: state.kind === 'ready' ? state.mediaId : null,
});
