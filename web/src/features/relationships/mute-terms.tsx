import { useTexts } from '#texts';
import { Time } from '../../ui/time.tsx';

/** How somebody is muted, as it stands behind "Muted". */
export function MuteTerms({
  mutedUntil,
  mutingNotifications,
}: {
  mutedUntil: string | null;
  mutingNotifications: boolean;
}) {
  const t = useTexts('relationships');
  return (
    <>
      {mutedUntil === null
        ? t('untilChanged')
        : t.rich('untilTime', { time: () => <Time of={mutedUntil} as="exact" /> })}
      {!mutingNotifications && t('stillNotified')}
    </>
  );
}
