/** Calls when the page is there and its browser has nothing better to do; gives what cancels that. */
export function whenShown(work: () => void): () => void {
  let idle: number | undefined;
  const soon = () => {
    // Safari has no such thing.
    if (typeof requestIdleCallback === 'function') idle = requestIdleCallback(work, { timeout: 2_000 });
    else setTimeout(work, 200);
  };
  if (document.readyState === 'complete') soon();
  else window.addEventListener('load', soon, { once: true });
  return () => {
    window.removeEventListener('load', soon);
    if (idle !== undefined) cancelIdleCallback(idle);
  };
}
