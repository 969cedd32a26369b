/** A container's health check: exits 0 when the URL given answers well within two seconds. */
const [url = ''] = process.argv.slice(2);
const healthy = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
  (response) => response.ok,
  () => false,
);
process.exitCode = healthy ? 0 : 1;
