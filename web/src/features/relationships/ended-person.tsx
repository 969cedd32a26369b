import Link from 'next/link';
import type { Person } from '../../ui/person.ts';

/** Says that the viewer has muted or blocked somebody, and where that is changed. */
export function EndedPerson({ how, person }: { how: 'mute' | 'block'; person: Person | null }) {
  const place = how === 'mute' ? 'muted' : 'blocked';
  return (
    <>
      <bdi>{person?.displayName}</bdi> is {place}.{' '}
      {how === 'mute'
        ? 'Nothing of theirs is in your home timeline. '
        : 'Neither of you sees what the other writes. '}
      <Link href={`/settings/${place}`} prefetch={false}>
        Change it
      </Link>
    </>
  );
}
