import { useTexts } from '#texts';
import { useNumbers } from '../../ui/numbers.ts';
import { Time } from '../../ui/time.tsx';
import styles from './audit-list.module.css';
import type { AccountErasureFragment } from './generated/documents.ts';

/** 'commentsUnderPosts' as people write it. */
const wordsOf = (what: string): string => what.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function Part({ part }: { part: AccountErasureFragment['parts'][number] }) {
  const t = useTexts('moderation');
  const numbers = useNumbers();
  const erased = part.counts.filter(({ count }) => count > 0);
  return (
    <div>
      <dt>{part.service}</dt>
      <dd>
        {erased.length === 0
          ? t('hadNothing')
          : erased.map(({ what, count }) => `${wordsOf(what)}: ${numbers(count)}`).join(', ')}
      </dd>
    </div>
  );
}

/** Reports of erasures in the order given: how far each is, and what each service erased. */
export function ErasureList({ erasures }: { erasures: AccountErasureFragment[] }) {
  const t = useTexts('moderation');
  return (
    <ol className={styles.list}>
      {erasures.map((erasure) => (
        <li key={erasure.userId} className={styles.entry}>
          <p>
            {t('account')} <code>{erasure.userId}</code>
          </p>
          <p className={styles.time}>
            {erasure.completedAt
              ? t.rich('erased', { time: () => <Time of={erasure.completedAt ?? ''} as="exact" /> })
              : t.rich('underWaySince', { time: () => <Time of={erasure.startedAt} as="exact" /> })}
          </p>
          {erasure.parts.length > 0 && (
            <dl className={styles.parts}>
              {erasure.parts.map((part) => (
                <Part key={part.service} part={part} />
              ))}
            </dl>
          )}
        </li>
      ))}
    </ol>
  );
}
