import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@socialhub/platform/log';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMailer, isRefusedForGood, type Message } from './mailer.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'socialhub-mailer-'));
});
afterAll(() => rm(directory, { recursive: true }));

const from = 'SocialHub <hub@example.org>';
const message: Message = {
  id: '1.1',
  to: 'ada@example.com',
  subject: 'Hello',
  text: 'Bcc: no@example.com\n\nText',
  html: '<p>Text</p>',
};

it('writes a whole mail, in both forms, that only its owner can read', async () => {
  await createMailer({ smtpUrl: undefined, directory, from })?.send(message);
  const [name = ''] = await readdir(directory);
  expect(name).toMatch(/\.eml$/);
  expect((await stat(join(directory, name))).mode & 0o077).toBe(0);
  const mail = await readFile(join(directory, name), 'utf8');
  const [headers = ''] = mail.split('\n\n');
  expect(headers).toContain('From: SocialHub <hub@example.org>\nTo: ada@example.com\nSubject: Hello\n');
  expect(headers).not.toMatch(/^bcc:/im);
  expect(mail).toContain('Content-Type: text/plain');
  expect(mail).toContain('Content-Type: text/html');
});

it.each([
  ['a line end in the subject', { subject: 'Hello\r\nBcc: all@example.com' }],
  ['a line feed in the subject', { subject: 'Hello\nBcc: all@example.com' }],
  ['a line end in the recipient', { to: 'ada@example.com\r\nBcc: all@example.com' }],
  ['two recipients', { to: 'ada@example.com, bob@example.com' }],
  ['a recipient with a name', { to: 'Ada <ada@example.com>' }],
  ['a line end in the id', { id: '1>\r\nBcc: all@example.com' }],
])('refuses %s', async (_what, wrong) => {
  const before = (await readdir(directory)).length;
  const mailer = createMailer({ smtpUrl: undefined, directory, from });
  await expect(mailer?.send({ ...message, ...wrong })).rejects.toThrow(/no address|control character/);
  expect(await readdir(directory)).toHaveLength(before);
});

it('is nothing without a server or a folder', () => {
  expect(createMailer({ smtpUrl: undefined, directory: undefined, from })).toBeNull();
});

describe('with a server', () => {
  it('hands the mail over by SMTP', async () => {
    const smtp = await smtpServer();
    const mailer = createMailer({ smtpUrl: smtp.url, directory: undefined, from });
    try {
      await mailer?.send(message);
      expect(smtp.heard.join('\n')).toMatch(/MAIL FROM:<hub@example\.org>[\s\S]*RCPT TO:<ada@example\.com>/);
      expect(smtp.heard).toContain('Subject: Hello');
    } finally {
      mailer?.close();
      await smtp.stop();
    }
  });

  it('hands nothing over in the clear to a server elsewhere, unless the URL says so', async () => {
    // To the mailer, which knows 127.0.0.1, this is another machine.
    const smtp = await smtpServer({}, '127.0.0.2');
    const mailer = createMailer({ smtpUrl: smtp.url, directory: undefined, from });
    const trusting = createMailer({ smtpUrl: `${smtp.url}?requireTLS=false`, directory: undefined, from });
    try {
      await expect(mailer?.send(message)).rejects.toThrow(/STARTTLS/);
      expect(smtp.heard.join('\n')).not.toMatch(/MAIL FROM|ada@/);
      await trusting?.send(message);
      expect(smtp.heard).toContain('Subject: Hello');
    } finally {
      mailer?.close();
      trusting?.close();
      await smtp.stop();
    }
  });

  it.each([
    ['a message for good', { message: '554 no' }, true],
    ['a recipient for good', { recipient: '550 nobody here' }, true],
    ['a message for now', { message: '451 later' }, false],
    ['the sender', { sender: '550 not from you' }, false],
  ])('tells when the server refuses %s', async (_what, verdicts, isForGood) => {
    const smtp = await smtpServer(verdicts);
    const mailer = createMailer({ smtpUrl: smtp.url, directory: undefined, from });
    try {
      const error = await mailer?.send(message).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(Error);
      expect(isRefusedForGood(error)).toBe(isForGood);
    } finally {
      mailer?.close();
      await smtp.stop();
    }
  });

  it.each([
    ['a recipient', { recipient: '550 5.1.1 <ada@example.com>: Recipient address rejected' }],
    ['a recipient, without brackets', { recipient: '451 ada@example.com is busy' }],
    ['a message', { message: '554 not for ada@example.com (see mailto:ada@example.com)' }],
    ['the sender', { sender: '550 not from <hub@example.org>' }],
  ])('names nobody’s address where the server refuses %s by it', async (_what, verdicts) => {
    const smtp = await smtpServer(verdicts);
    const mailer = createMailer({ smtpUrl: smtp.url, directory: undefined, from });
    const lines: string[] = [];
    const log = createLogger({ level: 'info', to: { write: (line) => void lines.push(line) } });
    try {
      await mailer?.send(message).catch((err: unknown) => log.warn({ err }, 'not sent'));
      expect(lines.join()).toMatch(/"responseCode":\d{3}/);
      expect(lines.join()).not.toMatch(/ada@|hub@/);
    } finally {
      mailer?.close();
      await smtp.stop();
    }
  });
});

/** As much of a mail server as it takes, with its answers to a sender, a recipient and a message. */
async function smtpServer(
  verdicts: { sender?: string; recipient?: string; message?: string } = {},
  host = '127.0.0.1',
) {
  const answerTo = (line: string): string => {
    if (line === '.') return verdicts.message ?? '250 taken';
    if (line.startsWith('MAIL')) return verdicts.sender ?? '250 ok';
    if (line === 'STARTTLS') return '454 not here';
    if (line.startsWith('RCPT')) return verdicts.recipient ?? '250 ok';
    return line === 'DATA' ? '354 go on' : '250 ok';
  };
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let inData = false;
    let rest = '';
    socket.write('220 ready\r\n');
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      const lines = (rest + chunk).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        heard.push(line);
        if (inData && line !== '.') continue;
        socket.write(`${answerTo(line)}\r\n`);
        inData = line === 'DATA';
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `smtp://${host}:${port}`,
    heard,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
