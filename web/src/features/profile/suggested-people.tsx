import { textsNow } from '#texts';
import { PeopleList } from './people-list.tsx';
import { peopleToFollow } from './people-to-follow.ts';
import styles from './suggested-people.module.css';

const atMost = 4;

/** Whom one could follow; nothing where there is nobody. */
export async function SuggestedPeople({ viewerId }: { viewerId: string }) {
  const t = await textsNow('profile');
  const people = await peopleToFollow(viewerId, atMost);
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
