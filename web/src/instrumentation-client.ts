/** Next calls it when the browser sets out for another page of the site: as `tellPageAsked` of graph/page-asked.ts. */
export function onRouterTransitionStart(): void {
  performance.clearMarks('page asked');
  performance.mark('page asked');
}
