import type { IncomingMessage, RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { countRefusal } from '../metrics/refusals.ts';
import type { WatchedResponse } from './client-times.ts';
import { sendError } from './response.ts';

type Listener<Response extends typeof WatchedResponse> = RequestListener<typeof IncomingMessage, Response>;

/** Requests of one connection that may wait until those before them are answered. */
export const maxPipelined = 64;

/** What is under way on a connection, and what waits for it. */
class Line {
  isBusy = false;
  isFull = false;
  waiting: { response: WatchedResponse; begin: () => void }[] | undefined = undefined;
}

const key = Symbol('line of requests');
type Connection = Socket & { [key]?: Line };

/**
 * Hands on the requests of a connection one after the other, however many a client sends before it has the answers
 * (RFC 9112 section 9.3.2): the answers go out in this order anyway, and in between everybody else has a turn. One too
 * many is answered with 429 when its turn comes and ends the connection; those after it are dropped.
 */
export function oneByOne<Response extends typeof WatchedResponse>(
  listener: Listener<Response>,
): Listener<Response> {
  const advance = (connection: Connection, line: Line) => {
    const next = line.waiting?.shift();
    if (!next) {
      line.isBusy = false;
      return;
    }
    setImmediate(() => {
      // What has ended the connection was the last answer on it.
      if (!connection.writable) return;
      next.response.on('close', answered);
      if (line.isFull && line.waiting?.length === 0) refuse(next.response);
      else next.begin();
    });
  };

  function answered(this: WatchedResponse) {
    const connection: Connection = this.req.socket;
    const line = connection[key];
    if (line) advance(connection, line);
  }

  return (request, response) => {
    const connection: Connection = request.socket;
    connection[key] ??= new Line();
    const line = connection[key];
    if (!line.isBusy) {
      line.isBusy = true;
      response.on('close', answered);
      listener(request, response);
      return;
    }
    if (line.isFull) return;
    line.waiting ??= [];
    line.waiting.push({ response, begin: () => listener(request, response) });
    line.isFull = line.waiting.length > maxPipelined;
  };
}

function refuse(response: WatchedResponse): void {
  countRefusal('pipelined requests');
  const text = `Too many requests at once on one connection: at most ${maxPipelined} may wait for those before them`;
  sendError(response, 429, 'RATE_LIMITED', text, { connection: 'close', 'retry-after': '1' });
}
