import { WebSocket, WebSocketServer } from 'ws';
import { subscribeUpstream } from './upstream.ts';

/** No GraphQL at all: the floor. The answer is written once and sent to whoever has subscribed. */
const [port = '', upstream = ''] = process.argv.slice(2);

const server = new WebSocketServer({
  host: '127.0.0.1',
  port: Number(port),
  perMessageDeflate: false,
  backlog: 4096,
});
const subscribed = new Set<WebSocket>();

server.on('connection', (socket) => {
  socket.on('close', () => subscribed.delete(socket));
  socket.on('message', (data) => {
    const { type } = JSON.parse(String(data));
    if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
    if (type === 'subscribe') subscribed.add(socket);
  });
});

subscribeUpstream(upstream, ({ posted: { id, text } }) => {
  const message = JSON.stringify({ id: '1', type: 'next', payload: { data: { posted: { id, text } } } });
  for (const socket of subscribed) if (socket.readyState === WebSocket.OPEN) socket.send(message);
});
