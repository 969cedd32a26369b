// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of Terraform
import { expect, it } from 'vitest';
import { readInstallation } from '../terraform.ts';
import { faultsWith } from './broken.ts';

const whole = await readInstallation();

// Each breaks one rule, and its sentence is among those that come of it.
it.each([
  // Rules.
  [
    'modules/edge/variables.tf',
    '  description = "The network."\n',
    '',
    'variable vpc_id has no type or no description',
  ],
  [
    'modules/edge/outputs.tf',
    '  description = "The balancer\'s group."\n',
    '',
    'output security_group_id has no description',
  ],
  ['modules/edge/versions.tf', '"~> 6.0"', '">= 6.0"', 'the provider aws is not pinned'],
  ['modules/edge/versions.tf', '  required_version = ">= 1.11"\n', '', 'required_version is missing'],
  ['environments/production/versions.tf', '      Environment = "production"\n', '', 'has no tag Environment'],
  ['modules/service/main.tf', '  propagate_tags                     = "SERVICE"\n', '', 'tasks have no tags'],
  [
    'modules/database/main.tf',
    'storage_encrypted                   = true',
    'storage_encrypted = false',
    'not encrypted, storage_encrypted',
  ],
  [
    'modules/database/main.tf',
    '"rds.force_ssl"                       = "1"',
    '"rds.force_ssl" = "0"',
    'takes connections without TLS',
  ],
  [
    'modules/observability/main.tf',
    '  kms_key_id        = var.kms_key_arn\n',
    '',
    'not encrypted, kms_key_id',
  ],
  [
    'modules/media/main.tf',
    '      sse_algorithm     = "aws:kms"',
    '      sse_algorithm = "AES256"',
    'not encrypted',
  ],
  ['modules/media/main.tf', 'status = "Enabled"\n  }\n}', 'status = "Suspended"\n  }\n}', 'no versions'],
  [
    'modules/edge/main.tf',
    'ELBSecurityPolicy-TLS13-1-2-2021-06',
    'ELBSecurityPolicy-2016-08',
    'takes requests without TLS',
  ],
  ['environments/staging/versions.tf', '    use_lockfile = true\n', '', 'not encrypted or not locked'],
  [
    'modules/database/main.tf',
    'publicly_accessible                 = false',
    'publicly_accessible = true',
    'publicly_accessible is to be false',
  ],
  [
    'modules/media/main.tf',
    'block_public_policy     = true',
    'block_public_policy = false',
    'block_public_policy is to be true',
  ],
  [
    'modules/env-files/main.tf',
    'resource "aws_s3_bucket_public_access_block"',
    'resource "aws_s3_bucket_ownership_controls"',
    'nothing blocks the public',
  ],
  [
    'modules/service/main.tf',
    'assign_public_ip = false',
    'assign_public_ip = true',
    'tasks have public addresses',
  ],
  [
    'modules/broker/main.tf',
    'PubliclyAccessible      = false',
    'PubliclyAccessible = true',
    'the broker is public',
  ],
  [
    'modules/network/endpoints.tf',
    'cidr_ipv4         = var.cidr',
    'cidr_ipv4 = "0.0.0.0/0"',
    'open to everybody at 443',
  ],
  [
    'modules/edge/main.tf',
    'from_port         = 80\n  to_port           = 80',
    'from_port = 22\n  to_port = 22',
    'open to everybody at 22',
  ],
  [
    'modules/system/security-groups.tf',
    'toset(["465", "587"])',
    'toset(["25", "587"])',
    'may reach everybody at 25,587',
  ],
  [
    'modules/network/endpoints.tf',
    'name        = "${var.name}-endpoints"',
    'name = "x"\n  ingress = []',
    'has rules within it',
  ],
  [
    'modules/system/processes.tf',
    'resource "aws_ecs_cluster" "this"',
    'resource "aws_lb" "other" {\n  internal = false\n}\n\nresource "aws_ecs_cluster" "this"',
    'a second public door',
  ],
  [
    'modules/media/cdn.tf',
    '    trusted_key_groups         = [aws_cloudfront_key_group.this.id]\n',
    '',
    'answers URLs that nobody signed',
  ],
  ['modules/media/cdn.tf', '"https-only"', '"allow-all"', 'answers without TLS'],
  [
    'bootstrap/main.tf',
    'variable = "aws:SecureTransport"',
    'variable = "aws:SourceVpc"',
    'aws_s3_bucket.state: answers without TLS',
  ],
  ['modules/supergraph/main.tf', '"AES256"', '"none"', 'aws_s3_bucket.this: not encrypted'],
  [
    'bootstrap/main.tf',
    '"BucketOwnerEnforced"',
    '"ObjectWriter"',
    'aws_s3_bucket.state: objects may have owners of their own',
  ],
  [
    'modules/broker/main.tf',
    'var.deletion_protection ? "Retain" : "Delete"',
    '"Delete"',
    'a protected broker goes with its stack',
  ],
  [
    'modules/edge/variables.tf',
    'default     = 60\n',
    'default = 120\n',
    'default idle_seconds 120 is not below the gateway’s 65',
  ],
  [
    'modules/edge/variables.tf',
    'idle_seconds <= 60',
    'idle_seconds <= 65',
    'greatest idle_seconds 65 is not below',
  ],
  ['modules/database/main.tf', 'password_wo  ', 'password  ', 'password would be in the state'],
  [
    'modules/secrets/processes.tf',
    'secret_string_wo  ',
    'secret_string  ',
    'secret_string would be in the state',
  ],
  [
    'modules/secrets/main.tf',
    'ephemeral "aws_secretsmanager_secret_version" "keys"',
    'data "aws_secretsmanager_secret_version" "keys"',
    'ephemeral is not',
  ],
  [
    'modules/secrets/main.tf',
    'resource "aws_kms_alias" "this"',
    'resource "random_password" "made" {\n  length = 40\n}\n\nresource "aws_kms_alias" "this"',
    'random_password.made: would be in the state',
  ],
  ['modules/web/main.tf', 'sensitive  = false', 'sensitive = true', 'value would be in the state'],
  [
    'modules/env-files/main.tf',
    'content                = each.value',
    'source = "${var.folder}/${each.key}.env"',
    'source is read after it was checked',
  ],
] as const)('%s: %j as %j', async (file, from, to, sentence) => {
  const faults = await faultsWith(whole, file, from, to);
  expect(faults.filter((fault) => fault.includes(sentence))).not.toEqual([]);
});
