'use client';

import dynamic from 'next/dynamic';

/** What is around a member's page alone: its script is loaded for them (0219). */
export const MemberShortcuts = dynamic(async () => (await import('./shortcuts.tsx')).Shortcuts);
