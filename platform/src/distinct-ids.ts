import { badUserInput } from './errors.ts';

/** Each id of a client's list once; throws BAD_USER_INPUT naming `field` when there are more than `max`. */
export function distinctIds(field: string, ids: readonly string[], max: number): string[] {
  if (ids.length > max) throw badUserInput(field, `takes at most ${max} ids`);
  return [...new Set(ids)];
}
