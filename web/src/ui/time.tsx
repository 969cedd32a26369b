'use client';

import { useLanguage, useTexts } from '#texts';
import { type Told, when } from '../text/when.ts';
import { useClock } from './clock.tsx';

/** A time in words: in the reader's zone in their browser, in UTC, which is then said, without JavaScript. */
export function Time({
  of,
  as = 'short',
  className,
}: {
  of: string;
  as?: keyof Told;
  className?: string | undefined;
}) {
  const told = useTold(of);
  return (
    <time dateTime={of} title={as === 'exact' ? undefined : told.exact} className={className}>
      {told[as]}
    </time>
  );
}

/** As Time, as texts, for where no element may stand. */
export function useTold(time: string): Told {
  const { now, zone } = useClock();
  const language = useLanguage();
  const t = useTexts('ui');
  return when(time, { language, t }, now, zone);
}
