import { ConnectionBroke, type HttpResponse, ResponseTooLarge } from '../http/response.ts';
import type { FindLocal, Transport } from './transport.ts';

/** Requests to a subgraph that runs in this process: the same bytes either way, without a socket between. */
export function createLocalTransport(
  find: FindLocal,
  { maxResponseBytes }: { maxResponseBytes: number },
): Transport {
  return {
    send(request, sink) {
      const gone = new AbortController();
      const ended = (tell: () => void) => {
        if (!gone.signal.aborted) tell();
      };
      const bounded = (response: HttpResponse) => {
        if (Buffer.byteLength(response.text) <= maxResponseBytes) sink.answered(response);
        else sink.failed(new ResponseTooLarge(`the answer has more than ${maxResponseBytes} bytes`));
      };
      Promise.resolve()
        .then(() => {
          const local = find();
          if (!local) throw new ConnectionBroke('the subgraph is not up');
          return local.answer(request, gone.signal);
        })
        .then(
          (response) => ended(() => bounded(response)),
          (error: unknown) =>
            ended(() => sink.failed(error instanceof Error ? error : new Error(String(error)))),
        );
      return { destroy: () => gone.abort() };
    },
    close: async () => undefined,
  };
}
