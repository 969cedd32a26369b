import Link from 'next/link';
import { useTexts } from '#texts';
import type { Person } from '../../ui/person.ts';

/** Says that the viewer has muted or blocked somebody, and where that is changed. */
export function EndedPerson({ how, person }: { how: 'mute' | 'block'; person: Person | null }) {
  const t = useTexts('relationships');
  const place = how === 'mute' ? 'muted' : 'blocked';
  return t.rich(how === 'mute' ? 'isMuted' : 'isBlocked', {
    name: () => <bdi>{person?.displayName}</bdi>,
    link: (text) => (
      <Link href={`/settings/${place}`} prefetch={false}>
        {text}
      </Link>
    ),
  });
}
