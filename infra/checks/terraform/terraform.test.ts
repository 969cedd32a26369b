// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of Terraform
import { expect, it } from 'vitest';
import { faultsOf, readInstallation } from '../terraform.ts';
import { faultsWith } from './broken.ts';
import { referencesOf } from './references.ts';

const whole = await readInstallation();

it('finds no fault in what there is', () => {
  expect(faultsOf(whole)).toEqual([]);
});

// Each breaks one thing, and its sentence is among those that come of it.
it.each([
  // The provider's schema.
  ['modules/database/main.tf', '  multi_az ', '  multi_zone ', 'the provider does not know multi_zone'],
  [
    'modules/database/main.tf',
    '  multi_az                            = var.multi_az',
    '  multi_az = [1]',
    'multi_az is to be a bool',
  ],
  [
    'modules/edge/main.tf',
    '  health_check {',
    '  health_cheque {',
    'the provider does not know health_cheque',
  ],
  [
    'modules/edge/waf.tf',
    'metric_name                = "rate"',
    'metric = "rate"',
    'rule.visibility_config: the provider does not know metric',
  ],
  ['modules/edge/waf.tf', '  scope = "REGIONAL"', '', 'scope is missing'],
  [
    'modules/edge/waf.tf',
    'metric_name                = "rate"',
    '',
    'rule.visibility_config: metric_name is missing',
  ],
  [
    'modules/observability/alarms.tf',
    '        stat        = "Sum"',
    '        stats = "Sum"',
    'does not know stats',
  ],
  [
    'modules/media/main.tf',
    '"aws_s3_bucket_versioning" "this"',
    '"aws_s3_versions" "this"',
    'no resource aws_s3_versions',
  ],
  ['modules/web/main.tf', '  framework ', '  framewerk ', 'the provider does not know framewerk'],
  // References.
  [
    'modules/network/main.tf',
    'cidr_block           = var.cidr',
    'cidr_block = var.cider',
    'var.cider is no variable',
  ],
  ['modules/system/main.tf', 'name        = local.name', 'name = local.nome', 'local.nome is no local value'],
  ['modules/system/main.tf', 'module.broker.host', 'module.broker.hosts', 'is no output of that module'],
  ['modules/system/main.tf', 'module.broker.host', 'module.brokers.host', 'is no module that is called'],
  [
    'modules/edge/main.tf',
    'aws_lb_target_group.gateway.arn',
    'aws_lb_target_group.web.arn',
    'is nothing that stands here',
  ],
  [
    'modules/edge/main.tf',
    'aws_lb_target_group.gateway.arn',
    'aws_lb_target_group.gateway.arm',
    'aws_lb_target_group has no arm',
  ],
  [
    'modules/edge/variables.tf',
    'variable "domain"',
    'variable "unused" {\n  type = string\n}\n\nvariable "domain"',
    'variable unused is not used',
  ],
  // Inputs of modules.
  ['environments/staging/main.tf', '  alarm_email        = var.alarm_email\n', '', 'alarm_email is missing'],
  [
    'environments/staging/main.tf',
    '  prepared           = var.prepared',
    '  ready = var.prepared',
    'has no variable ready',
  ],
  [
    'environments/staging/main.tf',
    'log_retention_days = 14',
    'log_retention_days = "long"',
    'log_retention_days is to be number',
  ],
  ['environments/staging/main.tf', '    storage_gb        = 20\n', '', 'database has no storage_gb'],
  [
    'environments/staging/main.tf',
    '    multi_az          = false',
    '    multi_az = "perhaps"',
    '(multi_az) is to be bool',
  ],
  [
    'environments/staging/main.tf',
    'user         = { cpu = 256,',
    'user = { cores = 256,',
    '(user) does not take cores',
  ],
  [
    'environments/staging/variables.tf',
    'variable "image" {\n  description = "The image of the services, by its digest."\n  type        = string',
    'variable "image" {\n  description = "x"\n  type = number',
    'image is to be string, and var.image is number',
  ],
  [
    'environments/staging/main.tf',
    '"../../modules/system"',
    '"../../modules/systems"',
    'there is no module at',
  ],
] as const)('%s: %j as %j', async (file, from, to, sentence) => {
  const faults = await faultsWith(whole, file, from, to);
  expect(faults.filter((fault) => fault.includes(sentence))).not.toEqual([]);
});

it('reads what expressions refer to, and no words of sentences', () => {
  expect(referencesOf('arn:${aws_s3_bucket.a[0].arn}/${var.x["y"].z}/*')).toEqual([
    'aws_s3_bucket.a.arn',
    'var.x.z',
  ]);
  expect(referencesOf('see module.x, not ${1}')).toEqual([]);
});
