import { describe, expect, test } from 'vitest';
import { addressKey, createRateLimits, RateLimited } from './rate-limit.ts';

const client = (ipAddress: string | null) => ({ ipAddress, userAgent: null });
const viewer = (userId: string) => ({ userId, sessionId: 's', role: 'MEMBER' as const, scopes: [] });

describe('an address', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0DB8:0:0:ffff::9', '2001:db8:0:0::/64'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    [null, 'unknown'],
  ])('%s counts as %s', (address, key) => expect(addressKey(client(address))).toBe(key));
});

const none = { newOperationsPerAddress: 0, newOperationsPerViewer: 0, longBytes: 0 };

test('the refusal has the limit, the seconds to wait, and the status of HTTP', () => {
  const rates = createRateLimits({ ...none, requestsPerAddress: 2, requestsPerViewer: 0, cost: 0 });
  rates.fromAddress(client('192.0.2.1'));
  rates.fromAddress(client('192.0.2.1'));
  rates.fromAddress(client('192.0.2.2'));
  let thrown: unknown;
  try {
    rates.fromAddress(client('192.0.2.1'));
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(RateLimited);
  const { extensions, message } = thrown as RateLimited;
  expect(message).toContain('at most 2 a minute');
  expect(extensions).toMatchObject({ code: 'RATE_LIMITED', limit: 2, retryAfter: 30, http: { status: 429 } });
});

test('a viewer has a limit wherever they are, and who is signed out has none of that kind', () => {
  const rates = createRateLimits({ ...none, requestsPerAddress: 0, requestsPerViewer: 1, cost: 0 });
  for (let i = 0; i < 10; i++) rates.fromViewer(null);
  rates.fromViewer(viewer('a'));
  rates.fromViewer(viewer('b'));
  expect(() => rates.fromViewer(viewer('a'))).toThrow('at most 1 a minute');
});

test("costs are the viewer's, and those of people who are signed out their address's", () => {
  const rates = createRateLimits({ ...none, requestsPerAddress: 0, requestsPerViewer: 0, cost: 100 });
  rates.cost({ viewer: viewer('a'), client: client('192.0.2.1') }, 90);
  rates.cost({ viewer: null, client: client('192.0.2.1') }, 90);
  expect(() => rates.cost({ viewer: viewer('a'), client: client('192.0.2.9') }, 20)).toThrow(RateLimited);
  expect(() => rates.cost({ viewer: null, client: client('192.0.2.1') }, 20)).toThrow(RateLimited);
  rates.cost({ viewer: null, client: client('192.0.2.9') }, 20);
});
