import { useTexts } from '#texts';
import { wordsOf } from '../forms/form-state.ts';
import { type Fault, hasCode } from '../gateway/faults.ts';
import { Notice, Unavailable } from './notice.tsx';

/** Why a page has nothing to show, and the way to try again. */
export function LoadFault({ faults, href }: { faults: Fault[]; href: string }) {
  const t = useTexts('ui');
  const faultTexts = useTexts('faults');
  if (faults.length === 0 || hasCode(faults, 'UNAVAILABLE')) return <Unavailable href={href} />;
  return (
    <Notice title={t('notLoaded')}>
      <p>{wordsOf(faultTexts, faults[0])}</p>
    </Notice>
  );
}
