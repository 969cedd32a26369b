import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ObjectStorage, startObjectStorage } from '@socialhub/local/s3/object-storage';
import { createMediaService, readConfig } from '@socialhub/media';
import { createLogger } from '@socialhub/platform/log';
import { testService } from '@socialhub/platform/testing/test-service';
import { expect } from 'vitest';

const log = createLogger({ service: 'test', level: 'silent' });

/** A storage in a folder of its own, which goes when it stops. */
export async function startStorage() {
  const dataDir = await mkdtemp(join(tmpdir(), 'socialhub-media-'));
  let storage = await startObjectStorage({ dataDir, log });
  return {
    dataDir,
    storage,
    /** For a while nobody answers at its address. */
    async whileAway(run: () => Promise<void>): Promise<void> {
      const { port } = new URL(storage.url);
      await storage.stop();
      try {
        await run();
      } finally {
        storage = await startObjectStorage({ dataDir, port: Number(port), log });
      }
    },
    async stop() {
      await storage.stop();
      await rm(dataDir, { recursive: true });
    },
  };
}

/** What the service is told of it. */
export const storageEnv = (storage: ObjectStorage) => ({
  S3_ENDPOINT: storage.url,
  S3_BUCKET: storage.bucket,
  AWS_ACCESS_KEY_ID: storage.accessKeyId,
  AWS_SECRET_ACCESS_KEY: storage.secretAccessKey,
});

/** The service on a database and a storage of its own; it is to stop without an error in its log. */
export async function startMedia(env: Record<string, string> = {}) {
  const home = await startStorage();
  const service = await testService({
    name: 'media',
    create: createMediaService,
    readConfig,
    env: { ...storageEnv(home.storage), ...env },
  });
  return {
    ...home,
    service,
    async stop() {
      expect(service.loggedErrors).toEqual([]);
      await service.stop();
      await home.stop();
    },
  };
}
