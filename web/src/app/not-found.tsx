import type { Metadata } from 'next';
import Link from 'next/link';
import { textsNow, useTexts } from '#texts';
import { Notice } from '../ui/notice.tsx';

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await textsNow('ui'))('notFound'),
});

/** No page has this address. */
export default function NotFound() {
  const t = useTexts('ui');
  return (
    <div className="column">
      <h1 className="page-title">{t('notFound')}</h1>
      <Notice title={t('noPage')}>
        <p>
          <Link href="/" className="button" prefetch={false}>
            {t('toStart')}
          </Link>
        </p>
      </Notice>
    </div>
  );
}
