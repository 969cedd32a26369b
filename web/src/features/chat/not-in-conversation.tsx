import Link from 'next/link';
import { Notice } from '../../ui/notice.tsx';
import styles from './chat.module.css';

/** Stands in the place of a conversation that the viewer was in. */
export const NotInConversation = () => (
  <div className={styles.page} role="alert">
    <Notice title="You are no longer in this conversation">
      <p>Somebody took you out of it, or you have left. What was written there is not shown any more.</p>
      <p>
        <Link href="/messages" className="button" prefetch={false}>
          To the messages
        </Link>
      </p>
    </Notice>
  </div>
);
