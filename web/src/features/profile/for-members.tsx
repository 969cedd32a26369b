'use client';

import dynamic from 'next/dynamic';

/* As for-members.tsx of the feed. */
export const MemberFollowButton = dynamic(async () => (await import('./follow-button.tsx')).FollowButton);
export const MemberActs = dynamic(async () => (await import('./profile-acts.tsx')).ProfileActs);
