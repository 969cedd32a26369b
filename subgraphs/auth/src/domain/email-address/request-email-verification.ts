import type { Viewer } from '@socialhub/platform/identity/identity';
import type { Reader } from '../../store/client.ts';
import { ownAccount } from '../accounts/own-account.ts';
import type { Throttles } from '../throttling/throttles.ts';

/** The address that the viewer may have confirmed by mail now; null when they have confirmed it. Throws RATE_LIMITED. */
export async function admitEmailVerification(
  reader: Reader,
  { mailsPerRequester }: Throttles,
  viewer: Viewer,
): Promise<string | null> {
  const { row } = await ownAccount(reader, viewer);
  if (row.emailVerifiedAt) return null;
  await mailsPerRequester.count(`VERIFY_EMAIL ${row.id}`);
  return row.email;
}
