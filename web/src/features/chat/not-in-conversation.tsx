import Link from 'next/link';
import { useTexts } from '#texts';
import { Notice } from '../../ui/notice.tsx';
import styles from './chat.module.css';

/** Stands in the place of a conversation that the viewer was in. */
export const NotInConversation = () => {
  const t = useTexts('chat');
  return (
    <div className={styles.page} role="alert">
      <Notice title={t('noLongerInConversation')}>
        <p>{t('somebodyTookOutOr')}</p>
        <p>
          <Link href="/messages" className="button" prefetch={false}>
            {t('toMessages')}
          </Link>
        </p>
      </Notice>
    </div>
  );
};
