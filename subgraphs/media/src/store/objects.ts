import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { ConfigError } from '@socialhub/platform/config';
import type { MediaConfig } from '../config.ts';
import { createCdnSigner } from './cdn.ts';

/** A form that uploads one file to its place in quarantine. */
export interface Ticket {
  url: string;
  fields: { name: string; value: string }[];
  expiresAt: Date;
}

/** A published file. */
export interface PublishedObject {
  key: string;
  mimeType: string;
  bytes: Buffer;
}

/** The files: in quarantine under `incoming/`, published under `media/`, archives of people's data under `exports/`. Every call but close is a network call, those that sign excepted. */
export interface Objects {
  signUpload(mediaId: string, mimeType: string, maxBytes: number): Promise<Ticket>;
  /** Whether anything was uploaded. Throws when there is no answer within 3 seconds: somebody waits for it. */
  hasUpload(mediaId: string): Promise<boolean>;
  /** What was uploaded. Never reads more than `maxBytes`. */
  readUpload(mediaId: string, maxBytes: number): Promise<Buffer | 'MISSING' | 'TOO_LARGE'>;
  removeUpload(mediaId: string): Promise<void>;
  publish(object: PublishedObject): Promise<void>;
  unpublish(keys: readonly string[]): Promise<void>;
  /** A URL that reads one published file, by CloudFront where there is one; good for at least an hour, and the same for half an hour. */
  signRead(key: string, mimeType: string): Promise<string>;
  /** Everything of one media: what waits in quarantine and whatever was published. */
  removeAllOf(mediaId: string): Promise<void>;
  /** A published file as a stream; null when it is not there. */
  readPublished(key: string): Promise<Readable | null>;
  /** Stores an archive of `size` bytes that is in a file; 5 GB at most, as one call takes. */
  putArchive(exportId: string, path: string, size: number, signal: AbortSignal): Promise<void>;
  removeArchive(exportId: string): Promise<void>;
  /** A URL that downloads an archive, good for ten minutes. */
  signArchive(exportId: string, requestedAt: Date): Promise<string>;
  close(): void;
}

/** Where a request waits. */
const answerMs = 3_000;
const ticketSeconds = 15 * 60;
const readSeconds = 60 * 60;
const archiveSeconds = 10 * 60;
const archiveUploadMs = 30 * 60_000;
// URLs are signed as of the last half hour, so that a page which is loaded again finds its pictures cached.
const windowSeconds = 30 * 60;

