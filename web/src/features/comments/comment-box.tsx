'use client';

import { graphemes } from '@socialhub/platform/text/graphemes';
import { hasVisible } from '@socialhub/platform/text/visible';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTexts } from '#texts';
import { useChange } from '../../graph/use-change.ts';
import { randomKey } from '../../text/random-key.ts';
import { CharactersLeft } from '../../ui/characters-left.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { useTypedBefore } from '../../ui/use-typed-before.ts';
import { newWaiting, putWaiting, removeWaiting } from '../outbox/outbox.ts';
import { WRITE } from '../post/write-comment.ts';
import { useCommenting } from './commenting.tsx';
import styles from './comments.module.css';
import { createCommentAction } from './create-comment.action.ts';
import { WaitingCommentList } from './waiting-comment-list.tsx';
import { COMMENT, type WaitingComment } from './waiting-comments.ts';

const LIMIT = 500;
// Whoever pastes a book need not know by how much it is too long, at every key.
const MOST_COUNTED = 10_000;

/** The box for a comment on a post, or for a reply. `onMade` is the one of the first render. */
export function CommentBox({
  postId,
  parentId = null,
  onMade,
}: {
  postId: string;
  parentId?: string | null;
  onMade?: () => void;
}) {
  const t = useTexts('comments');
  const notReached = useTexts('faults')('unavailable');
  const { author, firstKey } = useCommenting();
  const { state, pending, form } = useChange(
    createCommentAction,
    { key: `${firstKey}:${parentId ?? postId}`, text: '', fault: null, made: 0 },
    async () => {
      const { createComment } = await import('./create-comment.ts');
      return (send, sent, before) => createComment(send, sent, before, author);
    },
  );
  const [text, setText] = useState(state.text);
  // Why what was written here cannot wait.
  const [notKept, setFault] = useState<string | null>(null);
  const fault = notKept ?? state.fault;
  const area = useRef<HTMLTextAreaElement>(null);
  const keyField = useRef<HTMLInputElement>(null);
  const attempt = useRef<{ key: string; text: string } | null>(null);
  const whenMade = useRef(onMade);
  const latest = useRef(text);
  latest.current = text;
  const field = `answer-${parentId ?? postId}`;
  const left = LIMIT - graphemes(text, MOST_COUNTED);
  useTypedBefore(area, setText);

  /** The same comment once more has the same key, so that it is made once; another one has its own. */
  function keyOfAttempt(): string {
    if (attempt.current?.text !== text) attempt.current = { key: randomKey(), text };
    return attempt.current.key;
  }

  /** Lets it wait for a connection. */
  async function letWait() {
    const key = keyOfAttempt();
    const comment: WaitingComment = {
      ...newWaiting(COMMENT, `comments ${postId}`, key),
      postId,
      parentId,
      text,
    };
    if (await putWaiting(comment)) {
      attempt.current = null;
      setText('');
    } else {
      removeWaiting(key);
      setFault(notReached);
    }
    area.current?.focus();
  }

  function onSubmit(event: Parameters<NonNullable<typeof form.onSubmit>>[0]) {
    setFault(null);
    if (keyField.current) keyField.current.value = keyOfAttempt();
    if (navigator.onLine || !hasVisible(text)) return form.onSubmit?.(event);
    event.preventDefault();
    void letWait();
  }

  useEffect(() => {
    if (state.fault !== null) area.current?.focus();
    else if (state.made > 0) {
      const isNext = attempt.current !== null && latest.current !== attempt.current.text;
      attempt.current = null;
      // What was written meanwhile is the next comment.
      if (isNext) return;
      setText('');
      whenMade.current?.();
    }
  }, [state]);

  useEffect(() => {
    if (parentId !== null) return;
    // Who came to write begins at once, also by a link of this page to where it is already.
    const isHere = (address: { hash: string }) => address.hash === `#${WRITE}`;
    const begin = ({ target }: MouseEvent) => {
      const link = target instanceof Element ? target.closest('a') : null;
      if (link && isHere(link) && link.pathname === location.pathname) area.current?.focus();
    };
    if (isHere(location)) area.current?.focus();
    document.addEventListener('click', begin);
    return () => document.removeEventListener('click', begin);
  }, [parentId]);

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !pending)
      event.currentTarget.form?.requestSubmit();
  }

  const made = parentId === null ? t('commentPublished') : t('replyPublished');
  return (
    <form
      action={form.action}
      onSubmit={onSubmit}
      id={parentId === null ? WRITE : undefined}
      className={styles.box}
    >
      <input type="hidden" name="postId" value={postId} />
      <input type="hidden" name="parentId" value={parentId ?? ''} />
      <input ref={keyField} type="hidden" name="key" defaultValue={state.key} />
      <label htmlFor={field} className="visually-hidden">
        {parentId === null ? t('yourComment') : t('yourReply')}
      </label>
      <textarea
        ref={area}
        id={field}
        name="text"
        rows={2}
        dir="auto"
        placeholder={parentId === null ? t('writeComment') : t('writeReply')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? `${field}-fault ${field}-left` : `${field}-left`}
      />
      {fault && (
        <p id={`${field}-fault`} role="alert" className={styles.fault}>
          {fault}
        </p>
      )}
      <p className={styles.row}>
        <CharactersLeft left={left} id={`${field}-left`} className={styles.left} />
        <PendingButton className="button primary" pending={pending} waiting={t('sending')}>
          {parentId === null ? t('comment') : t('reply')}
        </PendingButton>
      </p>
      <WaitingCommentList postId={postId} parentId={parentId} onRemoved={() => area.current?.focus()} />
      <p role="status" className="visually-hidden">
        {state.made > 0 ? made : ''}
      </p>
    </form>
  );
}
