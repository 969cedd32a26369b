import { Time } from '../../ui/time.tsx';

/** How somebody is muted, as it stands behind "Muted". */
export function MuteTerms({
  mutedUntil,
  mutingNotifications,
}: {
  mutedUntil: string | null;
  mutingNotifications: boolean;
}) {
  return (
    <>
      until {mutedUntil === null ? 'you change it' : <Time of={mutedUntil} as="exact" />}
      {!mutingNotifications && ', but you are notified of what they do'}
    </>
  );
}
