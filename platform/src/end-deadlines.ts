/**
 * How long each part of a process may take to end, in milliseconds: all ends of a part together, from the first part to the last. A
 * part that takes longer is left behind, so that those after it have their time: the sum is less than `hardExitMs`.
 */
export const endWithinMs = {
  /** Between "not ready" and the first closed connection: DRAIN_DELAY_MS at most. */
  delay: 15_000,
  /** What is being answered, sockets, streams. */
  answers: 11_000,
  /** Relay, consumers, tasks, beside each other. */
  work: 13_000,
  /** Whatever else a process has of its own. */
  parts: 6_000,
  broker: 6_000,
  database: 3_000,
};
export type EndPart = keyof typeof endWithinMs;

/** A process that has not ended by then ends itself ... */
export const hardExitMs = 57_000;
/** ... and one that did not is killed by whoever runs it: Docker, ECS, `npm start`. */
export const killedAfterMs = 60_000;
