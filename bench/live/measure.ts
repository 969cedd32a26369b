import { setTimeout as delay } from 'node:timers/promises';
import { machineBusySeconds, type Started, usageOf } from '../measure/processes.ts';
import { median } from '../measure/statistics.ts';
import { type Audience, createAudience } from './audience.ts';
import { author, type EventSource, textOfMessage } from './event-source.ts';

export interface LiveResult {
  /** Of the subscriptions after the first fifth, which pay for what is there only once. */
  kilobytesPerIdle: number;
  /** From the first connection to the last subscription. */
  joinSeconds: number;
  /** From the event's leaving its source until half of the sockets, and until all of them, have it. */
  half: number;
  all: number;
  worst: number;
  messagesPerSecond: number;
  cpuMicrosPerMessage: number;
  /** Messages from the source for one event: 1 where subscribers share. */
  upstream: number;
  rssMegabytesAfter: number;
  lost: number;
  strangers: number;
}

export interface Sizes {
  sockets: number;
  events: number;
  streamSeconds: number;
}

const joinAtOnce = 100;
/** Events on their way at a time when the stream is measured: the server is never idle and no queue grows. */
const window = 4;
const heardWithinMs = 60_000;

export async function measureLive(
  server: Started,
  port: number,
  query: string,
  source: EventSource,
  sizes: Sizes,
): Promise<LiveResult> {
  const audience = createAudience(port, query);
  let emitted = 0;
  let upstream = 0;
  const emit = () => {
    emitted += 1;
    upstream = source.emit();
    return heard(audience, emitted);
  };

  const first = Math.ceil(sizes.sockets / 5);
  await audience.join(first, joinAtOnce);
  await idle(server);
  for (let event = 0; event < 20; event += 1) await emit();
  await idle(server);
  const few = usageOf(server.pid).rssBytes;
  const joinBegin = performance.now();
  await audience.join(sizes.sockets - first, joinAtOnce);
  const joinSeconds = (performance.now() - joinBegin) / 1000;
  await idle(server);
  const many = usageOf(server.pid).rssBytes;

  await emit();
  const busy = machineBusySeconds() - process.cpuUsage().user / 1e6 - process.cpuUsage().system / 1e6;
  const begin = performance.now();
  const cpuAtBegin = usageOf(server.pid).cpuSeconds;
  const times: { half: number; all: number }[] = [];
  for (let event = 0; event < sizes.events; event += 1) {
    const sentAt = performance.now();
    const at = await emit();
    times.push({ half: at.half - sentAt, all: at.all - sentAt });
  }

  const streamBegin = performance.now();
  const cpuBefore = usageOf(server.pid).cpuSeconds;
  let streamed = 0;
  const lane = async () => {
    while (performance.now() < streamBegin + sizes.streamSeconds * 1000) {
      await emit();
      streamed += audience.size();
    }
  };
  await Promise.all(Array.from({ length: window }, lane));
  const streamSeconds = (performance.now() - streamBegin) / 1000;
  const after = usageOf(server.pid);
  const own = process.cpuUsage();
  const strangers =
    machineBusySeconds() - (own.user + own.system) / 1e6 - busy - (after.cpuSeconds - cpuAtBegin);

  const lost = audience.lost();
  const wrong = [...audience.firstEvents()].filter((text) => !isRight(text, query));
  await audience.leave();
  if (wrong.length > 0) throw new Error(`a wrong event: ${wrong[0]?.slice(0, 200)}`);
  return {
    kilobytesPerIdle: (many - few) / 1024 / (sizes.sockets - first),
    joinSeconds,
    half: median(times.map(({ half }) => half)),
    all: median(times.map(({ all }) => all)),
    worst: Math.max(...times.map(({ all }) => all)),
    messagesPerSecond: streamed / streamSeconds,
    cpuMicrosPerMessage: ((after.cpuSeconds - cpuBefore) * 1e6) / streamed,
    upstream,
    rssMegabytesAfter: after.rssBytes / 1e6,
    lost,
    strangers: Math.max(0, strangers) / ((performance.now() - begin) / 1000),
  };
}

function heard(audience: Audience, event: number): Promise<{ half: number; all: number }> {
  return Promise.race([
    audience.heard(event),
    delay(heardWithinMs, undefined, { ref: false }).then(() => {
      throw new Error(
        `event ${event} did not reach all ${audience.size()} sockets (${audience.lost()} lost)`,
      );
    }),
  ]);
}

/** The protocol acknowledges no subscription; but a server that rests has taken them all. */
async function idle(server: Started): Promise<void> {
  const deadline = performance.now() + 30_000;
  let quiet = 0;
  for (let before = usageOf(server.pid).cpuSeconds; quiet < 3 && performance.now() < deadline; ) {
    await delay(300);
    const now = usageOf(server.pid).cpuSeconds;
    quiet = now - before <= 0.02 ? quiet + 1 : 0;
    before = now;
  }
}

function isRight(text: string, query: string): boolean {
  const { id, type, payload } = JSON.parse(text);
  const posted = payload?.data?.posted;
  const hasAuthor = !query.includes('author') || posted?.author?.name === author.name;
  return id === '1' && type === 'next' && !payload.errors && posted?.text === textOfMessage && hasAuthor;
}
