import * as z from 'zod';
import { accessDenied, S3Fault } from './fault.ts';
import { type Credentials, verifyPolicy } from './signature.ts';

/** As much as S3 takes in one request. */
export const maxFileBytes = 5 * 1024 ** 3;

const policySchema = z.object({
  expiration: z.iso.datetime(),
  conditions: z.array(
    z.union([
      z.tuple([z.literal('content-length-range'), z.coerce.number(), z.coerce.number()]),
      z.tuple([z.enum(['eq', 'starts-with']), z.string().startsWith('$'), z.string()]),
      z.record(z.string(), z.string()),
    ]),
  ),
});

/** What a browser's upload form may store, and where. */
export interface PostedObject {
  key: string;
  contentType: string;
  /** How long the file may be. */
  size: { min: number; max: number };
}

/**
 * Checks a form's fields against the policy that they carry, as S3 does: signed, not expired, every condition met
 * and no field that the policy does not speak of. Throws the S3 fault that names what is wrong.
 */
export function checkPostFields(
  given: ReadonlyMap<string, string>,
  bucket: string,
  credentials: Credentials,
): PostedObject {
  const fields = new Map([['bucket', bucket], ...given]);
  const field = (name: string) => fields.get(name) ?? '';
  if (!field('policy')) throw accessDenied('The form is not signed.');

  verifyPolicy(field('policy'), field, credentials);
  const policy = readPolicy(field('policy'));
  if (Date.parse(policy.expiration) < Date.now())
    throw accessDenied('Invalid according to Policy: Policy expired.');

  const size = { min: 0, max: maxFileBytes };
  const spokenOf = new Set(['policy', 'x-amz-signature', 'bucket']);
  const require = (name: string, met: (value: string) => boolean) => {
    const key = name.toLowerCase();
    spokenOf.add(key);
    if (!met(field(key))) throw accessDenied(`Invalid according to Policy: Policy Condition failed: ${name}`);
  };
  for (const condition of policy.conditions) {
    if (!Array.isArray(condition)) {
      for (const [name, wanted] of Object.entries(condition)) require(name, (value) => value === wanted);
    } else if (condition[0] === 'content-length-range') {
      size.min = Math.max(size.min, condition[1]);
      size.max = Math.min(size.max, condition[2]);
    } else {
      const [operator, name, wanted] = condition;
      require(name.slice(1), (value) => (operator === 'eq' ? value === wanted : value.startsWith(wanted)));
    }
  }
  for (const name of fields.keys()) {
    if (spokenOf.has(name) || name.startsWith('x-ignore-')) continue;
    throw accessDenied(`Invalid according to Policy: Extra input fields: ${name}`);
  }
  return { key: field('key'), contentType: field('content-type') || 'binary/octet-stream', size };
}

function readPolicy(text: string) {
  try {
    return policySchema.parse(JSON.parse(Buffer.from(text, 'base64').toString()));
  } catch {
    throw new S3Fault(400, 'InvalidPolicyDocument', 'The policy is not valid.');
  }
}
