/** The pings of all sockets are spread over so many turns, so that they don't go out in one moment. */
export const turns = 16;

let lastTurn = 0;

/** The turn of a socket that opens. */
export function nextTurn(): number {
  lastTurn = (lastTurn + 1) % turns;
  return lastTurn;
}
