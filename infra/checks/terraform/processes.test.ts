// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of Terraform
import { expect, it } from 'vitest';
import { faultsOf, readInstallation } from '../terraform.ts';
import { change, faultsWith } from './broken.ts';
import { imageVariables } from './processes.ts';

const whole = await readInstallation();

// Each breaks one rule, and its sentence is among those that come of it.
it.each([
  // Ports.
  [
    'modules/database/main.tf',
    'from_port                    = 5432\n  to_port                      = 5432',
    'from_port = 5433\n  to_port = 5433',
    'nobody is let out to 5433',
  ],
  [
    'modules/database/main.tf',
    'to_port                      = 5432',
    'to_port = 5440',
    'is to be one port of TCP',
  ],
  [
    'modules/system/security-groups.tf',
    'from_port                    = 5671\n  to_port                      = 5671',
    'from_port = 5672\n  to_port = 5672',
    'nobody is let in at 5672',
  ],
  [
    'modules/secrets/processes.tf',
    '${var.broker_host}:5671',
    '${var.broker_host}:5672',
    'no secret names an address with port 5671',
  ],
  ['modules/system/main.tf', 'port        = 4000', 'port = 4001', 'the image listens at 4000'],
  // Services and variables.
  [
    'modules/system/main.tf',
    '"notification", "chat"',
    '"notification"',
    'modules/system, services: has no service chat',
  ],
  [
    'modules/system/main.tf',
    '"notification", "chat"',
    '"notification", "chat", "search"',
    'rover.yaml has no search',
  ],
  ['modules/secrets/processes.tf', '"CHAT_PASSWORD",', '', 'modules/secrets, passwords: has no service chat'],
  [
    'environments/production/main.tf',
    '    chat         =',
    '    chats =',
    'service_sizes: has no service chat',
  ],
  [
    'modules/system/variables-of-processes.tf',
    '      CHAT_URL         = "http://chat:${local.port}"\n',
    '',
    'terraform: gateway is not given CHAT_URL',
  ],
  [
    'modules/system/variables-of-processes.tf',
    'S3_BUCKET  ',
    'S3_BUCKETS ',
    'terraform: media does not read S3_BUCKETS',
  ],
  [
    'modules/system/variables-of-processes.tf',
    '    MEDIA_ORIGIN       = "${module.media.origin} ${module.media.cdn_url}"\n',
    '',
    'terraform: web is not given MEDIA_ORIGIN',
  ],
  [
    'modules/system/variables-of-processes.tf',
    '    MEDIA_ORIGIN ',
    '    TEST_LANGUAGES = "1"\n    MEDIA_ORIGIN ',
    'terraform: web is given TEST_LANGUAGES, which is for tests alone',
  ],
  [
    'modules/web/main.tf',
    'resource "vercel_project_domain" "this" {',
    'resource "vercel_project_environment_variable" "x" {\n  project_id = vercel_project.this.id\n  key = "WEB_CONNECTIONS"\n}\n\nresource "vercel_project_domain" "this" {',
    'terraform: web does not read WEB_CONNECTIONS',
  ],
  [
    'modules/secrets/processes.tf',
    '["SIGNING_KEY_SECRET", "SMTP_URL"]',
    '["SMTP_URL"]',
    'terraform: auth is not given SIGNING_KEY_SECRET',
  ],
  [
    'modules/secrets/processes.tf',
    '      DATABASE_URL  =',
    '      DATABASE_URI  =',
    'nothing writes DATABASE_URL',
  ],
] as const)('%s: %j as %j', async (file, from, to, sentence) => {
  const faults = await faultsWith(whole, file, from, to);
  expect(faults.filter((fault) => fault.includes(sentence))).not.toEqual([]);
});

it.each([
  [
    'compose',
    '      SIGNING_KEY_SECRET_FILE: /run/secrets/signing_key_secret\n',
    '',
    'compose: auth is not given SIGNING_KEY_SECRET',
  ],
  ['compose', '      CHAT_URL:', '      CHATS_URL:', 'compose: gateway does not read CHATS_URL'],
  ['compose', '\n  chat:\n', '\n  chats:\n', 'compose.yaml: has no service chat'],
  ['dockerfile', 'COPY subgraphs/chat/package.json subgraphs/chat/\n', '', 'Dockerfile: has no service chat'],
  ['dockerignore', '\ninfra/terraform\n', '\n', 'would be in the image'],
  [
    'dockerfile',
    'PORT=4000',
    'PORT=4000 TEST_LANGUAGES=1',
    'compose: gateway is given TEST_LANGUAGES, which is for tests alone',
  ],
  ['dockerfile', 'PORT=4000', 'PORT=4040', 'the image listens at 4040'],
  ['dockerfile', 'VOLUME ["/tmp"]', '', '/tmp is no volume'],
  ['rover', '  chat:\n', '  talk:\n', 'modules/system, services: has no service talk'],
] as const)('%s: %j as %j', (what, from, to, sentence) => {
  const faults = faultsOf({ ...whole, [what]: change(whole[what], from, to) });
  expect(faults.filter((fault) => fault.includes(sentence))).not.toEqual([]);
});

it('a new variable of a service has to be given, and one that is gone must not be', () => {
  const chat = whole.processes.get('chat');
  if (!chat) throw new Error('there is no chat');
  const processes = new Map(whole.processes);
  processes.set('chat', { ...chat, reads: new Set([...chat.reads, 'MODEL_URL']) });
  expect(faultsOf({ ...whole, processes })).toEqual([
    'terraform: chat is not given MODEL_URL',
    'compose: chat is not given MODEL_URL',
  ]);
  processes.set('chat', {
    ...chat,
    reads: new Set([...chat.reads].filter((name) => name !== 'RABBITMQ_URL')),
  });
  expect(faultsOf({ ...whole, processes })).toEqual([
    'terraform: chat does not read RABBITMQ_URL',
    'compose: chat does not read RABBITMQ_URL',
  ]);
});

it('reads what the image sets, stage by stage', () => {
  expect([...imageVariables('FROM a AS b\nENV X=1 Y=2\nFROM c AS d\nENV Z=3\n', 'b')]).toEqual(['X', 'Y']);
});
