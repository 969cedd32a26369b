import { createPrivateKey, type KeyObject } from 'node:crypto';
import { httpUrl, readEnv, serviceEnv } from '@socialhub/platform/config';
import * as z from 'zod';

/** What whoever runs SocialHub may choose, however it is run; the rest is where things are, and secrets. */
export const operatorSettings = {
  /** One archive of a person's data in so many hours, kept for so many days. */
  DATA_EXPORT_HOURS: z.coerce.number().int().min(0).max(8_760).default(24),
  DATA_EXPORT_DAYS: z.coerce.number().int().min(1).max(30).default(7),
  /** So many megabytes of files a person may keep here; 0: as many as there is room for. */
  MEDIA_QUOTA_MB: z.coerce.number().int().min(0).max(1_000_000).default(2_000),
  /** So many files of a person may be on their way at once. */
  UPLOADS_UNDER_WAY: z.coerce.number().int().min(1).max(1_000).default(20),
};

const settings = z.object({
  ...serviceEnv,
  ...operatorSettings,
  /** An S3 endpoint other than Amazon's. */
  S3_ENDPOINT: httpUrl.optional(),
  /** The same storage as browsers and apps reach it, where that differs. */
  S3_PUBLIC_ENDPOINT: httpUrl.optional(),
  S3_BUCKET: z.string().min(3),
  AWS_REGION: z.string().default('us-east-1'),
  /** Both keys or neither: without them the SDK takes the role of the machine. */
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  /** A CloudFront that reads the storage, by which what is published is read: all three or none. */
  MEDIA_CDN_URL: httpUrl.optional(),
  MEDIA_CDN_KEY_ID: z.string().optional(),
  MEDIA_CDN_PRIVATE_KEY: z
    .string()
    .transform((pem, ctx) => {
      const key = readPrivateKey(pem);
      if (key) return key;
      ctx.addIssue('must be a private RSA key as PEM');
      return z.NEVER;
    })
    .optional(),
});

const schema = settings.refine(
  ({ MEDIA_CDN_URL: url, MEDIA_CDN_KEY_ID: id, MEDIA_CDN_PRIVATE_KEY: key }) => !url === !id && !url === !key,
  { path: ['MEDIA_CDN_URL'], error: 'goes with MEDIA_CDN_KEY_ID and MEDIA_CDN_PRIVATE_KEY' },
);

/** CloudFront takes RSA of 2048 bits. Null when it is no such key. */
function readPrivateKey(pem: string): KeyObject | null {
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === 'rsa' ? key : null;
  } catch {
    return null;
  }
}

/** The media service's settings; throws ConfigError with every fault. */
export const readConfig = (env: NodeJS.ProcessEnv) => readEnv(schema, env);

export type MediaConfig = ReturnType<typeof readConfig>;
