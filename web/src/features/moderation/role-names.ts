import type { Role } from './generated/documents.ts';

/** Roles as people call them, the one with the fewest rights first. */
export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  MEMBER: 'Member',
  MODERATOR: 'Moderator',
  ADMIN: 'Admin',
};
