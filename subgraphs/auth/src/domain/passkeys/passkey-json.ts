import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { badUserInput } from '@socialhub/platform/errors';
import * as z from 'zod';

const maxLength = 32_768;

const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/);

const credential = {
  id: base64url.max(1_400),
  rawId: base64url.max(1_400),
  type: z.literal('public-key'),
};

const registration = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
});

const assertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.max(100).nullish(),
  }),
});

const clientData = z.object({ challenge: z.string().max(200), crossOrigin: z.boolean().optional() });

/** The JSON that `PublicKeyCredential.toJSON` gives for a new passkey; throws BAD_USER_INPUT naming `field` when it is none. */
export function readRegistration(field: string, json: string): RegistrationResponseJSON {
  return { ...read(field, json, registration), clientExtensionResults: {} };
}

/** The same for a sign-in. */
export function readAssertion(field: string, json: string): AuthenticationResponseJSON {
  const { response, ...rest } = read(field, json, assertion);
  const { userHandle, ...signed } = response;
  return { ...rest, response: { ...signed, ...(userHandle && { userHandle }) }, clientExtensionResults: {} };
}

/** What the browser says that it was asked. Null when it says nothing, or was asked by a page within another one's. */
export function challengeOf(clientDataJSON: string): string | null {
  const parsed = clientData.safeParse(parse(Buffer.from(clientDataJSON, 'base64url').toString()));
  return parsed.success && !parsed.data.crossOrigin ? parsed.data.challenge : null;
}

function read<Shape extends z.ZodType>(field: string, json: string, shape: Shape): z.output<Shape> {
  const parsed = json.length > maxLength ? null : shape.safeParse(parse(json));
  if (!parsed?.success) throw badUserInput(field, 'is not what an authenticator answers');
  return parsed.data;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
