import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  endSlowReaders,
  serverTimes,
  usualTimes,
  WatchedResponse,
} from '@socialhub/platform/http/client-times';
import { oneByOne } from '@socialhub/platform/http/one-by-one';
import { createOrderlyEnd } from '@socialhub/platform/http/orderly-end';
import { targetOf } from '@socialhub/platform/http/request-target';
import type { Admission, Kind } from './admission.ts';
import { maxFormBytes, type Refusal, refusalOf, refusalOfBody } from './refused-requests.ts';

/** An address that no page has. */
const nowhere = '/404';
/** The same for everybody, and read from the disk or the memory. */
const files =
  /^\/(?:_next\/static\/|icons\/|(?:icon\.svg|favicon\.ico|manifest\.webmanifest|offline-worker\.js|livez)$)/;
/** Cookies and all. */
const maxHeadBytes = 16_384;
const shortBytes = 16_384;
const nothing = Buffer.alloc(0);
/** Of what becomes of an answer. Next has up to seven where an action redirects, and Node tells of more than ten as of a leak. */
const maxListeners = 20;
/** For what is being answered when the server ends. */
const closeTimeoutMs = 5_000;

export interface WebServer {
  /** Node's server. */
  readonly server: Server<typeof IncomingMessage, typeof WatchedResponse>;
  /** Listens and gives the address. Throws when the port is taken. */
  listen(host: string, port: number): Promise<string>;
  /** Answers what is being asked (5 s at most), takes nothing new, and closes. */
  close(): Promise<void>;
}

/**
 * The server that browsers talk to: bounds what each address has of it, refuses what Next fails at, and leaves the rest to
 * `handle`. An Upgrade that nobody takes is ignored, where Next closes the connection; a target in absolute form is read.
 */
export function createWebServer(options: {
  admission: Admission;
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  times?: typeof usualTimes;
}): WebServer {
  const { admission, handle, times = usualTimes } = options;

  const answer = (request: IncomingMessage, response: ServerResponse) => {
    handle(request, response).catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  };

  const readBody = (request: IncomingMessage): Promise<Refusal | null> | null => {
    if (isReading(request.method)) return null;
    return hasBody(request) ? admission.readBody(request, maxFormBytes) : refusalOfBody(request, nothing);
  };

  /** In this order: how often, what is wrong with it, how much there is of it, whose turn it is. */
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<Refusal | null> => {
    const { path, search } = targetOf(request);
    const kind = kindOf(request, path);
    const refusal = admission.count(request, kind) ?? (path === '' ? isNoAddress : refusalOf(request));
    if (refusal) return refusal;
    request.url = isEncodedText(path) ? path + search : nowhere;
    const bodyRefusal = await readBody(request);
    if (bodyRefusal || response.destroyed) return bodyRefusal;
    return admission.answer(request, response, kind, () => answer(request, response));
  };

  const server = createServer(
    {
      ...serverTimes(times),
      maxHeaderSize: maxHeadBytes,
      ServerResponse: WatchedResponse,
      shouldUpgradeCallback: () => false,
    },
    oneByOne(async (request, response) => {
      response.setMaxListeners(maxListeners);
      end.add(response);
      const refusal = await serve(request, response);
      if (refusal && !response.destroyed) refuse(request, response, refusal);
    }),
  );
  const end = createOrderlyEnd(server, closeTimeoutMs);
  server.once('close', endSlowReaders(end.underWay, times));
  admission.guard(server);
  return {
    server,
    listen: end.listen,
    close: end.close,
  };
}

const kindOf = ({ method }: IncomingMessage, path: string): Kind =>
  isReading(method) && files.test(path) ? 'file' : 'page';

const isReading = (method: string | undefined) => method === 'GET' || method === 'HEAD';

/** Next reads none that comes with what reads. */
const hasBody = ({ method, headers }: IncomingMessage): boolean =>
  !isReading(method) &&
  (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);

/** Such a rest is read sooner than a connection is made anew, and a browser that still sends it hears what is said. */
const isShort = (request: IncomingMessage): boolean =>
  !hasBody(request) || Number(request.headers['content-length']) <= shortBytes;

/** Next answers 500 where a part of the path that it hands to a page is not UTF-8, percent-encoded. */
function isEncodedText(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function refuse(request: IncomingMessage, response: ServerResponse, { status, reason, headers }: Refusal) {
  const type = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
  // Node would read on to the end of a body that nobody wants, to keep the connection.
  const last = request.complete || isShort(request) ? {} : { connection: 'close' };
  response.writeHead(status, { ...type, ...last, ...headers }).end(`${reason}\n`);
}

const isNoAddress: Refusal = { status: 400, reason: 'This is no address.' };
