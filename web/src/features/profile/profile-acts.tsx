'use client';

import { MessageButton } from '../chat/message-button.tsx';
import { MuteForm } from '../relationships/mute-form.tsx';
import type { ProfileQuery } from './generated/documents.ts';
import { RelationshipButtons } from './relationship-buttons.tsx';

type Relation = NonNullable<NonNullable<ProfileQuery['user']>['viewerRelationship']>;

/** What a member can do about somebody. */
export function ProfileActs({
  profile,
  relation,
}: {
  profile: { id: string; displayName: string };
  relation: Relation;
}) {
  return (
    <>
      <RelationshipButtons
        userId={profile.id}
        follow={relation.follow}
        followedBy={relation.followedBy}
        bell={relation.bell}
        muting={relation.muting}
        blocking={relation.blocking}
      />
      {!relation.blocking && <MessageButton userId={profile.id} />}
      {!relation.muting && !relation.blocking && (
        <MuteForm userId={profile.id} name={profile.displayName} muting={false} />
      )}
    </>
  );
}
