import { whenPageAsked } from './page-asked.ts';

/**
 * Remembers when a stream told something last: `sincePage` says whether that is after the page was asked for that is shown. What the
 * server rendered may lack it then, and who did not watch when it was told has to read again.
 */
export function lastHeard(): { tell(): void; sincePage(): boolean } {
  let at = Number.NEGATIVE_INFINITY;
  return {
    tell() {
      at = performance.now();
    },
    sincePage: () => at > whenPageAsked(),
  };
}
