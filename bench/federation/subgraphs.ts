import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, graphql, parse } from 'graphql';
import { jsonResponse, startFastServer } from './fast-server.ts';
import { resolvers, type SubgraphName, subgraphNames } from './resolvers.ts';
import { shop } from './supergraph.ts';

export interface Subgraphs {
  /** Where each one listens. */
  urls: Record<SubgraphName, string>;
  /** Requests answered by all four since they were started. */
  calls(): number;
  /** From now on every answer waits so long. */
  delay(milliseconds: number): void;
  stop(): Promise<void>;
}

const maxRemembered = 20_000;

/**
 * Starts the four subgraphs on free ports. The data never changes, so a request that came before is answered with
 * the bytes of the first answer: what is measured is the gateway, not its subgraphs.
 */
export async function startSubgraphs(): Promise<Subgraphs> {
  let calls = 0;
  let delayMs = 0;

  const start = async (name: SubgraphName) => {
    const schema = buildSubgraphSchema([
      { typeDefs: parse(readFileSync(shop.schemaFiles[name] ?? '', 'utf8')), resolvers: resolvers[name] },
    ]);
    const remembered = new Map<string, Buffer>();
    const answer = async (body: string): Promise<Buffer> => {
      const bytes = jsonResponse(await execute(schema, body));
      if (remembered.size < maxRemembered) remembered.set(body, bytes);
      return bytes;
    };
    const server = await startFastServer((body, reply) => {
      calls += 1;
      const send = (bytes: Buffer) => {
        if (delayMs > 0) setTimeout(reply, delayMs, bytes);
        else reply(bytes);
      };
      const ready = remembered.get(body);
      if (ready) return send(ready);
      answer(body).then(send, (error: unknown) =>
        send(jsonResponse({ errors: [{ message: String(error) }] })),
      );
    });
    return { name, ...server };
  };

  const started = await Promise.all(subgraphNames.map(start));
  return {
    urls: Object.fromEntries(started.map(({ name, url }) => [name, url])) as Record<SubgraphName, string>,
    calls: () => calls,
    delay(milliseconds) {
      delayMs = milliseconds;
    },
    async stop() {
      await Promise.all(started.map(({ stop }) => stop()));
    },
  };
}

async function execute(schema: GraphQLSchema, body: string) {
  const { query, variables, operationName } = JSON.parse(Buffer.from(body, 'latin1').toString('utf8'));
  return graphql({ schema, source: query, variableValues: variables, operationName });
}
