import type { SessionLine } from '../components/session-list.tsx';
import type { OpenSession } from '../gateway/operations.ts';
import { deviceName } from '../text/device-name.ts';
import { agoOf, when } from '../text/when.ts';

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
