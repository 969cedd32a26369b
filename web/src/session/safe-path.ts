/** Takes a path to go back to from an untrusted place, gives it when it stays on this site, else '/'. */
export function safePath(path: unknown): string {
  if (typeof path !== 'string' || !/^\/(?![/\\])[^\\\s]*$/.test(path)) return '/';
  const origin = 'http://site.invalid';
  const url = URL.parse(path, origin);
  return url?.origin === origin ? `${url.pathname}${url.search}` : '/';
}
