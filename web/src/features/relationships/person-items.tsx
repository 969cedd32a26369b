'use client';

import { useTexts } from '#texts';
import { useChange } from '../../graph/use-change.ts';
import { FormMessage } from '../../ui/form-message.tsx';
import styles from '../../ui/menu.module.css';
import { PendingButton } from '../../ui/pending-button.tsx';
import type { Person } from '../../ui/person.ts';
import { BlockButton } from './block-button.tsx';
import { changeRelationship } from './change-relationship.action.ts';
import { mutePerson } from './mute-person.action.ts';
import { whenDone } from './when-done.ts';

/** Of a menu what one does to have no more of somebody. `onEnded` is the one of the first render. */
export function PersonItems({
  person,
  onEnded,
}: {
  person: Person;
  onEnded: (how: 'mute' | 'block') => void;
}) {
  const t = useTexts('relationships');
  const mute = useChange(mutePerson, null, async () =>
    whenDone((await import('./mute-person.ts')).mutePerson, () => onEnded('mute')),
  );
  const block = useChange(changeRelationship, null, async () =>
    whenDone((await import('./change-relationship.ts')).changeRelationship, () => onEnded('block')),
  );
  return (
    <>
      <li>
        <form {...mute.form}>
          <FormMessage text={mute.state} />
          <input type="hidden" name="userId" value={person.id} />
          <input type="hidden" name="muteFor" value="always" />
          <input type="hidden" name="notifications" value="on" />
          <PendingButton className={styles.item} pending={mute.pending} waiting={t('muting')}>
            {t.rich('muteWhom', { name: () => <bdi>{person.displayName}</bdi> })}
          </PendingButton>
        </form>
      </li>
      <li>
        <form {...block.form}>
          <FormMessage text={block.state} />
          <input type="hidden" name="userId" value={person.id} />
          <BlockButton
            name={person.displayName}
            label={t.rich('blockWhom', { name: () => <bdi>{person.displayName}</bdi> })}
            className={`${styles.item} ${styles.danger}`}
            pending={block.pending}
          />
        </form>
      </li>
    </>
  );
}
