/**
 * Takes works and begins one in each turn of the event loop: a rush of them must not keep what else there is to do
 * (events for those who are connected, answers of subgraphs) waiting until all of them are done.
 */
export function createOneATurn(): (begin: () => void) => void {
  let waiting: (() => void)[] = [];
  let next = 0;

  const turn = () => {
    const begin = waiting[next];
    next += 1;
    if (next < waiting.length) {
      setImmediate(turn);
    } else {
      waiting = [];
      next = 0;
    }
    begin?.();
  };

  return (begin) => {
    waiting.push(begin);
    if (waiting.length === 1) setImmediate(turn);
  };
}
