import { isSubscription } from './document.ts';
import { type Headers, type Params, Refused, send, subscribe } from './send.ts';

/** Where it shows how an operation goes. */
export interface Screen {
  status(text: string): void;
  result(text: string): void;
  token(accessToken: string | undefined): void;
  running(isRunning: boolean): void;
}

/** Of a subscription's events so many stay on the screen, the newest on top. */
const maxEvents = 30;

export interface Runner {
  readonly isRunning: boolean;
  run(params: Params, headers: Headers): Promise<void>;
  stop(): void;
}

/** Runs one operation at a time. */
export function createRunner(screen: Screen): Runner {
  let current: AbortController | undefined;

  const ask = async (params: Params, headers: Headers, signal: AbortSignal) => {
    const began = performance.now();
    const { body, status, bytes } = await send(params, headers, signal);
    screen.status(`${status} · ${Math.round(performance.now() - began)} ms · ${sizeOf(bytes)}`);
    screen.result(printed(body));
    screen.token(accessTokenIn(body));
  };

  const listen = async (params: Params, headers: Headers, signal: AbortSignal) => {
    let count = 0;
    let events: string[] = [];
    screen.status('Waiting for events …');
    await subscribe(params, headers, signal, (event) => {
      count += 1;
      events = [printed(event), ...events].slice(0, maxEvents);
      screen.status(`${count} ${count === 1 ? 'event' : 'events'}, the newest first`);
      screen.result(events.join('\n\n'));
    });
    screen.status(
      `${count} ${count === 1 ? 'event' : 'events'}; ${signal.aborted ? 'stopped' : 'that was all'}`,
    );
  };

  return {
    get isRunning() {
      return current !== undefined;
    },
    async run(params, headers) {
      const own = new AbortController();
      current?.abort();
      current = own;
      screen.running(true);
      screen.token(undefined);
      screen.status('…');
      screen.result('');
      try {
        const work = isSubscription(params.query, params.operationName) ? listen : ask;
        await work(params, headers, own.signal);
      } catch (reason) {
        if (own.signal.aborted) screen.status('Stopped');
        else if (reason instanceof Refused) {
          screen.status(reason.message);
          screen.result(printed({ errors: reason.errors }));
        } else screen.status(reason instanceof Error ? reason.message : String(reason));
      } finally {
        if (current === own) {
          current = undefined;
          screen.running(false);
        }
      }
    },
    stop: () => current?.abort(),
  };
}

const printed = (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body, null, 2));

const sizeOf = (bytes: number) => (bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`);

/** The access token that an answer brought, at any depth. */
function accessTokenIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, part] of Object.entries(value)) {
    if (name === 'accessToken' && typeof part === 'string') return part;
    const found = accessTokenIn(part);
    if (found) return found;
  }
  return undefined;
}
