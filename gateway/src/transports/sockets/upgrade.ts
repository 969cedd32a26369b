import type { IncomingMessage } from 'node:http';
import { CodedError, type ErrorCode } from '@socialhub/platform/errors';
import type { UpgradeRefusal } from '@socialhub/platform/http/refuse-upgrade';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';

const statuses: Partial<Record<ErrorCode, number>> = { RATE_LIMITED: 429, UNAVAILABLE: 503 };

/** A coded error as a handshake's refusal. */
export function refusalFor({ code, message, extensions }: CodedError): UpgradeRefusal {
  const { retryAfter = 1, limit } = extensions;
  return {
    status: statuses[code] ?? 400,
    code,
    message,
    extensions: { retryAfter, ...(limit !== undefined && { limit }) },
    headers: { 'retry-after': String(retryAfter) },
  };
}

/** Gives what `find` gives or, if it is coded, throws. */
export function refusalIn(find: () => UpgradeRefusal | null): UpgradeRefusal | null {
  try {
    return find();
  } catch (error) {
    if (error instanceof CodedError) return refusalFor(error);
    throw error;
  }
}

/** The subprotocol of clients before 2021, Apollo Kotlin's default among them. */
const olderProtocol = 'graphql-ws';

/** Null when the client offers the subprotocol that is spoken here; else what is to be done about it. */
export function subprotocolRefusal({ headers }: IncomingMessage): UpgradeRefusal | null {
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  if (offered.includes(GRAPHQL_TRANSPORT_WS_PROTOCOL)) return null;
  const spoken = `WebSockets speak the subprotocol ${GRAPHQL_TRANSPORT_WS_PROTOCOL} here`;
  const message = offered.includes(olderProtocol)
    ? `${spoken}, not the older ${olderProtocol}: in Apollo Kotlin choose GraphQLWsProtocol, elsewhere the client library graphql-ws or what is compatible with it`
    : `${spoken}: name it in the header Sec-WebSocket-Protocol`;
  return { status: 400, code: 'BAD_USER_INPUT', message };
}
