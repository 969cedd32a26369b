import { expect, test } from 'vitest';
import { textsIn } from '../../tests/texts-in.ts';
import { deviceName } from './device-name.ts';

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
    'Safari on iOS',
  ],
  ['hub-bot/2.1', 'hub-bot'],
  ['<script>', '<script>'],
  [null, 'Unknown device'],
  ['   ', 'Unknown device'],
])('%j is called %s', (userAgent, name) => {
  expect(deviceName(textsIn('en', 'settings'), userAgent)).toBe(name);
});
