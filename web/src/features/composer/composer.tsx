'use client';

import { graphemes } from '@socialhub/platform/text/graphemes';
import { tokensOf } from '@socialhub/platform/text/tokens';
import { useRouter } from 'next/navigation';
import {
  type ClipboardEvent,
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  useActionState,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useTexts } from '#texts';
import { CharactersLeft } from '../../ui/characters-left.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { useTypedBefore } from '../../ui/use-typed-before.ts';
import { filesOf } from '../media/picture-files.ts';
import { UploadButton } from '../media/upload-button.tsx';
import { UploadTray } from '../media/upload-tray.tsx';
import { CompletionList } from './completion-list.tsx';
import { AudienceField, ContentWarning, DropPlace } from './compose-fields.tsx';
import styles from './composer.module.css';
import { createPostAction } from './create-post.action.ts';
import { OutboxList } from './outbox-list.tsx';
import { useCompletion } from './use-completion.ts';
import { useCompose } from './use-compose.ts';

const LIMIT = 500;
// Whoever pastes a book need not know by how much it is too long, at every key.
const MOST_COUNTED = 10_000;

/**
 * The form for a new post. Its words are sent without JavaScript too; with it there are pictures, and what is written stays until it
 * is posted. `firstKey` makes a first attempt that is sent twice one post. With `quoteOfId` it quotes what `children` show.
 */
export function Composer(props: {
  firstKey: string;
  viewerId: string | null;
  text?: string;
  quoteOfId?: string | null;
  /** Where one is once it is posted: here, or at the post; who came to write begins at once. */
  next?: 'here' | 'post';
  children?: ReactNode;
}) {
  const t = useTexts('composer');
  const { firstKey, viewerId, text: given = '', quoteOfId = null, next = 'here', children } = props;
  const router = useRouter();
  const [first, action] = useActionState(createPostAction, {
    key: firstKey,
    text: given,
    contentWarning: '',
    visibility: 'PUBLIC',
    fault: null,
    posted: 0,
    postId: null,
  });
  const compose = useCompose({
    viewerId,
    quoteOfId,
    first,
    isFresh: given !== '',
    onPosted: (postId) => {
      if (next === 'post') router.push(`/post/${encodeURIComponent(postId)}`);
    },
  });
  const { words, change, uploads, items, addPictures, fault, pending, posted, send, waiting } = compose;
  const area = useRef<HTMLTextAreaElement>(null);
  const completion = useCompletion(area);
  const hasScript = useHasScript();
  const isForNobody = words.visibility === 'MENTIONED' && !namesSomebody(words.text);
  const left = LIMIT - graphemes(words.text, MOST_COUNTED);

  useTypedBefore(area, (text) => change({ text }));

  useEffect(() => {
    if (fault) area.current?.focus();
  }, [fault]);

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    send();
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (completion.onKeyDown(event)) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
  }

  function onPaste(event: ClipboardEvent) {
    const files = filesOf(event.clipboardData);
    // Of what can be had as text, the text is meant.
    if (files.length === 0 || event.clipboardData.types.includes('text/plain')) return;
    event.preventDefault();
    void addPictures(files);
  }

  return (
    <section aria-labelledby="compose-title" className={styles.box}>
      <h2 id="compose-title" className="visually-hidden">
        {t('newPost')}
      </h2>
      <DropPlace onFiles={(files) => void addPictures(files)}>
        <form action={action} onSubmit={onSubmit}>
          <input type="hidden" name="key" value={first.key} />
          <input type="hidden" name="quoteOfId" value={quoteOfId ?? ''} />
          <input type="hidden" name="next" value={next} />
          <label htmlFor="compose-text" className="visually-hidden">
            {t('whatWouldLikeSay')}
          </label>
          <textarea
            ref={area}
            id="compose-text"
            name="text"
            rows={next === 'post' ? 6 : 3}
            // biome-ignore lint/a11y/noAutofocus: it is what one came for.
            autoFocus={next === 'post'}
            dir="auto"
            placeholder={t('whatWouldLikeSay')}
            value={words.text}
            onChange={(event) => change({ text: event.target.value })}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            {...completion.area}
            aria-invalid={fault ? true : undefined}
            aria-describedby={fault ? 'compose-fault compose-left' : 'compose-left'}
          />
          <CompletionList
            id={completion.listId}
            kind={completion.kind}
            suggestions={completion.suggestions}
            active={completion.active}
            onChoose={completion.choose}
          />
          {children}
          <UploadTray uploads={uploads} items={items} />
          {fault && (
            <p id="compose-fault" role="alert" className={styles.fault}>
              {fault}
            </p>
          )}
          {isForNobody && <p className={styles.hint}>{t('onlyThoseWhomName')}</p>}
          <ContentWarning value={words.warning} onChange={(warning) => change({ warning })} />
          <div className={styles.row}>
            {hasScript && <UploadButton onFiles={(files) => void addPictures(files)} />}
            <AudienceField value={words.visibility} onChange={(visibility) => change({ visibility })} />
            <div className={styles.end}>
              <CharactersLeft left={left} id="compose-left" className={styles.left} />
              <PendingButton className="button primary" pending={pending} waiting={t('posting')}>
                {t('post')}
              </PendingButton>
            </div>
          </div>
        </form>
      </DropPlace>
      <OutboxList
        posts={waiting}
        onEdit={(post) => void compose.takeBack(post).then(() => area.current?.focus())}
        onRemoved={() => area.current?.focus()}
      />
      <p role="status" className="visually-hidden">
        {posted > 0 && !pending ? t('postPublished') : ''}
      </p>
    </section>
  );
}

const namesSomebody = (text: string): boolean =>
  text.length <= MOST_COUNTED && tokensOf(text).some(({ kind }) => kind === 'mention');

/** Whether the page's script is here: what cannot be done without it is not offered before. */
function useHasScript(): boolean {
  const [isHere, setIsHere] = useState(false);
  useEffect(() => setIsHere(true), []);
  return isHere;
}
