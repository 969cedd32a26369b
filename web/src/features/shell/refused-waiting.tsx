'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useState } from 'react';
import { useTexts } from '#texts';
import floating from '../../ui/floating-notice.module.css';
import { commentPath } from '../comments/comment-path.ts';
import { type WaitingComment, waitingComments } from '../comments/waiting-comments.ts';
import { useWaiting } from '../outbox/use-waiting.ts';
import styles from './refused-waiting.module.css';

/** Tells a writer of a comment that waited and was refused, wherever they are by then, with the way to it. */
export function RefusedWaiting() {
  const t = useTexts('shell');
  const path = usePathname();
  const [seen, setSeen] = useState<readonly string[]>([]);
  const all = useWaiting(waitingComments);
  const refused = all.find((one) => one.fault !== null && !seen.includes(one.key) && !isTold(one, path));
  return (
    <div role="status" className={floating.place}>
      {refused && (
        <div className={floating.notice}>
          <p>
            {t('commentRefused')} <span className={styles.fault}>{refused.fault}</span>
          </p>
          <p className={styles.ways}>
            <Link href={pathOf(refused)} prefetch={false} className="button">
              {t('toComment')}
            </Link>
            <button type="button" className="button quiet" onClick={() => setSeen([...seen, refused.key])}>
              {t('close')}
            </button>
          </p>
        </div>
      )}
    </div>
  );
}

/** Its page tells of it beside its box; that of a reply is closed. */
const isTold = (one: WaitingComment, path: string) => one.parentId === null && pathOf(one) === path;

/** Where it waits: under the post, or under the comment that it answers. */
const pathOf = ({ postId, parentId }: WaitingComment) =>
  parentId === null
    ? `/post/${encodeURIComponent(postId)}`
    : commentPath({ id: parentId, post: { id: postId } });
