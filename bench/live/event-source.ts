import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { type WebSocket, WebSocketServer } from 'ws';
import { jsonResponse, startFastServer } from '../federation/fast-server.ts';
import { messages } from '../federation/supergraph.ts';

export interface EventSource {
  /** The subgraphs `events`, which has the subscription, and `people`, which knows authors' names. */
  urls: { events: string; people: string };
  /** Sends one event, whose text may be so long, to every subscription; gives how many there are. */
  emit(length?: number): number;
  subscriptions(): number;
  stop(): Promise<void>;
}

const words = 'A message of the length that messages have, when somebody has something to say to many. ';
export const author = { id: '7', name: 'Esi Tanaka' };
export const textOfMessage = words + words;

/** One upstream for all that is measured: the subscription's subgraph, over graphql-transport-ws. */
export async function startEventSource(): Promise<EventSource> {
  const people = await startPeople();
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  await once(server, 'listening');
  const subscriptions = new Map<WebSocket, Set<string>>();
  let count = 0;

  server.on('connection', (socket) => {
    const ids = new Set<string>();
    subscriptions.set(socket, ids);
    socket.on('close', () => subscriptions.delete(socket));
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (message.type === 'connection_init') socket.send('{"type":"connection_ack"}');
      if (message.type === 'ping') socket.send('{"type":"pong"}');
      if (message.type === 'subscribe') ids.add(message.id);
      if (message.type === 'complete') ids.delete(message.id);
    });
  });

  return {
    urls: {
      events: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
      people: people.url,
    },
    emit(length) {
      count += 1;
      let sent = 0;
      const message = {
        __typename: 'Message',
        id: String(count),
        text: length === undefined ? textOfMessage : textOfMessage.padEnd(length, '.'),
      };
      const data = JSON.stringify({
        posted: { ...message, author: { __typename: 'Person', id: author.id } },
      });
      for (const [socket, ids] of subscriptions) {
        for (const id of ids) socket.send(`{"id":"${id}","type":"next","payload":{"data":${data}}}`);
        sent += ids.size;
      }
      return sent;
    },
    subscriptions: () => [...subscriptions.values()].reduce((sum, ids) => sum + ids.size, 0),
    async stop() {
      for (const socket of server.clients) socket.terminate();
      server.close();
      await people.stop();
    },
  };
}

async function startPeople() {
  const schema = buildSubgraphSchema([
    {
      typeDefs: parse(readFileSync(messages.schemaFiles.people ?? '', 'utf8')),
      resolvers: { Person: { __resolveReference: () => author }, Query: { person: () => author } },
    },
  ]);
  const remembered = new Map<string, Buffer>();
  return startFastServer(async (body, reply) => {
    let bytes = remembered.get(body);
    if (!bytes) {
      const { query, variables } = JSON.parse(body);
      bytes = jsonResponse(await graphql({ schema, source: query, variableValues: variables }));
      remembered.set(body, bytes);
    }
    reply(bytes);
  });
}
