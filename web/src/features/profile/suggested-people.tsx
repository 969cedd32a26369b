import { useTexts } from '#texts';
import type { LatestAuthorsFragment } from './generated/documents.ts';
import { PeopleList } from './people-list.tsx';
import { authorsToFollow } from './people-to-follow.ts';
import styles from './suggested-people.module.css';

const atMost = 4;

/** Whom one could follow, of those who wrote lately; nothing where there is nobody. */
export function SuggestedPeople({
  latest,
  viewerId,
}: {
  latest: LatestAuthorsFragment | null | undefined;
  viewerId: string;
}) {
  const t = useTexts('profile');
  const people = authorsToFollow(latest, viewerId, atMost);
  if (people.length === 0) return null;
  return (
    <section className={styles.box} aria-labelledby="suggested">
      <h2 id="suggested" className={styles.title}>
        {t('peopleFollow')}
      </h2>
      <PeopleList people={people} label={t('peopleFollow')} narrow />
    </section>
  );
}
