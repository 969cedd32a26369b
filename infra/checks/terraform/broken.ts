import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { faultsOf, readInstallation } from '../terraform.ts';
import type { Installation } from './processes.ts';

const root = join(import.meta.dirname, '../../terraform');

/** Puts `to` in the place of `from`, which must be there. */
export function change(text: string, from: string, to: string): string {
  expect(text).toContain(from);
  return text.replace(from, () => to);
}

/** The faults that come of one change to a file of infra/terraform. */
export async function faultsWith(
  whole: Installation,
  file: string,
  from: string,
  to: string,
): Promise<string[]> {
  const text = change(readFileSync(join(root, file), 'utf8'), from, to);
  return faultsOf({ ...(await readInstallation({ [file]: text })), processes: whole.processes });
}
