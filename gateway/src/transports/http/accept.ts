import { weightOf } from '@socialhub/platform/http/weight';
import type { MediaType } from '../../operations/http-operation.ts';
import { multipart } from '../streams/multipart-format.ts';
import { serverSentEvents } from '../streams/sse-format.ts';
import type { StreamFormat } from '../streams/stream-format.ts';

/** In which forms a client takes its answer. */
export interface Accepted {
  /** As a stream that stays open; null: as one of the others. */
  stream: StreamFormat | null;
  /** Deferred fragments in parts. */
  inParts: boolean;
  /** As one text of JSON; null: not at all. */
  whole: MediaType | null;
}

const json = 'application/json; charset=utf-8';
const responseJson = 'application/graphql-response+json; charset=utf-8';
const anything: Accepted = { stream: null, inParts: false, whole: json };

const maxKept = 200;
const maxKeptLength = 200;
const read = new Map<string, Accepted>();

/**
 * Reads an Accept header (RFC 9110 section 12.5.1); one that names nothing takes anything. Streams and parts have to be
 * asked for by name. The multipart protocols' clients ask for a stream with their subscriptions alone, and for parts
 * beside JSON, so that any weight will do. Events are for whoever likes them more than JSON, named or among anything.
 */
export function acceptedBy(header: string | undefined): Accepted {
  if (!header) return anything;
  const known = read.get(header);
  if (known) return known;
  const accepted = accept(rangesIn(header));
  if (header.length <= maxKeptLength) {
    if (read.size >= maxKept) read.clear();
    read.set(header, accepted);
  }
  return accepted;
}

interface Range {
  type: string;
  parameters: readonly string[];
  weight: number;
}

function accept(ranges: readonly Range[]): Accepted {
  if (ranges.length === 0) return anything;
  const named = (type: string) => ranges.find((range) => range.type === type)?.weight;
  const parts = (parameter: RegExp) =>
    ranges.find(
      (range) => range.type === 'multipart/mixed' && range.parameters.some((one) => parameter.test(one)),
    )?.weight ?? 0;
  const others = named('application/*') ?? named('*/*') ?? 0;
  const plain = named('application/json');
  const response = named('application/graphql-response+json');
  const events = named('text/event-stream') ?? 0;
  const wantsEvents = events > Math.max(plain ?? 0, response ?? 0) && events >= others;
  return {
    stream: parts(ofSubscriptions) > 0 ? multipart : wantsEvents ? serverSentEvents : null,
    inParts: parts(ofDeferred) > 0,
    whole: wholeIn(ranges, plain ?? others, response ?? others),
  };
}

const ofSubscriptions = /^subscriptionspec="?1\.0"?$/;
const ofDeferred = /^deferspec="?20220824"?$/;

/** The type of JSON that is liked most; of equals the one that is named alone or first. */
function wholeIn(ranges: readonly Range[], plain: number, response: number): MediaType | null {
  if (plain === 0 && response === 0) return null;
  if (plain !== response) return plain > response ? json : responseJson;
  const first = ranges.find(
    ({ type }) => type === 'application/json' || type === 'application/graphql-response+json',
  );
  return first?.type === 'application/graphql-response+json' ? responseJson : json;
}

/** What is in quotes may have commas and semicolons of its own. */
const rangeText = /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g;
const partText = /(?:[^;"]|"(?:[^"\\]|\\.)*"?)+/g;

function rangesIn(header: string): Range[] {
  const ranges: Range[] = [];
  for (const text of header.toLowerCase().match(rangeText) ?? []) {
    const [name = '', ...parameters] = (text.match(partText) ?? []).map((part) => part.trim());
    // Java's HttpURLConnection sends the asterisk alone.
    const type = name === '*' ? '*/*' : name;
    if (type.includes('/')) ranges.push({ type, parameters, weight: weightOf(parameters) });
  }
  return ranges;
}
