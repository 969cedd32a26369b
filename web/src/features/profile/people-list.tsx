import { useTexts } from '#texts';
import { Avatar } from '../../ui/avatar.tsx';
import { PersonName } from '../../ui/person-name.tsx';
import { MemberFollowButton } from './for-members.tsx';
import type { ListedPersonFragment } from './generated/documents.ts';
import styles from './people-list.module.css';

/** People, each with what they say of themselves and the way to follow them. */
export function PeopleList({
  people,
  label,
  narrow = false,
}: {
  people: ListedPersonFragment[];
  label: string;
  /** Where there is little place, at any width. */
  narrow?: boolean;
}) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: Safari takes a list without markers for none.
    <ul role="list" className={styles.list} data-narrow={narrow || undefined} aria-label={label}>
      {people.map((person) => (
        <ListedPerson key={person.id} person={person} />
      ))}
    </ul>
  );
}

function ListedPerson({ person }: { person: ListedPersonFragment }) {
  const t = useTexts('profile');
  const { viewerRelationship: relation } = person;
  return (
    <li className={styles.row}>
      <Avatar person={person} size={44} />
      <div className={styles.who}>
        <PersonName person={person} />
        {relation?.followedBy && <span className={styles.mark}>{t('follows')}</span>}
      </div>
      {person.bio && (
        <p className={styles.bio} dir="auto">
          {person.bio}
        </p>
      )}
      {relation && <MemberFollowButton name={person.displayName} part={person} />}
    </li>
  );
}
