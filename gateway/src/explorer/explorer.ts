import type { IncomingMessage, ServerResponse } from 'node:http';
import { targetOf } from '@socialhub/platform/http/request-target';
import type { Logger } from '@socialhub/platform/log';
import { readExplorerFiles } from './explorer-files.ts';
import { type StaticFile, sendStaticFile } from './static-file.ts';

/** The explorer at `/`, from our own files alone. */
export interface Explorer {
  /** Reads what was built; without it the gateway works as well. */
  prepare(): Promise<void>;
  /** Answers a request for one of its files; false when it is not for one. */
  serve(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
}

export function createExplorer(options: { enabled: boolean; log: Logger; folder?: string }): Explorer {
  let files: ReadonlyMap<string, StaticFile> = new Map();

  return {
    async prepare() {
      if (!options.enabled) return;
      try {
        files = await readExplorerFiles(options.folder);
      } catch (error) {
        options.log.warn({ err: error }, 'the explorer is not served: npm run build:explorer builds it');
      }
    },
    async serve(request, response) {
      const file = files.get(targetOf(request).path);
      if (!file || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
      sendStaticFile(request, response, file, {
        'content-security-policy': contentSecurityPolicy(request.headers.host),
        'cross-origin-opener-policy': 'same-origin',
      });
      return true;
    },
  };
}

/** Nothing from elsewhere, nothing inline. Some browsers don't count a socket to the same host as 'self'. */
function contentSecurityPolicy(host: string | undefined): string {
  const sockets = host && /^[\w.[\]:-]+$/.test(host) ? ` ws://${host} wss://${host}` : '';
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    'img-src data:',
    `connect-src 'self'${sockets}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
