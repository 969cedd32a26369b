/** Each takes a fraction of a millisecond: together they hold nobody up for long, and the loop's own cost is shared. */
const perTurn = 8;

/**
 * Takes works and begins a few of them in each turn of the event loop: a rush of them must not keep what else there is
 * to do (events for those who are connected, answers of subgraphs) waiting until all of them are done. Each goes as far
 * as it comes without waiting for anything outside before the next begins: what one has parsed and planned, the next finds.
 */
export function createTurns(): (begin: () => void) => void {
  const waiting: (() => void)[] = [];
  /** Each begins one work; Node runs those of a turn one after another, with all that follows at once in between. */
  let immediates = 0;

  const turn = () => {
    const begin = waiting.shift();
    if (waiting.length >= immediates) setImmediate(turn);
    else immediates -= 1;
    begin?.();
  };

  return (begin) => {
    waiting.push(begin);
    if (immediates === perTurn) return;
    immediates += 1;
    setImmediate(turn);
  };
}
