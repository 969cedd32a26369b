import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import type { Logger } from '@socialhub/platform/log';
import { buildExplorer, explorerFolder } from '../explorer/build.ts';

/** GraphiQL at `/`, from our own files alone. */
export interface Explorer {
  /** Builds it if need be and reads it; without it the gateway works as well. */
  prepare(): Promise<void>;
  /** Answers a request for one of its files; false when it is not for one. */
  serve(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
}

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

export function createExplorer(options: { enabled: boolean; log: Logger }): Explorer {
  const files = new Map<string, { body: Buffer; type: string }>();

  return {
    async prepare() {
      if (!options.enabled) return;
      try {
        await buildExplorer();
        for (const name of await readdir(explorerFolder)) {
          const type = contentTypes[extname(name)];
          if (type)
            files.set(`/explorer/${name}`, { body: await readFile(join(explorerFolder, name)), type });
        }
      } catch (error) {
        options.log.warn({ err: error }, 'the explorer could not be built and is not served');
      }
    },
    async serve(request, response) {
      const path = request.url?.split('?', 1)[0] ?? '/';
      const file = files.get(path === '/' ? '/explorer/index.html' : path);
      if (!file || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
      response.writeHead(200, {
        'content-type': file.type,
        'content-length': file.body.length,
        'cache-control': 'no-cache',
        'content-security-policy': contentSecurityPolicy(request.headers.host),
      });
      response.end(request.method === 'HEAD' ? undefined : file.body);
      return true;
    },
  };
}

/** Nothing from elsewhere. The editor makes its styles at run time; some browsers don't count a socket to the same host as 'self'. */
function contentSecurityPolicy(host: string | undefined): string {
  const sockets = host && /^[\w.[\]:-]+$/.test(host) ? ` ws://${host} wss://${host}` : '';
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src 'self'${sockets}`,
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
