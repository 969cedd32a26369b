import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '@socialhub/platform/testing/until';

/** Waits for a mail to the address with a link to that page of the web, and gives the link of the newest. */
export function linkMailed(home: string, address: string, page: string): Promise<string> {
  return until(
    async () => {
      const links = (await mailsTo(home, address)).map((mail) => /https?:\/\/\S+\?token=\S+/.exec(mail)?.[0]);
      return links.findLast((link) => link?.includes(`${page}?`));
    },
    { what: `a mail to ${address} that links to ${page}` },
  );
}

async function mailsTo(home: string, address: string): Promise<string[]> {
  const directory = join(home, 'mail');
  const names = (await readdir(directory).catch(() => [])).filter((name) => name.endsWith('.eml')).sort();
  const mails = await Promise.all(names.map((name) => readFile(join(directory, name), 'utf8')));
  return mails.map(unfolded).filter((mail) => mail.includes(`To: ${address}\n`));
}

/** Quoted-printable text (RFC 2045) as it was written; these mails are ASCII. */
const unfolded = (mail: string): string =>
  mail
    .replaceAll('=\n', '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
