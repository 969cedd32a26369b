'use client';

import { type KeyboardEvent, useActionState, useEffect, useRef, useState } from 'react';
import { PendingButton } from '../../components/pending-button.tsx';
import styles from './messages.module.css';
import { LONGEST_MESSAGE } from './page-size.ts';
import { sendMessage } from './send-message.action.ts';

/** Where one writes; `firstKey` makes a first attempt that is sent twice one message. */
export function SendBox({ conversationId, firstKey }: { conversationId: string; firstKey: string }) {
  const [state, action, pending] = useActionState(sendMessage, {
    key: firstKey,
    text: '',
    fault: null,
    sent: 0,
  });
  const [text, setText] = useState(state.text);
  const area = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    setText(state.text);
    if (state.fault) area.current?.focus();
  }, [state]);

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    // On a touch screen the key makes a line, as it does everywhere there.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    if (matchMedia('(pointer: coarse)').matches) return;
    event.preventDefault();
    if (!pending) event.currentTarget.form?.requestSubmit();
  }

  return (
    <form action={action} className={styles.send} aria-label="Write a message">
      <input type="hidden" name="conversationId" value={conversationId} />
      <input type="hidden" name="key" value={state.key} />
      {state.fault && (
        <p id="send-fault" role="alert" className={styles.fault}>
          {state.fault}
        </p>
      )}
      <div className={styles.sendRow}>
        <label htmlFor="send-text" className="visually-hidden">
          Message
        </label>
        <textarea
          ref={area}
          id="send-text"
          name="text"
          rows={1}
          dir="auto"
          placeholder="Write a message"
          maxLength={LONGEST_MESSAGE * 2}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          aria-invalid={state.fault ? true : undefined}
          aria-describedby={state.fault ? 'send-fault' : undefined}
        />
        <PendingButton className="button primary" pending={pending} waiting="Sending…">
          Send
        </PendingButton>
      </div>
    </form>
  );
}
