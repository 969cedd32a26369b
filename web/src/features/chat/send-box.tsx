'use client';

import { type ClipboardEvent, type FormEvent, type KeyboardEvent, useActionState } from 'react';
import { useTexts } from '#texts';
import { useGraph } from '../../graph/live.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { filesOf } from '../media/picture-files.ts';
import { UploadButton } from '../media/upload-button.tsx';
import { UploadTray } from '../media/upload-tray.tsx';
import styles from './messages.module.css';
import { LONGEST_MESSAGE } from './page-size.ts';
import { sendMessage } from './send-message.action.ts';
import type { Writing } from './use-message-acts.ts';
import { type SendProps, useSend } from './use-send.ts';

/**
 * Where one writes. By the graph where that is here, with pictures, answers and other texts for what is written; else by the form, for
 * which `firstKey` makes a first attempt that is sent twice one message.
 */
export function SendBox({
  firstKey,
  onEditLast,
  ...props
}: SendProps & { firstKey: string; onEditLast: () => void }) {
  const t = useTexts('chat');
  const { conversationId, writing, onDone } = props;
  const graph = useGraph();
  const [state, action, pending] = useActionState(sendMessage, {
    key: firstKey,
    text: '',
    fault: null,
    sent: 0,
  });
  const { area, text, fault, isBusy, uploads, items, change, send, addPictures } = useSend(props, state);

  function onSubmit(event: FormEvent) {
    if (!graph) return;
    event.preventDefault();
    void send();
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' && writing.kind !== 'new') onDone();
    if (event.key === 'ArrowUp' && text === '' && writing.kind === 'new') onEditLast();
    // On a touch screen the key makes a line, as it does everywhere there.
    if (event.key !== 'Enter' || event.shiftKey || matchMedia('(pointer: coarse)').matches) return;
    event.preventDefault();
    if (!pending) event.currentTarget.form?.requestSubmit();
  }

  function onPaste(event: ClipboardEvent) {
    const files = filesOf(event.clipboardData);
    if (!graph || writing.kind === 'edit' || files.length === 0) return;
    event.preventDefault();
    void addPictures(files);
  }

  return (
    <form action={action} onSubmit={onSubmit} className={styles.send} aria-label={t('writeMessage')}>
      <input type="hidden" name="conversationId" value={conversationId} />
      <input type="hidden" name="key" value={state.key} />
      {writing.kind !== 'new' && <WritingAbout writing={writing} onDone={onDone} />}
      <UploadTray uploads={uploads} items={items} />
      {fault && (
        <p id="send-fault" role="alert" className={styles.fault}>
          {fault}
        </p>
      )}
      <div className={styles.sendRow}>
        {graph && writing.kind !== 'edit' && (
          <div className={styles.pictures}>
            <UploadButton onFiles={(files) => void addPictures(files)} />
          </div>
        )}
        <label htmlFor="send-text" className="visually-hidden">
          {t('messageField')}
        </label>
        <textarea
          ref={area}
          id="send-text"
          name="text"
          rows={1}
          dir="auto"
          placeholder={t('messageField')}
          maxLength={LONGEST_MESSAGE * 2}
          value={text}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          aria-invalid={fault ? true : undefined}
          aria-describedby={fault ? 'send-fault' : undefined}
        />
        <PendingButton className="button primary" pending={pending || isBusy} waiting={t('sending')}>
          {writing.kind === 'edit' ? t('save') : t('send')}
        </PendingButton>
      </div>
    </form>
  );
}

/** Which message one answers or edits, and the way to leave it. */
function WritingAbout({
  writing,
  onDone,
}: {
  writing: Exclude<Writing, { kind: 'new' }>;
  onDone: () => void;
}) {
  const t = useTexts('chat');
  const { kind, message } = writing;
  return (
    <div className={styles.about}>
      <p className={styles.answered}>
        <span className={styles.answeredName}>
          {kind === 'edit' ? t('editMessage') : `${t('replyTo')} `}
          {kind === 'answer' && <bdi>{message.sender?.displayName ?? t('nobody')}</bdi>}
        </span>
        <span className={styles.answeredText} dir="auto">
          {message.text || t('picture')}
        </span>
      </p>
      <button type="button" className="button quiet" onClick={onDone}>
        {t('cancel')}
      </button>
    </div>
  );
}
