import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, graphql, parse } from 'graphql';
import { resolvers, type SubgraphName, subgraphNames } from './resolvers.ts';

export interface Subgraphs {
  /** Where each one listens. */
  urls: Record<SubgraphName, string>;
  /** Requests answered by all four since they were started. */
  calls(): number;
  /** How many of them had to be executed; all others were answered from the first answer to the same request. */
  executed(): number;
  /** From now on every answer waits so long. */
  delay(milliseconds: number): void;
  stop(): Promise<void>;
}

const maxRemembered = 20_000;

export const sdlOf = (name: SubgraphName) =>
  readFileSync(new URL(`${name}.graphql`, import.meta.url), 'utf8');

/**
 * Starts the four subgraphs on free ports. The data never changes, so a request that came before is answered with
 * the bytes of the first answer: what is measured is the gateway, not its subgraphs.
 */
export async function startSubgraphs(): Promise<Subgraphs> {
  let calls = 0;
  let executed = 0;
  let delayMs = 0;

  const start = async (name: SubgraphName) => {
    const schema = buildSubgraphSchema([{ typeDefs: parse(sdlOf(name)), resolvers: resolvers[name] }]);
    const remembered = new Map<string, Buffer>();
    const answer = async (body: string): Promise<Buffer> => {
      executed += 1;
      const bytes = Buffer.from(JSON.stringify(await execute(schema, body)));
      if (remembered.size < maxRemembered) remembered.set(body, bytes);
      return bytes;
    };
    const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      collect(request, (body) => {
        calls += 1;
        const ready = remembered.get(body);
        const reply = (bytes: Buffer) =>
          delayMs > 0 ? setTimeout(send, delayMs, response, bytes) : send(response, bytes);
        if (ready) reply(ready);
        else answer(body).then(reply, (error: unknown) => response.destroy(error as Error));
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const stop = async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    };
    return { name, url: `http://127.0.0.1:${port}/graphql`, stop };
  };

  const started = await Promise.all(subgraphNames.map(start));
  return {
    urls: Object.fromEntries(started.map(({ name, url }) => [name, url])) as Record<SubgraphName, string>,
    calls: () => calls,
    executed: () => executed,
    delay(milliseconds) {
      delayMs = milliseconds;
    },
    async stop() {
      await Promise.all(started.map(({ stop }) => stop()));
    },
  };
}

/** One byte a character: the body is a key here, and it is decoded only when it is executed. */
function collect(request: IncomingMessage, done: (body: string) => void): void {
  let body = '';
  request.setEncoding('latin1');
  request.on('data', (part: string) => {
    body += part;
  });
  request.on('end', () => done(body));
}

async function execute(schema: GraphQLSchema, body: string) {
  const { query, variables, operationName } = JSON.parse(Buffer.from(body, 'latin1').toString('utf8'));
  return graphql({ schema, source: query, variableValues: variables, operationName });
}

function send(response: ServerResponse, bytes: Buffer): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
  response.end(bytes);
}
