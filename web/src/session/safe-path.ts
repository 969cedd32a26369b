const SITE = 'http://site.invalid';

/** Takes a path to go back to from an untrusted place, gives it when it stays on this site, else '/'. */
export function safePath(path: unknown): string {
  if (typeof path !== 'string' || !/^\/(?![/\\])[^\\\s]*$/.test(path)) return '/';
  const url = URL.parse(path, SITE);
  // '/..//elsewhere' becomes '//elsewhere' only once it is resolved.
  if (url?.origin !== SITE || url.pathname.startsWith('//')) return '/';
  return `${url.pathname}${url.search}`;
}
