import type { Room } from './texts.ts';

/** What client components of any page may show of to whoever is signed out. Rooms of few pages come with those: see ClientTexts. */
export const PUBLIC_ROOMS: readonly Room[] = ['ui', 'media', 'feed'];

/** As PUBLIC_ROOMS, for members. */
export const MEMBER_ROOMS: readonly Room[] = [
  ...PUBLIC_ROOMS,
  'post',
  'comments',
  'reactions',
  'faults',
  'shell',
  'profile',
  'search',
  'relationships',
  'composer',
  'uploads',
  'chat',
  'notifications',
  'moderation',
];
