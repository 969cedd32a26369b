/** For whom passkeys are made: a domain, and the pages of it that may ask for them. */
export interface RelyingParty {
  id: string;
  origins: readonly string[];
}

/** What a passkey may sign with, as COSE numbers it: EdDSA, ES256, RS256. */
export const signatureAlgorithms = [-8, -7, -257];

/** How long somebody may take to answer their device. */
export const challengeSeconds = 300;

/**
 * The web app as a relying party. Browsers make no passkey for an address in numbers: on this machine the name is
 * localhost, and the page is the one under that name.
 */
export function relyingPartyOf(
  webUrl: string,
  given: { id?: string | undefined; origins?: readonly string[] | undefined },
): RelyingParty {
  const url = new URL(webUrl);
  const isLoopback = ['127.0.0.1', '[::1]'].includes(url.hostname);
  if (isLoopback) url.hostname = 'localhost';
  return { id: given.id ?? url.hostname, origins: given.origins ?? [url.origin] };
}

/** What an authenticator knows the account by: the id's 16 bytes. */
export const bytesOfId = (id: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(id.replaceAll('-', ''), 'hex'));
