import type { StreamFormat } from './stream-format.ts';

const next = (result: string) => `event: next\ndata: ${result}\n\n`;

/** GraphQL over Server-Sent Events, "distinct connections mode". */
export const serverSentEvents: StreamFormat = {
  contentType: 'text/event-stream; charset=utf-8',
  opening: ':\n\n',
  heartbeat: ':\n\n',
  next,
  ending: (errors) => next(JSON.stringify({ errors })),
  complete: 'event: complete\ndata: \n\n',
};
