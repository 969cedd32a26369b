import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Logger } from '@socialhub/platform/log';
import * as z from 'zod';
import { S3Fault } from './fault.ts';
import { asFault, handleS3, type S3Bucket, sendFault } from './handler.ts';
import { openObjectFiles } from './object-files.ts';
import type { Credentials } from './signature.ts';

export interface ObjectStorage extends Credentials {
  url: string;
  bucket: string;
  /** Ends every connection; safe to call twice. */
  stop(): Promise<void>;
}

export const bucketName = 'socialhub-media';
const maxConnections = 256;
const silenceMs = 30_000;

/**
 * Serves the part of S3 that SocialHub uses, on 127.0.0.1 and for this machine's browsers, keeping objects and keys
 * under `dataDir`. `allowedOrigins` (default: any) are the origins whose pages may upload and read through it; every
 * request needs a signature in either case. Throws when the port is taken.
 */
export async function startObjectStorage(options: {
  dataDir: string;
  port?: number;
  log: Logger;
  allowedOrigins?: readonly string[];
}): Promise<ObjectStorage> {
  const { dataDir, log, allowedOrigins } = options;
  const credentials = await keptCredentials(dataDir);
  const bucket: S3Bucket = {
    name: bucketName,
    credentials,
    files: await openObjectFiles(join(dataDir, bucketName)),
  };

  const server = createServer(
    {
      requestTimeout: 120_000,
      headersTimeout: 20_000,
      maxHeaderSize: 16_384,
      connectionsCheckingInterval: 5_000,
    },
    async (request, response) => {
      try {
        setCommonHeaders(request, response, allowedOrigins);
        if (request.method === 'OPTIONS') response.writeHead(204).end();
        else await handleS3(bucket, request, response);
      } catch (error) {
        const fault = asFault(error);
        if (!fault && !request.destroyed && !response.destroyed)
          log.error({ err: error }, 'unexpected error in the local object storage');
        if (!response.headersSent)
          sendFault(response, fault ?? new S3Fault(500, 'InternalError', 'Internal error'));
        else response.destroy();
      }
    },
  );

  server.maxConnections = maxConnections;
  // A connection on which nothing moves ends, in the middle of an upload or a download too.
  server.setTimeout(silenceMs);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    bucket: bucketName,
    ...credentials,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function setCommonHeaders(
  request: IncomingMessage,
  response: ServerResponse,
  allowedOrigins: readonly string[] | undefined,
): void {
  // What people upload is never to run as a page of this origin.
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('content-security-policy', "default-src 'none'; sandbox");
  response.setHeader('cross-origin-resource-policy', 'cross-origin');
  const { origin } = request.headers;
  if (!origin || (allowedOrigins && !allowedOrigins.includes(origin))) return;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('vary', 'origin');
  response.setHeader('access-control-expose-headers', 'etag');
  if (request.method !== 'OPTIONS') return;
  response.setHeader('access-control-allow-methods', 'GET, HEAD, POST, PUT');
  response.setHeader(
    'access-control-allow-headers',
    request.headers['access-control-request-headers'] ?? '*',
  );
  response.setHeader('access-control-max-age', '600');
}

const credentialsSchema = z.object({ accessKeyId: z.string().min(16), secretAccessKey: z.string().min(32) });

/** The keys of this home: made once, readable by its owner alone. */
export async function keptCredentials(dataDir: string): Promise<Credentials> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, 'credentials.json');
  const made = {
    accessKeyId: `LOCAL${randomBytes(8).toString('hex')}`,
    secretAccessKey: randomBytes(30).toString('base64url'),
  };
  try {
    await writeFile(path, JSON.stringify(made), { mode: 0o600, flag: 'wx' });
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return credentialsSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  }
}
