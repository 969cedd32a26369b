// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of Terraform
import { expect, it } from 'vitest';
import { readInstallation } from '../terraform.ts';
import { faultsWith } from './broken.ts';

const whole = await readInstallation();

// Each breaks one rule, and its sentence is among those that come of it.
it.each([
  [
    'modules/service/roles.tf',
    '["secretsmanager:GetSecretValue"]',
    '["secretsmanager:*"]',
    'allows secretsmanager:*',
  ],
  [
    'modules/service/roles.tf',
    'resources = [var.secret_arn]',
    'resources = ["*"]',
    'allows secretsmanager:GetSecretValue on everything',
  ],
  [
    'modules/service/roles.tf',
    'resources = [var.secret_arn]',
    'resources = concat(["*"], [var.secret_arn])',
    'allows secretsmanager:GetSecretValue on everything',
  ],
  [
    'modules/service/roles.tf',
    'actions   = ["secretsmanager:GetSecretValue"]',
    'not_actions = ["iam:PassRole"]',
    'allows all but some by not_actions',
  ],
  [
    'modules/service/roles.tf',
    'resources = [var.secret_arn]',
    'not_resources = [var.secret_arn]',
    'allows all but some by not_resources',
  ],
  ['modules/media/main.tf', '"s3:PutObject"', '"s3:Put*"', 'allows s3:Put*'],
  ['modules/media/main.tf', '"s3:PutObject"', '"s*:PutObject"', 'allows s*:PutObject'],
  ['modules/media/main.tf', '"s3:GetObject", "s3:Put', '"s3:G*t", "s3:Put', 'allows s3:G*t'],
  ['modules/supergraph/main.tf', '"aws:SourceVpce"', '"aws:SourceIp"', 'allows everybody'],
  ['modules/supergraph/main.tf', '[var.s3_endpoint_id]', '["*"]', 'allows everybody'],
  ['modules/supergraph/main.tf', '["s3:GetObject"]', '["s3:PutObject"]', 'allows everybody'],
  [
    'modules/service/roles.tf',
    ':${data.aws_caller_identity.me.account_id}:repository',
    ':*:repository',
    'is of any account',
  ],
  [
    'modules/secrets/main.tf',
    'variable = "aws:SourceAccount"\n      values   = [data.aws_caller_identity.me.account_id]',
    'variable = "aws:SourceAccount"\n      values   = ["*"]',
    'cloudwatch.amazonaws.com may use the key for any account',
  ],
  [
    'modules/service/roles.tf',
    'policy = data.aws_iam_policy_document.execution.json',
    'policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })',
    'aws_iam_role_policy.execution: policy is no aws_iam_policy_document',
  ],
  [
    'modules/media/outputs.tf',
    'data.aws_iam_policy_document.task.json',
    'jsonencode({ Statement = [] })',
    'aws_iam_role_policy.task: policy is no aws_iam_policy_document',
  ],
  [
    'modules/service/roles.tf',
    'resource "aws_iam_role" "task" {',
    'resource "aws_iam_role_policy_attachment" "task" {\n  role       = aws_iam_role.task.name\n  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"\n}\n\nresource "aws_iam_role" "task" {',
    'attaches arn:aws:iam::aws:policy/AdministratorAccess',
  ],
  [
    'modules/service/roles.tf',
    'resource "aws_iam_role" "task" {',
    'resource "aws_iam_role" "task" {\n  managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]',
    'has managed_policy_arns',
  ],
] as const)('%s: %j as %j', async (file, from, to, sentence) => {
  const faults = await faultsWith(whole, file, from, to);
  expect(faults.filter((fault) => fault.includes(sentence))).not.toEqual([]);
});
