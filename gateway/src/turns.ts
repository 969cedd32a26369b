/** Each takes a fraction of a millisecond: together they hold nobody up for long, and the loop's own cost is shared. */
const perTurn = 8;

/**
 * Takes works and begins a few of them in each turn of the event loop: a rush of them must not keep what else there is
 * to do (events for those who are connected, answers of subgraphs) waiting until all of them are done.
 */
export function createTurns(): (begin: () => void) => void {
  const waiting: (() => void)[] = [];

  const turn = () => {
    const begun = waiting.splice(0, perTurn);
    if (waiting.length > 0) setImmediate(turn);
    for (const begin of begun) begin();
  };

  return (begin) => {
    waiting.push(begin);
    if (waiting.length === 1) setImmediate(turn);
  };
}
