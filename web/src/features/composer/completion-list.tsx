'use client';

import { useTexts } from '#texts';
import { Avatar } from '../../ui/avatar.tsx';
import styles from './completion-list.module.css';
import type { Suggestion } from './suggest.ts';

/** What may be meant, below the text in which it is written; chosen with the arrow keys and Enter, or by a press. */
export function CompletionList(props: {
  id: string;
  kind: 'mention' | 'hashtag';
  suggestions: readonly Suggestion[];
  active: number;
  onChoose: (suggestion: Suggestion) => void;
}) {
  const t = useTexts('composer');
  const { id, kind, suggestions, active, onChoose } = props;
  const count = suggestions.length;
  return (
    <div className={styles.place}>
      <p role="status" className="visually-hidden">
        {count > 0 && `${count} ${count === 1 ? 'suggestion' : 'suggestions'}`}
      </p>
      {count > 0 && (
        <div
          role="listbox"
          id={id}
          aria-label={kind === 'mention' ? t('people') : t('hashtags')}
          className={styles.list}
        >
          {suggestions.map((suggestion, at) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the text has the focus, and its keys.
            // biome-ignore lint/a11y/useFocusableInteractive: the text has the focus.
            <div
              key={suggestion.key}
              id={`${id}${at}`}
              role="option"
              aria-selected={at === active}
              className={styles.option}
              // The focus stays in the text.
              onPointerDown={(event) => event.preventDefault()}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onChoose(suggestion)}
            >
              {'person' in suggestion ? (
                <>
                  <Avatar person={suggestion.person} size={32} />
                  <span className={styles.name}>
                    <bdi className={styles.part}>{suggestion.person.displayName}</bdi>{' '}
                    <span className={`${styles.part} ${styles.handle}`}>{suggestion.text}</span>
                  </span>
                </>
              ) : (
                <span className={styles.name}>{suggestion.text}</span>
              )}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
