interface Pages {
  getStore(): { isUnavailable: boolean } | undefined;
}

const place = Symbol.for('socialhub.page-status');

/** Tells the server that the page being made has nothing to show because the gateway is away; in the browser nobody listens. */
export function tellUnavailable(): void {
  const page = (globalThis as { [place]?: Pages })[place]?.getStore();
  if (page) page.isUnavailable = true;
}
