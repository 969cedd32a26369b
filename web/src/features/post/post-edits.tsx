import { useTexts } from '#texts';
import { Time } from '../../ui/time.tsx';
import list from '../../ui/timeline.module.css';
import { WrittenText } from '../../ui/written-text.tsx';
import type { PostEditsQuery } from './generated/documents.ts';
import styles from './post-card.module.css';

type Edit = NonNullable<PostEditsQuery['post']>['edits']['edges'][number]['node'];

/** Earlier texts of a post, oldest first. */
export function PostEdits({ edits }: { edits: Edit[] }) {
  const t = useTexts('post');
  if (edits.length === 0) return <p>{t('noEarlierText')}</p>;
  return (
    <ol className={list.list}>
      {edits.map(({ text, contentWarning, editedAt }) => (
        <li key={editedAt} className={styles.card}>
          <p className={styles.meta}>
            {t('replaced')} <Time of={editedAt} as="exact" />
          </p>
          {contentWarning && (
            <p className={styles.text}>
              <span className={styles.warningLabel}>{t('contentWarning')}</span> <bdi>{contentWarning}</bdi>
            </p>
          )}
          <WrittenText text={text} className={styles.text} />
        </li>
      ))}
    </ol>
  );
}
