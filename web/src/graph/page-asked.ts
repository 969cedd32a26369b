/*
 * When the page that is shown, or on its way, was asked for. What was answered since may be newer than all that the server read for it: a server's
 * render says nothing of when it began, and its clock is another. Kept as a mark of the tab: `instrumentation-client.ts`, which sets it too, is in
 * what every reader loads first, and shares no module.
 */

const mark = 'page asked';

/** In the time of `performance.now()`; 0: the document itself. */
export const whenPageAsked = (): number => performance.getEntriesByName(mark).at(-1)?.startTime ?? 0;

/** A page is asked for now. */
export function tellPageAsked(): void {
  performance.clearMarks(mark);
  performance.mark(mark);
}

/** Has the page rendered anew by what is there now. */
export function refreshPage(router: { refresh(): void }): void {
  tellPageAsked();
  router.refresh();
}
