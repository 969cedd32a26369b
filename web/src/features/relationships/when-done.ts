import type { Change } from '../../graph/use-change.ts';

/** The same change, which calls once it was not refused. */
export const whenDone =
  (change: Change<string | null>, done: () => void): Change<string | null> =>
  async (send, form, before) => {
    const fault = await change(send, form, before);
    if (fault === null) done();
    return fault;
  };
