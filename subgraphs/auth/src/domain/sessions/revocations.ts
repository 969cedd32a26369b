import type { Reader } from '../../store/client.ts';
import { listChangedRoles } from '../../store/moderation/audit-log.ts';
import { listEndedSessions } from '../../store/sessions/sessions.ts';

/** The longest that an access token lives (config.ts), and five minutes for clocks that differ. */
const longestSeconds = 900 + 300;
/** What had begun and was not committed when a gateway asked the last time: a transaction lasts ten seconds. The rest is for clocks. */
const overlapSeconds = 60;
const limits = { sessions: 50_000, roles: 10_000 };

/**
 * What access tokens do not know yet: the sessions that ended, the latest first, and the roles of those whose role has changed, in
 * the last `seconds` and a minute more, at most as long as tokens live.
 */
export async function revocations(reader: Reader, seconds = longestSeconds) {
  const within = Math.min(longestSeconds, seconds + overlapSeconds);
  const [sessionIds, roles] = await Promise.all([
    listEndedSessions(reader, within, limits.sessions),
    listChangedRoles(reader, within, limits.roles),
  ]);
  return { sessionIds, roles };
}
