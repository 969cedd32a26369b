import { CreateBucketCommand, PutBucketCorsCommand, S3Client } from '@aws-sdk/client-s3';
import { serviceNames } from '@socialhub/platform/contracts/services';
import { trust } from '@socialhub/platform/lifecycle/trust';
import { migrate } from '@socialhub/prisma/migrate';
import { provision } from '@socialhub/prisma/provision';
import { readConfig } from './prepare-config.ts';

/** Runs once before the services of an installation: databases, roles, migrations, and the bucket where that is to be made. */

const { ownerUrl, passwords, certificates, bucket } = readConfig(process.env);
trust(certificates);
const urls = await provision({ ownerUrl, passwords });
for (const service of serviceNames) await migrate({ service, url: urls[service] });
if (bucket) await makeBucket(bucket);

async function makeBucket(config: NonNullable<typeof bucket>): Promise<void> {
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
}
