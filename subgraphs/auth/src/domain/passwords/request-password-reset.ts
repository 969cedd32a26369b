import { networkOf } from '@socialhub/platform/http/network';
import type { ClientInfo } from '@socialhub/platform/identity/identity';
import { normaliseEmail } from '../mail/email-address.ts';
import type { Throttles } from '../throttling/throttles.ts';

/** Where the mail with the link goes, if anywhere. Throws RATE_LIMITED by requester and network. */
export async function admitPasswordReset(
  { throttles, client }: { throttles: Throttles; client: ClientInfo },
  email: string,
): Promise<string | null> {
  const { mailsPerRequester, mailsPerAddress } = throttles;
  const { ipAddress } = client;
  const address = normaliseEmail(email);
  await mailsPerAddress.count(ipAddress);
  if (address === null) return null;
  await mailsPerRequester.count(`RESET_PASSWORD ${ipAddress && networkOf(ipAddress)} ${address}`);
  return address;
}
