import type { Fault } from '../../gateway/faults.ts';

/** What became of a link out of a mail; half: the link at the other address is still to be used. */
export type MailLinkState =
  | { outcome: 'waiting' | 'done' | 'half' | 'already' | 'refused' | 'incomplete' }
  | { outcome: 'failed'; message: string };

/** Says whether the API refused the token: used, too old, or another account's. */
export const isTokenRefused = (faults: Fault[]): boolean =>
  faults.some(({ code, field }) => code === 'BAD_USER_INPUT' && field === 'input.token');
