'use client';

import { graphemes } from '@socialhub/platform/text/graphemes';
import { type KeyboardEvent, useActionState, useEffect, useRef, useState } from 'react';
import { PendingButton } from '../../components/pending-button.tsx';
import styles from './composer.module.css';
import { createPost } from './create-post.action.ts';

const LIMIT = 500;
// Whoever pastes a book need not know by how much it is too long, at every key.
const MOST_COUNTED = 10_000;

/** The box for a new text post; `firstKey` makes a first attempt that is sent twice one post. */
export function Composer({ firstKey }: { firstKey: string }) {
  const [state, action, pending] = useActionState(createPost, {
    key: firstKey,
    text: '',
    visibility: 'PUBLIC',
    fault: null,
    posted: 0,
  });
  const [text, setText] = useState(state.text);
  const area = useRef<HTMLTextAreaElement>(null);
  const left = LIMIT - graphemes(text, MOST_COUNTED);

  useEffect(() => {
    setText(state.text);
    if (state.fault) area.current?.focus();
  }, [state]);

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !pending)
      event.currentTarget.form?.requestSubmit();
  }

  return (
    <section aria-labelledby="compose-title" className={styles.box}>
      <h2 id="compose-title" className="visually-hidden">
        New post
      </h2>
      <form action={action}>
        <input type="hidden" name="key" value={state.key} />
        <label htmlFor="compose-text" className="visually-hidden">
          What would you like to say?
        </label>
        <textarea
          ref={area}
          id="compose-text"
          name="text"
          rows={3}
          dir="auto"
          placeholder="What would you like to say?"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          aria-invalid={state.fault ? true : undefined}
          aria-describedby={state.fault ? 'compose-fault compose-left' : 'compose-left'}
        />
        {state.fault && (
          <p id="compose-fault" role="alert" className={styles.fault}>
            {state.fault}
          </p>
        )}
        <div className={styles.row}>
          <label htmlFor="compose-visibility" className="visually-hidden">
            Who can see it
          </label>
          <select
            id="compose-visibility"
            name="visibility"
            defaultValue={state.visibility}
            key={state.visibility}
          >
            <option value="PUBLIC">Everyone</option>
            <option value="FOLLOWERS">Followers only</option>
          </select>
          <span id="compose-left" className={styles.left} data-over={left < 0 || undefined}>
            {left}
            <span className="visually-hidden"> characters left</span>
          </span>
          <PendingButton className="button primary" pending={pending} waiting="Posting…">
            Post
          </PendingButton>
        </div>
      </form>
      <p role="status" className="visually-hidden">
        {state.posted > 0 ? 'Your post is published.' : ''}
      </p>
    </section>
  );
}
