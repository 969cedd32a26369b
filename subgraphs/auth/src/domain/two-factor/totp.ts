import { generateSecret, generateURI, verifySync } from 'otplib';
import { renderSVG } from 'uqr';

// What authenticator apps take without being told: SHA-1, six digits, 30 seconds (RFC 6238).
const stepSeconds = 30;
const form = /^\d{6}$/;

/** A new secret: 160 random bits in base32. */
export const mintTotpSecret = (): string => generateSecret();

/** The secret as authenticator apps read it: a URI, and the same as a picture in a data: URI. */
export function describeTotpSecret(secret: string, username: string): { uri: string; qrCode: string } {
  const uri = generateURI({ issuer: 'SocialHub', label: username, secret });
  const svg = renderSVG(uri, { ecc: 'M', border: 4, pixelSize: 4 });
  return { uri, qrCode: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` };
}

/** The six digits that somebody typed, in groups or not; null when it is something else. */
export function parseTotpCode(text: string): string | null {
  const digits = text.length <= 20 ? text.replace(/[\s-]/g, '') : '';
  return form.test(digits) ? digits : null;
}

/** The time step whose code this is: now's, the one before or the one after. Null when it is none of theirs. */
export function findTotpStep(secret: string, code: string, nowMs = Date.now()): number | null {
  const epoch = Math.floor(nowMs / 1000);
  const found = verifySync({ secret, token: code, epoch, epochTolerance: stepSeconds });
  return found.valid && 'timeStep' in found ? found.timeStep : null;
}
