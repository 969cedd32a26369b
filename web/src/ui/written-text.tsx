import { type TextToken, tokensOf } from '@socialhub/platform/text/tokens';
import Link from 'next/link';
import type { ReactNode } from 'react';
import styles from './written-text.module.css';

/** What a piece shows: whom it names, its hashtags and where it leads are links; names and addresses left to right whatever stands around them. */
function shown(token: TextToken, key: number): ReactNode {
  if (token.kind === 'mention') {
    return (
      <Link key={key} href={`/u/${token.username}`} className={styles.link} dir="ltr" prefetch={false}>
        {token.text}
      </Link>
    );
  }
  if (token.kind === 'hashtag') {
    const tag = encodeURIComponent(token.tag);
    return (
      <Link key={key} href={`/tag/${tag}`} className={styles.link} prefetch={false}>
        {token.text}
      </Link>
    );
  }
  if (token.kind === 'link') {
    return (
      <a key={key} href={token.href} className={styles.link} dir="ltr" rel="nofollow noopener noreferrer ugc">
        {token.text}
      </a>
    );
  }
  return token.text;
}

/** What somebody wrote, read as the services read it: what is a link here is a mention there. */
export function WrittenText({ text, className = '' }: { text: string; className?: string | undefined }) {
  let place = 0;
  const pieces = tokensOf(text).map((token) => {
    place += token.text.length;
    return shown(token, place);
  });
  return (
    <p className={className} dir="auto">
      {pieces}
    </p>
  );
}
