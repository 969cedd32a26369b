'use client';

import dynamic from 'next/dynamic';

/* As for-members.tsx of the feed, for the few who moderate. */
export const Moderate = dynamic(async () => (await import('./moderate-form.tsx')).ModerateForm);
export const GiveRole = dynamic(async () => (await import('./role-form.tsx')).RoleForm);
