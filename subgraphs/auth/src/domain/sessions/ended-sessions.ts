import type { Database } from '@socialhub/platform/database';
import type { Client } from '../../store/client.ts';
import { listEndedSessions } from '../../store/sessions/sessions.ts';

/** The longest that an access token lives (config.ts), and five minutes for clocks that differ. */
const rememberSeconds = 900 + 300;
const limit = 50_000;

/** The sessions whose access tokens may outlive them. */
export interface EndedSessions {
  open(db: Database<Client>): void;
  /** Their ids, the latest first, at most 50,000. */
  list(): Promise<string[]>;
}

export function createEndedSessions(): EndedSessions {
  let db: Database<Client> | undefined;
  return {
    open(given) {
      db = given;
    },
    async list() {
      if (!db) throw new Error('the list of ended sessions is not open');
      return listEndedSessions(db.prisma, rememberSeconds, limit);
    },
  };
}
