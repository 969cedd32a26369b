import type { Reader } from '../../store/client.ts';
import { listEndedSessions } from '../../store/sessions/sessions.ts';

/** The longest that an access token lives (config.ts), and five minutes for clocks that differ. */
const rememberSeconds = 900 + 300;
const limit = 50_000;

/** The ids of the sessions whose access tokens may outlive them, the latest first, at most 50,000. */
export const endedSessions = (reader: Reader): Promise<string[]> =>
  listEndedSessions(reader, rememberSeconds, limit);
