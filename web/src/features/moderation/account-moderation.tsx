import { textsNow } from '#texts';
import { ask } from '../../gateway/client.ts';
import { StandingQuery } from '../../gateway/operations.ts';
import { currentRole } from '../../session/current-role.ts';
import { currentCaller } from '../../session/current-session.ts';
import { Time } from '../../ui/time.tsx';
import { GiveRole, Moderate } from './for-moderators.tsx';
import look from './moderate-form.module.css';

/** How somebody's account stands and what the viewer can do about it; nothing for members. */
export async function AccountModeration({ id }: { id: string }) {
  const t = await textsNow('moderation');
  const role = await currentRole();
  if (role === 'MEMBER') return null;
  const { data } = await ask(StandingQuery, { id }, await currentCaller());
  const standing = data?.accountStanding;
  return (
    <section aria-label={t('moderation')}>
      {standing && (
        <p className={look.standing}>
          {t('role', { role: t(standing.role) })}
          {standing.suspendedAt && (
            <>
              {' '}
              {t.rich('suspendedSince', {
                time: () => <Time of={standing.suspendedAt ?? ''} as="day" />,
              })}{' '}
              <bdi>{standing.suspendedReason}</bdi>
            </>
          )}
        </p>
      )}
      <Moderate what="account" id={id} />
      {role === 'ADMIN' && standing && <GiveRole id={id} role={standing.role} />}
    </section>
  );
}
