import type { Fault } from '../gateway/faults.ts';
import type { Send } from '../gateway/send.ts';
import type { Graph } from './client.ts';
import { sendBy } from './send-by.ts';

/** What the last thing that was sent failed of. */
export interface Heard {
  faults: Fault[];
}

/** Sends by the browser's client until the signal is aborted, for what tells people alone how it went. */
export const hearing = ({ client }: Graph, heard: Heard, signal?: AbortSignal): Send => {
  const send = sendBy(client, signal);
  return async (...change) => {
    const outcome = await send(...change);
    heard.faults = outcome.faults;
    return outcome;
  };
};
