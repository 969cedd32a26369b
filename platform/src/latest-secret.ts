import { readFileSync } from 'node:fs';

/** The file from which a value was read. */
const files = new Map<string, string>();

/** Reads a secret from its file, and remembers that it came from there. Throws where the file can't be read. */
export function readSecret(path: string): string {
  const value = readFileSync(path, 'utf8').trim();
  files.set(value, path);
  return value;
}

/**
 * What the file that `value` was read from says now: whoever changes a password writes it there, and each new connection has the
 * new one. The value itself where it was given without a file, or where the file is empty or gone.
 */
export function latestSecret(value: string): string {
  const path = files.get(value);
  if (path === undefined) return value;
  try {
    return readFileSync(path, 'utf8').trim() || value;
  } catch {
    return value;
  }
}
