import { type Facts, get, type NotificationFact, pair } from './facts.ts';
import { isBlocking } from './rules.ts';

interface Activity {
  actorId: string | null;
  subjectId: string;
  postId: string | null;
}

interface Audience {
  type: string;
  userIds: readonly string[];
}

/** Of one thing that happened everybody is told once: as the first that they are of. */
export function tell(
  facts: Facts,
  activity: Activity,
  audiences: readonly Audience[],
  unlessToldAs: readonly string[] = [],
): void {
  const told = new Set<string>();
  for (const { type, userIds } of audiences) {
    for (const userId of userIds) {
      if (told.has(userId) || !mayBeTold(facts, userId, activity.actorId)) continue;
      told.add(userId);
      const log = get(facts.notifications, userId);
      const keys = [type, ...unlessToldAs].map((one) => keyOf(one, activity.subjectId));
      if (keys.some((key) => log.has(key))) continue;
      const { actorId, subjectId, postId } = activity;
      log.set(keyOf(type, subjectId), {
        type,
        subjectId,
        postId,
        actorIds: new Set(actorId === null ? [] : [actorId]),
      });
    }
  }
}

/** Of what many do to one thing its owner is told as of one. */
export function tellTogether(
  facts: Facts,
  ownerId: string,
  { type, actorId, subjectId, postId }: { type: string; actorId: string; subjectId: string; postId: string },
): void {
  if (!mayBeTold(facts, ownerId, actorId)) return;
  const log = get(facts.notifications, ownerId);
  const key = keyOf(type, subjectId);
  const one = log.get(key) ?? { type, subjectId, postId, actorIds: new Set() };
  one.actorIds.add(actorId);
  log.set(key, one);
}

/** Takes back what everybody was told, as far as it `is` that; of some of those who did it with `actorId`. */
export function retract(
  facts: Facts,
  is: (one: NotificationFact, recipientId: string) => boolean,
  actorId?: string,
): void {
  for (const [recipientId, log] of facts.notifications) {
    for (const [key, one] of log) {
      if (!is(one, recipientId)) continue;
      if (actorId !== undefined) one.actorIds.delete(actorId);
      if (actorId === undefined || one.actorIds.size === 0) log.delete(key);
    }
  }
}

/** What somebody is shown: nothing that nobody did whose account is active. */
export function shownTo(facts: Facts, recipientId: string): NotificationFact[] {
  const isShown = (id: string) => get(facts.people, id).isActive;
  return [...get(facts.notifications, recipientId).values()]
    .filter(({ actorIds }) => actorIds.size === 0 || [...actorIds].some(isShown))
    .map((one) => ({ ...one, actorIds: new Set([...one.actorIds].filter(isShown)) }));
}

const keyOf = (type: string, subjectId: string) => `${type} ${subjectId}`;

function mayBeTold(facts: Facts, recipientId: string, actorId: string | null): boolean {
  if (actorId === null) return true;
  if (recipientId === actorId) return false;
  if (facts.mutes.get(pair(recipientId, actorId))?.notifications) return false;
  return !isBlocking(facts, recipientId, actorId) && !isBlocking(facts, actorId, recipientId);
}
