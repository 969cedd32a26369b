// An Ed25519 signature has 64 bytes: 86 characters, the last of which carries two bits. One form each, so that a
// token has one text.
const form = /^([\w-]+)\.[\w-]+\.[\w-]{85}[AQgw]$/;

/** The first part of what has the form of a token of ours (RFC 7515, compact); null when it has not. */
export const headerPart = (token: string): string | null => form.exec(token)?.[1] ?? null;

/**
 * The name of the key in a header that says nothing but what ours may say (RFC 8725): EdDSA, an access token (RFC 9068),
 * no extension that has to be understood. Where it says that keys are found (`jku`, `jwk`, `x5u`) is not looked at.
 */
export function readKid(header: string): string | null {
  const { alg, typ, crit, b64, kid } = parse(Buffer.from(header, 'base64url').toString());
  const isOurs = alg === 'EdDSA' && typ === 'at+jwt' && crit === undefined && b64 === undefined;
  return isOurs && typeof kid === 'string' && kid !== '' ? kid : null;
}

function parse(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
