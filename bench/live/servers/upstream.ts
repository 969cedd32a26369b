import { WebSocket } from 'ws';

export interface Posted {
  id: string;
  text: string;
}

/** What the servers measured against do not have: one subscription to the event source, shared by all clients. */
export function subscribeUpstream(url: string, onEvent: (data: { posted: Posted }) => void): void {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws');
  socket.on('open', () => socket.send('{"type":"connection_init"}'));
  socket.on('message', (data) => {
    const { type, payload } = JSON.parse(String(data));
    if (type === 'next') onEvent(payload.data);
    if (type !== 'connection_ack') return;
    const query = 'subscription { posted { id text } }';
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
  });
}
