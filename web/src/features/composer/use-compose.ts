'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useRef, useState, useTransition } from 'react';
import { messageOf } from '../../actions/form-state.ts';
import type { Graph } from '../../graph/client.ts';
import { useGraph } from '../../graph/live.tsx';
import { randomKey } from '../../text/random-key.ts';
import type { KeptUpload, Upload } from '../media/upload-list.ts';
import { useUploads } from '../media/use-uploads.ts';
import { createPostAction } from './create-post.action.ts';
import type { ComposeState } from './create-post.ts';
import { type Draft, draftKey } from './draft.ts';
import { useDraft } from './use-draft.ts';

/** More than any post takes: how many it takes the graph says. */
const most = 10;
const notReached = messageOf({ code: 'UNAVAILABLE', message: '', field: null, retryAfter: null });

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
  const { first, quoteOfId } = o;
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
    setFault(areAllTaken ? null : 'A post does not take more pictures than these.');
  }

  function clear(): void {
    setWords((before) => ({ ...before, text: '', warning: '' }));
    setAttempt(null);
    setFault(null);
    uploads.clear();
    kept.forget();
  }

  async function post(): Promise<string | null> {
    const mediaIds = await uploads.settled();
    const content = JSON.stringify([words, mediaIds, quoteOfId]);
    // The same post once more has the same key, so that it is made once; another one has its own.
    const now = attempt?.content === content ? attempt : { key: randomKey(), content };
    setAttempt(now);
    const data = new FormData();
    const fields = {
      text: words.text,
      contentWarning: words.warning,
      visibility: words.visibility,
      quoteOfId: quoteOfId ?? '',
      mediaIds: mediaIds.join(' '),
      key: now.key,
    };
    for (const [name, value] of Object.entries(fields)) data.set(name, value);
    const state = await sendPost(graph, data).catch(() => null);
    if (!state?.postId) return state?.fault ?? notReached;
    clear();
    // What the server makes of this page has it too.
    if (graph) router.refresh();
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

  return { words, change, uploads, items, addPictures, fault, pending, posted, send, clear };
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

const keptOf = ({ key, file, altText, state }: Upload): KeptUpload => ({
  key,
  file,
  altText,
  mediaId: state.kind === 'ready' ? state.mediaId : null,
});
