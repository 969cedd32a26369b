import { describe, expect, it } from 'vitest';
import { summary } from './summary.ts';
import { packagesToInstall, type Tool, tools } from './tools.ts';

const here = (...names: string[]): Tool[] => tools.filter(({ name }) => !names.includes(name));

describe('what the tests need beside npm', () => {
  it.each([
    ['root on Debian, nothing there', [], true, true, ['rabbitmq-server', 'chromium-headless-shell']],
    ['root on Debian, RabbitMQ there', ['RabbitMQ'], true, true, ['chromium-headless-shell']],
    ['root on Debian, all there', ['RabbitMQ', 'Chromium'], true, true, []],
    ['root elsewhere', [], true, false, []],
    ['somebody on Debian', [], false, true, []],
    ['somebody elsewhere', [], false, false, []],
  ])('is installed as %s', (_who, present, isRoot, isDebian, packages) => {
    expect(packagesToInstall(here(...present), { isRoot, isDebian })).toEqual(packages);
  });

  it('is named at the end of a run with how to get it, and with what was skipped', () => {
    const counts = { passed: 900, failed: 0, skipped: 14 };
    const skippedIn = new Map([
      ['web/tests/web.test.ts', 12],
      ['tests/web.test.ts', 2],
    ]);
    expect(summary(counts, here('RabbitMQ'), skippedIn)).toEqual([
      'Chromium is not installed here. To get it:',
      expect.stringMatching(/^ {2}Chromium: Debian: apt-get install chromium-headless-shell; CHROMIUM_PATH=/),
      'Tests were skipped in:',
      '  tests/web.test.ts (2)',
      '  web/tests/web.test.ts (12)',
      '',
      '900 passed, 0 failed, 14 skipped',
    ]);
    expect(summary(counts, here(), skippedIn)[0]).toBe(
      'RabbitMQ and Chromium are not installed here. To get them:',
    );
  });

  it('is not spoken of when it is there, or when nothing was skipped for want of it', () => {
    const count = ['900 passed, 0 failed, 0 skipped'];
    expect(summary({ passed: 900, failed: 0, skipped: 0 }, [], new Map())).toEqual(count);
    expect(summary({ passed: 900, failed: 0, skipped: 0 }, here(), new Map())).toEqual(count);
  });
});
