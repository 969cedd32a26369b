'use client';

import { hasVisible } from '@socialhub/platform/text/visible';
import { type FormEvent, type KeyboardEvent, useActionState, useEffect, useRef, useState } from 'react';
import { PendingButton } from '../../components/pending-button.tsx';
import { useGraph } from '../../graph/live.tsx';
import { randomKey } from '../../text/random-key.ts';
import { messageText } from './message-text.ts';
import styles from './messages.module.css';
import { putPending } from './outbox.ts';
import { LONGEST_MESSAGE } from './page-size.ts';
import { sendMessage } from './send-message.action.ts';

/**
 * Where one writes. What is sent goes to the outbox where the graph is here, which shows it at once; else by the form, for which
 * `firstKey` makes a first attempt that is sent twice one message.
 */
export function SendBox({
  conversationId,
  firstKey,
  afterSeq,
  onSent,
}: {
  conversationId: string;
  firstKey: string;
  afterSeq: number;
  onSent: () => void;
}) {
  const graph = useGraph();
  const [state, action, pending] = useActionState(sendMessage, {
    key: firstKey,
    text: '',
    fault: null,
    sent: 0,
  });
  const [text, setText] = useState(state.text);
  const [fault, setFault] = useState(state.fault);
  const area = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    setText(state.text);
    setFault(state.fault);
    if (state.fault) area.current?.focus();
  }, [state]);

  function tell(isTyping: boolean) {
    if (graph)
      import('./live-chat.ts').then(
        ({ tellTyping }) => tellTyping(graph, conversationId, isTyping),
        () => undefined,
      );
  }

  function change(value: string) {
    setText(value);
    setFault(null);
    tell(hasVisible(value));
  }

  function onSubmit(event: FormEvent) {
    if (!graph) return;
    event.preventDefault();
    const read = messageText(text);
    if (read.fault) {
      setFault(read.fault);
      area.current?.focus();
      return;
    }
    const { text: said } = read;
    putPending({
      key: randomKey(),
      conversationId,
      text: said,
      replyTo: null,
      media: [],
      writtenAt: Date.now(),
      afterSeq,
      state: 'waiting',
      fault: null,
    });
    setText('');
    tell(false);
    onSent();
    area.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    // On a touch screen the key makes a line, as it does everywhere there.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    if (matchMedia('(pointer: coarse)').matches) return;
    event.preventDefault();
    if (!pending) event.currentTarget.form?.requestSubmit();
  }

  return (
    <form action={action} onSubmit={onSubmit} className={styles.send} aria-label="Write a message">
      <input type="hidden" name="conversationId" value={conversationId} />
      <input type="hidden" name="key" value={state.key} />
      {fault && (
        <p id="send-fault" role="alert" className={styles.fault}>
          {fault}
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
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
          aria-invalid={fault ? true : undefined}
          aria-describedby={fault ? 'send-fault' : undefined}
        />
        <PendingButton className="button primary" pending={pending} waiting="Sending…">
          Send
        </PendingButton>
      </div>
    </form>
  );
}
