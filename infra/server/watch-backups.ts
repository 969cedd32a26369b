import { createMailer } from '@socialhub/auth/mailer';
import { readEnv } from '@socialhub/platform/config';
import { uuidv7 } from '@socialhub/platform/ids';
import { pause } from '@socialhub/platform/retry';
import * as z from 'zod';
import { findLastCopies, lateCopies } from './backup-age.ts';

/**
 * `watch-backups.ts [folder]` looks each hour whether last night's backups are there, and mails whoever runs the server when one is
 * late, once a day until it is not. `MAIL_DIR` takes the mails where there is no SMTP_URL.
 */

const settings = z.object({
  DOMAIN: z.string(),
  ADMIN_EMAIL: z.string(),
  MAIL_FROM: z.string(),
  SMTP_URL: z.string().optional(),
  MAIL_DIR: z.string().optional(),
  /** Since when it looks: for tests. */
  WATCHING_SINCE: z.coerce.date().optional(),
});

const hourMs = 3_600_000;
const env = readEnv(settings, process.env);
const [folder = '/backups'] = process.argv.slice(2);
const mailer = createMailer({ smtpUrl: env.SMTP_URL, directory: env.MAIL_DIR, from: env.MAIL_FROM });
if (!mailer) throw new Error('neither SMTP_URL nor MAIL_DIR is set');
const since = env.WATCHING_SINCE ?? new Date();
const stopping = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort());
const say = (line: string) => process.stdout.write(`${line}\n`);

async function tell(late: readonly string[]): Promise<void> {
  const text = [
    ...late,
    '',
    `What was wrong, on the server of ${env.DOMAIN}: docker compose logs --since 48h backup backup-media`,
  ].join('\n');
  await mailer?.send({
    id: uuidv7(),
    to: env.ADMIN_EMAIL,
    subject: `A backup of ${env.DOMAIN} is late`,
    text,
    html: `<p>${text.replaceAll('\n', '<br>')}</p>`,
  });
}

for (let toldAt = Number.NEGATIVE_INFINITY; !stopping.signal.aborted; await pause(hourMs, stopping.signal)) {
  const late = lateCopies(await findLastCopies(folder), since, new Date());
  if (late.length === 0) toldAt = Number.NEGATIVE_INFINITY;
  for (const line of late) say(line);
  if (late.length === 0 || performance.now() - toldAt < 24 * hourMs) continue;
  await tell(late).then(
    () => {
      toldAt = performance.now();
    },
    (error: unknown) => say(`Nobody was told: ${error}`),
  );
}
mailer.close();
