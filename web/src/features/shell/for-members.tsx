'use client';

import dynamic from 'next/dynamic';

/* What is around a member's page alone: its script is loaded for them (0219). */
export const MemberMessagesLink = dynamic(async () => (await import('./member-parts.ts')).MessagesLink);
export const MemberNotificationsLink = dynamic(
  async () => (await import('./member-parts.ts')).NotificationsLink,
);
export const MemberNavItem = dynamic(async () => (await import('./member-parts.ts')).NavItem);
export const MemberNewPostLink = dynamic(async () => (await import('./member-parts.ts')).NewPostLink);
export const MemberMoreMenu = dynamic(async () => (await import('./member-parts.ts')).MoreMenu);
export const MemberOutboxSender = dynamic(async () => (await import('./member-parts.ts')).OutboxSender);
export const MemberShortcuts = dynamic(async () => (await import('./member-parts.ts')).Shortcuts);
