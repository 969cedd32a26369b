import { Writable } from 'node:stream';
import { createClient } from 'graphql-ws';
import pg from 'pg';
import { pino } from 'pino';
import type { EventContract } from '../contracts/contract.ts';
import type { ServiceName } from '../contracts/services.ts';
import { type CloudEvent, createEvent } from '../events/envelope.ts';
import { createInProcessBroker } from '../events/in-process-broker.ts';
import { encodeGlobalId } from '../global-ids/codec.ts';
import { isNodeType } from '../global-ids/node-types.ts';
import type { ClientInfo, Viewer } from '../identity/identity.ts';
import {
  createIdentitySigner,
  deriveIdentityKeys,
  formatIdentityKeys,
  IDENTITY_HEADER,
} from '../identity/identity-signer.ts';
import { isUuid, uuidv7 } from '../ids.ts';
import type { Service } from '../lifecycle/service.ts';
import type { ServiceOverrides } from '../subgraph/subgraph.ts';
import { cloneDatabase } from './database.ts';
import { signedSocket } from './signed-socket.ts';
import { type OperationResult, until } from './until.ts';

/** From these the keys of every service in a test are derived. */
export const masterKeys = [{ id: 'test', secret: 'a test secret of more than thirty-two characters' }];

/** The device that tests ask from. */
export const testClient: ClientInfo = { ipAddress: '192.0.2.1', userAgent: 'test' };

/** One person's (or nobody's) way into a service. */
export interface TestClient {
  execute(query: string, variables?: Record<string, unknown>): Promise<OperationResult>;
  /** Resolves once the service has taken the subscription up is not observable; events from then on arrive in order. */
  subscribe(query: string, variables?: Record<string, unknown>): AsyncIterableIterator<OperationResult>;
}

/** A service on a database of its own, reached through its own GraphQL. */
export interface TestService {
  readonly url: string;
  readonly db: pg.Pool;
  /** Speaks for a user id (as a MEMBER), a whole viewer, or nobody; from the tests' own device unless told otherwise. */
  as(who: string | Viewer | null, client?: ClientInfo): TestClient;
  /** The headers by which the gateway vouches for somebody. */
  headersOf(who: string | Viewer | null): Record<string, string>;
  /** Gives the service an event and waits until it has applied it. */
  emit<Data>(
    contract: EventContract<Data>,
    data: NoInfer<Data>,
    envelope?: { id?: string; sequence?: bigint },
  ): Promise<void>;
  /** The events that the service has published, in order. */
  published<Data>(contract: EventContract<Data>): Promise<Data[]>;
  /** Waits until everything that was committed has been published. */
  settle(): Promise<void>;
  /** Resolves one entity as the gateway would, by its global id or its UUID. */
  entity(
    typename: string,
    id: string,
    selection: string,
    who?: string | Viewer | null,
  ): Promise<OperationResult>;
  /** How many statements the database ran while `work` did; what is polled by the clock, the outbox, mails and tasks that are due, left out. */
  countQueries(work: () => Promise<unknown>): Promise<number>;
  /** What the service logged at level error or above. */
  readonly loggedErrors: readonly Record<string, unknown>[];
  stop(): Promise<void>;
}

/** Starts one service on a clone of its template database, with the in-process broker. Stop it in `afterAll`. */
export async function testService<Config>(subject: {
  name: ServiceName;
  create: (config: Config, overrides: ServiceOverrides) => Service;
  readConfig: (env: NodeJS.ProcessEnv) => Config;
  env?: Record<string, string>;
}): Promise<TestService> {
  const { name } = subject;
  const database = await cloneDatabase(name);
  const keys = deriveIdentityKeys(masterKeys, name);
  const loggedErrors: Record<string, unknown>[] = [];
  const log = pino({ level: 'error' }, collect(loggedErrors));
  const broker = createInProcessBroker({ log, services: [name] });
  const events: CloudEvent[] = [];
  const recording = {
    ...broker,
    publish: async (event: CloudEvent) => {
      await broker.publish(event);
      events.push(event);
    },
  };
  const config = subject.readConfig({
    DATABASE_URL: database.url,
    IDENTITY_KEYS: formatIdentityKeys(keys),
    LOG_LEVEL: 'error',
    ...subject.env,
  });
  const service = subject.create(config, { broker: recording, log });
  const db = new pg.Pool({ connectionString: database.url, max: 3 });
  db.on('error', () => undefined);
  const { url } = await service.start();
  const sign = createIdentitySigner(keys, name);
  let sequence = 0n;

  const identityOf = (who: string | Viewer | null, client: ClientInfo) =>
    sign({
      viewer:
        typeof who === 'string' ? { userId: who, sessionId: uuidv7(), role: 'MEMBER', scopes: [] } : who,
      client,
    });

  const as = (who: string | Viewer | null, from: ClientInfo = testClient): TestClient => ({
    async execute(query, variables) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', [IDENTITY_HEADER]: identityOf(who, from) },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(60_000),
      });
      return (await response.json()) as OperationResult;
    },
    subscribe(query, variables) {
      const client = createClient({
        url: `${url.replace('http', 'ws')}/graphql`,
        webSocketImpl: signedSocket(identityOf(null, from)),
        lazy: true,
        lazyCloseTimeout: 0,
        retryAttempts: 0,
      });
      const extensions = { identity: identityOf(who, from) };
      return client.iterate({
        query,
        variables: variables ?? null,
        extensions,
      }) as AsyncIterableIterator<OperationResult>;
    },
  });

  const settle = async () => {
    await until(
      async () => (await db.query('SELECT 1 FROM outbox WHERE dead_at IS NULL LIMIT 1')).rowCount === 0,
      {
        what: `an empty outbox of ${name}`,
      },
    );
  };

  return {
    url,
    db,
    as,
    headersOf: (who) => ({ [IDENTITY_HEADER]: identityOf(who, testClient) }),
    loggedErrors,
    settle,
    async emit(contract, data, envelope = {}) {
      sequence += 1n;
      await broker.publish(
        createEvent(contract, data, { id: envelope.id ?? uuidv7(), sequence: envelope.sequence ?? sequence }),
      );
    },
    async published<Data>(contract: EventContract<Data>) {
      await settle();
      return events.filter((event) => event.type === contract.name).map((event) => event.data as Data);
    },
    entity(typename, id, selection, who = null) {
      const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${typename} { ${selection} } } }`;
      return as(who).execute(query, {
        representations: [
          {
            __typename: typename,
            id: isNodeType(typename) && isUuid(id) ? encodeGlobalId(typename, id) : id,
          },
        ],
      });
    },
    async countQueries(work) {
      await db.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
      // Only this database's figures: other test files share the server.
      await db.query(
        'SELECT pg_stat_statements_reset(0, (SELECT oid FROM pg_database WHERE datname = current_database()), 0)',
      );
      await work();
      const { rows } = await db.query<{ calls: string }>(
        `SELECT coalesce(sum(calls), 0) AS calls FROM pg_stat_statements
          WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND query ~* '^\\s*(select|with|insert|update|delete)' AND query !~* 'pg_stat_statements|outbox|\\mmail\\M|^\\s*update task\\M|^\\s*select \\$?1\\s*$'`,
      );
      return Number(rows[0]?.calls ?? 0);
    },
    async stop() {
      await service.stop();
      await broker.close();
      await db.end();
      await database.drop();
    },
  };
}

function collect(lines: Record<string, unknown>[]): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
}
