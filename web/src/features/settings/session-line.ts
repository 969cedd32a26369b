import type { TextsOf } from '../../i18n/texts.ts';
import { deviceName } from '../../text/device-name.ts';
import type { OpenSessionFragment } from './generated/documents.ts';

/** A session in words. */
export interface SessionLine {
  id: string;
  device: string;
  address: string | null;
  lastUsedAt: string;
  current: boolean;
}

/** Takes a session as the API knows it, gives it in words. */
export function sessionLine(t: TextsOf<'settings'>, session: OpenSessionFragment): SessionLine {
  return {
    id: session.id,
    device: deviceName(t, session.userAgent),
    address: session.ipAddress,
    lastUsedAt: session.lastUsedAt,
    current: session.current,
  };
}
