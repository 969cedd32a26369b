import { firstGrapheme } from '@socialhub/platform/text/graphemes';
import styles from './avatar.module.css';
import type { Person } from './person.ts';

const TONES = 6;

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return (
    letters
      .map((word) => firstGrapheme(word ?? ''))
      .join('')
      .toUpperCase() || '?'
  );
}

/** An id is any text. */
const toneOf = (id: string): number => {
  let sum = 0;
  for (const unit of id) sum = (sum * 31 + (unit.codePointAt(0) ?? 0)) % 65_521;
  return sum % TONES;
};

/** A person's picture, or their initials on a colour that stays theirs; decorative, the name stands beside it. */
export function Avatar({ person, size }: { person: Person | null; size: 32 | 44 | 64 | 96 }) {
  if (person?.avatar?.thumbnail) {
    return (
      // biome-ignore lint/performance/noImgElement: presigned, short-lived addresses gain nothing from the optimizer.
      <img
        className={styles.picture}
        src={person.avatar.thumbnail}
        alt=""
        data-size={size}
        width={size}
        height={size}
        loading="lazy"
        decoding="async"
        referrerPolicy="no-referrer"
      />
    );
  }
  const tone = person ? toneOf(person.id) : -1;
  return (
    <span className={styles.initials} data-tone={tone} data-size={size} aria-hidden="true">
      {person ? initials(person.displayName) : '?'}
    </span>
  );
}
