import { expect, it } from 'vitest';
import { readInstallation } from '../terraform.ts';
import { faultsWith } from './broken.ts';

const whole = await readInstallation();

// Each breaks one thing, and its sentence is among those that come of it.
it.each([
  ['    statement {\n      rate_based', '    statement {\n      rated_based', 'is to have one statement of'],
  ['        limit              =', '        limits =', 'the provider does not know limits'],
  ['        limit              =', '        limits =', 'limit is missing'],
  [
    '        aggregate_key_type = "IP"',
    '        aggregate_key_type = "ADDRESS"',
    'aggregate_key_type is none of',
  ],
  ['        vendor_name = "AWS"\n', '', 'vendor_name is missing'],
  ['    override_action {', '    action {', 'is to have override_action, and no other'],
  ['    action {\n      block', '    override_action {\n      block', 'is to have action, and no other'],
  ['    priority = 2', '    priority = 1', 'two rules of one priority'],
] as const)('%j as %j: %s', async (from, to, sentence) => {
  const faults = await faultsWith(whole, 'modules/edge/waf.tf', from, to);
  expect(faults.filter((fault) => fault.includes(sentence))).not.toEqual([]);
});
