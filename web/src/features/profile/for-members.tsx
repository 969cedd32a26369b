'use client';

import dynamic from 'next/dynamic';

/* As for-members.tsx of the feed. */
export const MemberActs = dynamic(async () => (await import('./profile-acts.tsx')).ProfileActs);