/** Connects to the storage that the configuration names, on first use. Throws ConfigError when half of a key is given. */
export function createObjects(config: MediaConfig): Objects {
  const { S3_BUCKET: Bucket, S3_ENDPOINT, S3_PUBLIC_ENDPOINT } = config;
  const inside = createS3Client(config, S3_ENDPOINT);
  const outside = createS3Client(config, S3_PUBLIC_ENDPOINT ?? S3_ENDPOINT);
  const signByCdn = cdnSignerOf(config);
  const uploadKey = (mediaId: string) => `incoming/${mediaId}`;
  const archiveKey = (exportId: string) => `exports/${exportId}.zip`;

  return {
    async signUpload(mediaId, mimeType, maxBytes) {
      const expiresAt = new Date(Date.now() + ticketSeconds * 1000);
      const { url, fields } = await createPresignedPost(outside, {
        Bucket,
        Key: uploadKey(mediaId),
        Fields: { 'Content-Type': mimeType },
        Conditions: [
          ['eq', '$Content-Type', mimeType],
          ['content-length-range', 1, maxBytes],
        ],
        Expires: ticketSeconds,
      });
      return { url, fields: Object.entries(fields).map(([name, value]) => ({ name, value })), expiresAt };
    },

    async hasUpload(mediaId) {
      try {
        const abortSignal = AbortSignal.timeout(answerMs);
        await inside.send(new HeadObjectCommand({ Bucket, Key: uploadKey(mediaId) }), { abortSignal });
        return true;
      } catch (error) {
        if (isMissing(error)) return false;
        throw error;
      }
    },

    async readUpload(mediaId, maxBytes) {
      const at = { Bucket, Key: uploadKey(mediaId) };
      try {
        const { ContentLength } = await inside.send(new HeadObjectCommand(at));
        if ((ContentLength ?? 0) > maxBytes) return 'TOO_LARGE';
        const { Body } = await inside.send(new GetObjectCommand(at));
        // It may have been replaced between the two calls: what counts is what arrives.
        return await readAtMost(Body as AsyncIterable<Uint8Array>, maxBytes);
      } catch (error) {
        if (isMissing(error)) return 'MISSING';
        throw error;
      }
    },

    async removeUpload(mediaId) {
      await inside.send(new DeleteObjectCommand({ Bucket, Key: uploadKey(mediaId) }));
    },

    async publish({ key, mimeType, bytes }) {
      const CacheControl = 'private, max-age=3600, immutable';
      await inside.send(
        new PutObjectCommand({ Bucket, Key: key, Body: bytes, ContentType: mimeType, CacheControl }),
      );
    },

    async unpublish(keys) {
      await Promise.all(keys.map((Key) => inside.send(new DeleteObjectCommand({ Bucket, Key }))));
    },

    signRead(key, mimeType) {
      const signingDate = new Date(Math.floor(Date.now() / (windowSeconds * 1000)) * windowSeconds * 1000);
      const expiresIn = readSeconds + windowSeconds;
      if (signByCdn) {
        return Promise.resolve(signByCdn(key, new Date(signingDate.getTime() + expiresIn * 1000)));
      }
      const command = new GetObjectCommand({
        Bucket,
        Key: key,
        ResponseContentType: mimeType,
        ResponseContentDisposition: 'inline',
      });
      return getSignedUrl(outside, command, { signingDate, expiresIn });
    },

    async removeAllOf(mediaId) {
      await inside.send(new DeleteObjectCommand({ Bucket, Key: uploadKey(mediaId) }));
      // A folder has four files or so, and as many again for each examination that was begun anew.
      const Prefix = `media/${mediaId}/`;
      for (;;) {
        const { Contents = [] } = await inside.send(new ListObjectsV2Command({ Bucket, Prefix }));
        if (Contents.length === 0) return;
        await Promise.all(Contents.map(({ Key }) => inside.send(new DeleteObjectCommand({ Bucket, Key }))));
      }
    },

    async readPublished(key) {
      try {
        const { Body } = await inside.send(new GetObjectCommand({ Bucket, Key: key }));
        return Body as Readable;
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },

    async putArchive(exportId, path, size, abortSignal) {
      await inside.send(
        new PutObjectCommand({
          Bucket,
          Key: archiveKey(exportId),
          Body: createReadStream(path),
          ContentLength: size,
          ContentType: 'application/zip',
        }),
        { requestTimeout: archiveUploadMs, abortSignal },
      );
    },

    async removeArchive(exportId) {
      await inside.send(new DeleteObjectCommand({ Bucket, Key: archiveKey(exportId) }));
    },

    signArchive(exportId, requestedAt) {
      const day = requestedAt.toISOString().slice(0, 10);
      const command = new GetObjectCommand({
        Bucket,
        Key: archiveKey(exportId),
        ResponseContentType: 'application/zip',
        ResponseContentDisposition: `attachment; filename="socialhub-${day}.zip"`,
        ResponseCacheControl: 'private, no-store',
      });
      return getSignedUrl(outside, command, { expiresIn: archiveSeconds });
    },

    close() {
      inside.destroy();
      outside.destroy();
    },
  };
}

function cdnSignerOf(config: MediaConfig) {
  const { MEDIA_CDN_URL: url, MEDIA_CDN_KEY_ID: keyId, MEDIA_CDN_PRIVATE_KEY: privateKey } = config;
  return url && keyId && privateKey ? createCdnSigner({ url, keyId, privateKey }) : undefined;
}

function createS3Client(config: MediaConfig, endpoint: string | undefined): S3Client {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = config;
  if (!accessKeyId !== !secretAccessKey) {
    throw new ConfigError(['AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY go together']);
  }
  const options: S3ClientConfig = {
    region: config.AWS_REGION,
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
    // The newer default checksums are more than some S3 servers understand, and a signed form can't carry them.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  };
  if (endpoint) Object.assign(options, { endpoint, forcePathStyle: true });
  if (accessKeyId && secretAccessKey) options.credentials = { accessKeyId, secretAccessKey };
  return new S3Client(options);
}

async function readAtMost(body: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer | 'TOO_LARGE'> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) return 'TOO_LARGE';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'NotFound' || error.name === 'NoSuchKey');
