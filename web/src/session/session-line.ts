import type { OpenSession } from '../gateway/operations.ts';
import { deviceName } from '../text/device-name.ts';
import { agoOf, when } from '../text/when.ts';

/** A session in words; the times are made on the server, whose clock is the one that counts. */
export interface SessionLine {
  id: string;
  device: string;
  address: string | null;
  lastUsed: { time: string; short: string; exact: string };
  current: boolean;
}

/** Takes a session as the API knows it, gives it in words. */
export function sessionLine(session: OpenSession): SessionLine {
  const { short, exact } = when(session.lastUsedAt);
  return {
    id: session.id,
    device: deviceName(session.userAgent),
    address: session.ipAddress,
    lastUsed: { time: session.lastUsedAt, short: agoOf(short), exact },
    current: session.current,
  };
}
