import { expect, it } from 'vitest';
import { createLogger, withRequestId } from '../src/log.ts';

/** What a logger writes, line by line. */
function written(service?: string) {
  const lines: Record<string, unknown>[] = [];
  const to = { write: (line: string) => void lines.push(JSON.parse(line)) };
  return { lines, log: createLogger({ level: 'info', to, ...(service && { service }) }) };
}

const secret = 'a secret of somebody';

it.each([
  [{ password: secret }],
  [{ token: secret }],
  [{ input: { password: secret } }],
  [{ tokens: { accessToken: secret, refreshToken: secret } }],
  [{ request: { headers: { authorization: secret, cookie: secret } } }],
])('a line never has what %j would tell, in a child neither', (fields) => {
  const { lines, log } = written();
  log.info(fields, 'said');
  log.child({ service: 'auth' }).warn(fields, 'said');
  expect(lines).toHaveLength(2);
  expect(JSON.stringify(lines)).toContain('[redacted]');
  expect(JSON.stringify(lines)).not.toContain(secret);
});

it('a line names its service, where it is of one, and its request', () => {
  const one = written('auth');
  withRequestId('a-request-id', () => one.log.info('said'));
  expect(one.lines).toMatchObject([
    { level: 'info', service: 'auth', requestId: 'a-request-id', msg: 'said' },
  ]);
  const all = written();
  all.log.info('said');
  expect(all.lines[0]).not.toHaveProperty('service');
});
