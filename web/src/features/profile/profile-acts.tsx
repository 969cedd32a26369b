'use client';

import type { FragmentType } from '@apollo/client';
import { MessageButton } from '../chat/message-button.tsx';
import type { StandingFragment } from '../relationships/generated/standing.ts';
import { MuteForm } from '../relationships/mute-form.tsx';
import { RelationshipButtons } from './relationship-buttons.tsx';

/** What a member can do about somebody. */
export function ProfileActs({ name, standing }: { name: string; standing: StandingFragment }) {
  const { id, viewerRelationship: relation } = standing;
  return (
    <>
      <RelationshipButtons name={name} part={standing as FragmentType<StandingFragment>} />
      {!relation?.blocking && <MessageButton userId={id} />}
      {!relation?.muting && !relation?.blocking && <MuteForm userId={id} name={name} muting={false} />}
    </>
  );
}
