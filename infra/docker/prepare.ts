import { CreateBucketCommand, PutBucketCorsCommand, S3Client } from '@aws-sdk/client-s3';
import { readEnv } from '@socialhub/platform/config';
import { type ServiceName, serviceNames } from '@socialhub/platform/contracts/services';
import { migrate } from '@socialhub/prisma/migrate';
import { provision } from '@socialhub/prisma/provision';
import * as z from 'zod';

/** Runs once before the services of a `docker compose` installation: databases, roles, migrations, the bucket. */

const passwordNames = serviceNames.map((name) => [`${name.toUpperCase()}_PASSWORD`, z.string()] as const);
const config = readEnv(
  z.object({
    OWNER_URL: z.string(),
    S3_ENDPOINT: z.string(),
    S3_BUCKET: z.string(),
    AWS_REGION: z.string(),
    AWS_ACCESS_KEY_ID: z.string(),
    AWS_SECRET_ACCESS_KEY: z.string(),
    WEB_ORIGINS: z.string(),
    ...Object.fromEntries(passwordNames),
  }),
  process.env,
);

const passwords = Object.fromEntries(
  serviceNames.map((name) => [name, String(config[`${name.toUpperCase()}_PASSWORD` as keyof typeof config])]),
) as Record<ServiceName, string>;
const urls = await provision({ ownerUrl: config.OWNER_URL, passwords });
for (const service of serviceNames) await migrate({ service, url: urls[service] });

const s3 = new S3Client({
  endpoint: config.S3_ENDPOINT,
  region: config.AWS_REGION,
  forcePathStyle: true,
  credentials: { accessKeyId: config.AWS_ACCESS_KEY_ID, secretAccessKey: config.AWS_SECRET_ACCESS_KEY },
});
await s3.send(new CreateBucketCommand({ Bucket: config.S3_BUCKET })).catch((error: unknown) => {
  const owned = ['BucketAlreadyOwnedByYou', 'BucketAlreadyExists'];
  if (!(error instanceof Error && owned.includes(error.name))) throw error;
});
await s3.send(
  new PutBucketCorsCommand({
    Bucket: config.S3_BUCKET,
    CORSConfiguration: {
      CORSRules: [
        {
          AllowedMethods: ['GET', 'POST'],
          AllowedOrigins: config.WEB_ORIGINS.split(',').flatMap((origin) => origin.trim() || []),
          AllowedHeaders: ['*'],
        },
      ],
    },
  }),
);
