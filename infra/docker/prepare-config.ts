import { readEnv, trustedCertificates } from '@socialhub/platform/config';
import { type ServiceName, serviceNames } from '@socialhub/platform/contracts/services';
import * as z from 'zod';

const passwordOf = (service: ServiceName) => `${service.toUpperCase()}_PASSWORD` as const;

const settings = z.object({
  OWNER_URL: z.string(),
  ...(Object.fromEntries(serviceNames.map((name) => [passwordOf(name), z.string()])) as Record<
    ReturnType<typeof passwordOf>,
    z.ZodString
  >),
  CA_CERTIFICATES: trustedCertificates,
  /** Without it the bucket is made by whoever made the storage. */
  S3_ENDPOINT: z.string().optional(),
  S3_BUCKET: z.string().optional(),
  AWS_REGION: z.string().optional(),
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  WEB_ORIGINS: z.string().optional(),
});

const bucketSettings = z.object({
  S3_ENDPOINT: z.string(),
  S3_BUCKET: z.string(),
  AWS_REGION: z.string(),
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string(),
  WEB_ORIGINS: z.string(),
});

/** What the preparation is told: the database's owner, the roles' passwords, and the bucket where it is to make one. Throws ConfigError. */
export function readConfig(env: NodeJS.ProcessEnv) {
  const read = readEnv(settings, env);
  return {
    ownerUrl: read.OWNER_URL,
    passwords: Object.fromEntries(
      serviceNames.map((name) => [name, (read as Record<string, unknown>)[passwordOf(name)]]),
    ) as Record<ServiceName, string>,
    certificates: read.CA_CERTIFICATES,
    bucket: read.S3_ENDPOINT ? readEnv(bucketSettings, env) : undefined,
  };
}
