import type { ReactNode } from 'react';
import { useTexts } from '#texts';
import { wordsOf } from '../../forms/form-state.ts';
import type { Outcome } from '../../gateway/client.ts';
import { hasCode } from '../../gateway/faults.ts';
import { Notice, Unavailable } from '../../ui/notice.tsx';
import styles from '../../ui/timeline.module.css';
import type { TimelineFragment } from './generated/documents.ts';

/** A page of a timeline and the way to the next, or a plain word about why there is none. */
export function Timeline({
  path,
  after,
  outcome,
  children,
}: {
  path: '/' | '/explore';
  after: string | null;
  outcome: Outcome<{ timeline: TimelineFragment | null }>;
  /** How a page that could be had is shown. */
  children: (page: TimelineFragment) => ReactNode;
}) {
  const t = useTexts('feed');
  const faultTexts = useTexts('faults');
  const page = outcome.data?.timeline;
  if (!page) {
    if (after !== null && hasCode(outcome.faults, 'BAD_USER_INPUT')) {
      return (
        <Notice title={t('noSuchPageTitle')}>
          <p>{t('linkBrokenOrOut')}</p>
          <p>
            <a href={path} className="button">
              {t('backNewestPosts')}
            </a>
          </p>
        </Notice>
      );
    }
    if (hasCode(outcome.faults, 'UNAVAILABLE')) return <Unavailable href={path} />;
    return (
      <Notice title={t('notLoaded')}>
        <p>{wordsOf(faultTexts, outcome.faults[0])}</p>
      </Notice>
    );
  }
  return (
    <>
      {after !== null && (
        <p className={styles.newest}>
          <a href={path}>{t('backNewestPosts')}</a>
        </p>
      )}
      {children(page)}
    </>
  );
}
