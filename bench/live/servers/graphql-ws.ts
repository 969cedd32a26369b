import { once } from 'node:events';
import { createServer } from 'node:http';
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { type Posted, subscribeUpstream } from './upstream.ts';

/** graphql-ws as its documentation sets it up: graphql-js executes each event once for each subscriber. */
const [port = '', upstream = ''] = process.argv.slice(2);

type Push = (event: { posted: Posted }) => void;
const subscribers = new Set<Push>();

async function* events() {
  const waiting: { posted: Posted }[] = [];
  let wake = () => {};
  const push: Push = (event) => {
    waiting.push(event);
    wake();
  };
  subscribers.add(push);
  try {
    while (true) {
      const event = waiting.shift();
      if (event) yield event;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    subscribers.delete(push);
  }
}

const schema = buildSchema(`
  type Query { none: Boolean }
  type Subscription { posted: Message }
  type Message { id: ID! text: String! }
`);
const server = createServer();
const sockets = new WebSocketServer({ server, path: '/graphql', perMessageDeflate: false });
useServer({ schema, roots: { subscription: { posted: events } } }, sockets);
subscribeUpstream(upstream, (event) => {
  for (const push of subscribers) push(event);
});
server.listen({ host: '127.0.0.1', port: Number(port), backlog: 4096 });
await once(server, 'listening');
