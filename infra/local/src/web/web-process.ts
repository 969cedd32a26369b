import { fileURLToPath } from 'node:url';

/** Takes lines of progress for people; a pino logger is one. */
export interface Log {
  info(line: string): void;
}

/** The web's server or its build could not do what was asked; the message is one sentence for people. */
export class WebError extends Error {
  override name = 'WebError';
}

/** The folder of the web. */
export const webFolder = fileURLToPath(new URL('../../../../web/', import.meta.url));

// What the web may know of this process: keys and database addresses of the services are none of it.
const PASSED_ON = /^(PATH|HOME|TMPDIR|TEMP|TMP|LANG|LC_.*|TZ|NODE_EXTRA_CA_CERTS|NEXT_.*|SystemRoot)$/;

export function childEnv(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const passed = Object.entries(process.env).filter(([name]) => PASSED_ON.test(name));
  return { ...Object.fromEntries(passed), NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production', ...more };
}
