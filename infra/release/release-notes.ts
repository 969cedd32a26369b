import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `npm run release-notes -- v0.2.0`: what the changelog says of a version. */

const root = join(import.meta.dirname, '../..');

/**
 * The part of a changelog under `## <version>`, with or without a date behind it; `v` before the version is the tag's. Throws a
 * sentence when there is no such part, or nothing in it.
 */
export function notesOf(changelog: string, tag: string): string {
  const version = tag.replace(/^v/, '');
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Error(`"${tag}" is no version like v1.2.3.`);
  const parts = changelog.split(/^## /m).slice(1);
  const part = parts.find((text) => text.split(/\s/, 1)[0]?.replace(/^\[?v?|\]$/g, '') === version);
  if (part === undefined) throw new Error(`CHANGELOG.md has no part "## ${version}".`);
  const notes = part.slice(part.indexOf('\n') + 1).trim();
  if (!part.includes('\n') || notes === '') throw new Error(`CHANGELOG.md says nothing of ${version}.`);
  return notes;
}

/** Why a tag is no release of this tree: its version has to be the package's. */
export function tagFault(tag: string, packageVersion: string): string | null {
  return tag.replace(/^v/, '') === packageVersion
    ? null
    : `${tag} is tagged, and package.json says ${packageVersion}.`;
}

if (import.meta.main) {
  const [tag = ''] = process.argv.slice(2);
  try {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    const notes = notesOf(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), tag);
    const fault = tagFault(tag, version);
    if (fault) throw new Error(fault);
    process.stdout.write(`${notes}\n`);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
