'use client';

import type { FragmentType } from '@apollo/client';
import { useRouter } from 'next/navigation';
import { useActionState, useId } from 'react';
import { useTexts } from '#texts';
import { refreshPage } from '../../graph/page-asked.ts';
import { useChange } from '../../graph/use-change.ts';
import { usePart } from '../../graph/use-part.ts';
import { FormMessage } from '../../ui/form-message.tsx';
import look from '../../ui/menu.module.css';
import { Menu } from '../../ui/menu.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';
import { MessageButton } from '../chat/message-button.tsx';
import { BlockButton } from '../relationships/block-button.tsx';
import { changeRelationship } from '../relationships/change-relationship.action.ts';
import { type StandingFragment, StandingFragmentDoc } from '../relationships/generated/standing.ts';
import { MuteItem } from '../relationships/mute-form.tsx';
import { mutePerson } from '../relationships/mute-person.action.ts';
import { whenDone } from '../relationships/when-done.ts';
import styles from './profile-head.module.css';
import { RelationshipButtons } from './relationship-buttons.tsx';

/** What a member can do about somebody: what is done often in a row, the rest in a menu at its end; it works without JavaScript too. */
export function ProfileActs({ name, standing }: { name: string; standing: StandingFragment }) {
  const t = useTexts('profile');
  const router = useRouter();
  const { id, viewerRelationship: relation } = usePart(
    StandingFragmentDoc,
    standing as FragmentType<StandingFragment>,
  );
  const {
    state: fault,
    pending,
    form,
  } = useChange(changeRelationship, null, async () =>
    // What one may read of them is another page's then.
    whenDone((await import('../relationships/change-relationship.ts')).changeRelationship, () =>
      refreshPage(router),
    ),
  );
  const [notMuted, mute, muting] = useActionState(mutePerson, null);
  const [formId, menuId] = [useId(), useId()];
  if (!relation) return null;
  const { followedBy, blocking } = relation;
  return (
    <div className={styles.actions}>
      <form {...form} id={formId} className={styles.main}>
        <FormMessage text={fault ?? notMuted} />
        <input type="hidden" name="userId" value={id} />
        <RelationshipButtons relation={relation} pending={pending} />
      </form>
      {!blocking && <MessageButton userId={id} />}
      {(followedBy || !blocking) && (
        <Menu id={menuId} label={t('moreAbout', { name })}>
          {followedBy && (
            <li>
              <PendingButton
                form={formId}
                name="intent"
                value="remove"
                className={look.item}
                pending={pending}
              >
                {t('removeFollower')}
              </PendingButton>
            </li>
          )}
          {!relation.muting && !blocking && (
            <li>
              <MuteItem userId={id} name={name} action={mute} pending={muting} />
            </li>
          )}
          {!blocking && (
            <li>
              <BlockButton
                form={formId}
                name={name}
                label={t('block')}
                className={`${look.item} ${look.danger}`}
                pending={pending}
              />
            </li>
          )}
        </Menu>
      )}
    </div>
  );
}
