import type { Block, Body, Module, Value } from './modules.ts';
import { addressOf } from './schema.ts';

/** A rule gives one sentence for each place that breaks it. */
export type Rule = (modules: readonly Module[]) => string[];

const roots = ['bootstrap', 'environments/production', 'environments/staging'];
export const where = (module: Module, block: Block) => `${module.folder}: ${addressOf(block)}`;

/** The resources of a type. */
export function each(modules: readonly Module[], type: string): [Module, Block][] {
  return modules.flatMap((module) =>
    module.blocks
      .filter((block) => block.type === type && block.kind === 'resource')
      .map((block): [Module, Block] => [module, block]),
  );
}

/** The blocks of one name. */
export const bodies = (value: Value | undefined): Body[] =>
  Array.isArray(value) ? (value as Body[]) : value ? [value as Body] : [];

/** Variables have a type and a description, outputs a description; each folder pins what it uses. */
export const described: Rule = (modules) =>
  modules.flatMap((module) => {
    const faults: string[] = [];
    for (const [name, { type, description }] of module.variables)
      if (!type || !description)
        faults.push(`${module.folder}: variable ${name} has no type or no description`);
    for (const [name, { description }] of module.outputs)
      if (!description) faults.push(`${module.folder}: output ${name} has no description`);
    if (!module.settings.required_version) faults.push(`${module.folder}: required_version is missing`);
    const pinned = Object.assign({}, ...bodies(module.settings.required_providers)) as Body;
    for (const provider of new Set(module.blocks.map(({ type }) => type.split('_')[0] ?? ''))) {
      const version = (pinned[provider] as Body | undefined)?.version;
      if (!String(version).startsWith('~> '))
        faults.push(`${module.folder}: the provider ${provider} is not pinned`);
    }
    return faults;
  });

/** Every root gives all it makes three tags, and tasks have those of their service. */
export const tagged: Rule = (modules) => [
  ...roots.flatMap((folder) => {
    const provider = modules.find((module) => module.folder === folder)?.providers.get('aws')?.[0];
    const tags = (bodies(provider?.default_tags)[0]?.tags ?? {}) as Body;
    return ['Project', 'Environment', 'ManagedBy']
      .filter((tag) => !tags[tag])
      .map((tag) => `${folder}: what it makes has no tag ${tag}`);
  }),
  ...each(modules, 'aws_ecs_service')
    .filter(([, { body }]) => body.propagate_tags !== 'SERVICE')
    .map(([module, block]) => `${where(module, block)}: tasks have no tags`),
];

/** What has to be said for a kind to be encrypted; `*` is any value. */
const encryption: Record<string, Record<string, Value>> = {
  aws_db_instance: { storage_encrypted: true, performance_insights_kms_key_id: '*' },
  aws_cloudwatch_log_group: { kms_key_id: '*', retention_in_days: '*' },
  aws_sns_topic: { kms_master_key_id: '*' },
  aws_secretsmanager_secret: { kms_key_id: '*' },
  aws_ecr_repository: { encryption_configuration: '*' },
  aws_kms_key: { enable_key_rotation: true },
  aws_s3_object: { kms_key_id: '*' },
};

/** By S3's own key: what is read without signing can't be by one of KMS's. */
const ofS3 = new Set(['modules/supergraph']);

/** What is at rest is encrypted; what travels is under TLS. */
export const encrypted: Rule = (modules) => {
  const faults: string[] = [];
  for (const [type, needs] of Object.entries(encryption))
    for (const [module, block] of each(modules, type))
      for (const [name, value] of Object.entries(needs))
        if (value === '*' ? block.body[name] === undefined : block.body[name] !== value)
          faults.push(`${where(module, block)}: not encrypted, ${name} is missing`);
  for (const [module, block] of each(modules, 'aws_s3_bucket')) {
    const text = (type: string) =>
      JSON.stringify(
        module.blocks.filter((one) => one.type === type && refersTo(one, block)).map(({ body }) => body),
      );
    const algorithm = ofS3.has(module.folder) ? '"AES256"' : '"aws:kms"';
    if (!text('aws_s3_bucket_server_side_encryption_configuration').includes(algorithm))
      faults.push(`${where(module, block)}: not encrypted`);
    if (!text('aws_s3_bucket_versioning').includes('"Enabled"'))
      faults.push(`${where(module, block)}: no versions`);
    if (!text('aws_s3_bucket_ownership_controls').includes('"BucketOwnerEnforced"'))
      faults.push(`${where(module, block)}: objects may have owners of their own`);
    if (!refusesWithoutTls(module, text('aws_s3_bucket_policy')))
      faults.push(`${where(module, block)}: answers without TLS`);
  }
  for (const [module, block] of each(modules, 'aws_lb_listener')) {
    const redirects = JSON.stringify(block.body.default_action).includes('"redirect"');
    if (!redirects && !(block.body.protocol === 'HTTPS' && String(block.body.ssl_policy).includes('TLS13')))
      faults.push(`${where(module, block)}: takes requests without TLS`);
  }
  for (const [module, block] of each(modules, 'aws_db_parameter_group'))
    if (!JSON.stringify([...module.locals]).includes('"rds.force_ssl":"1"'))
      faults.push(`${where(module, block)}: takes connections without TLS`);
  for (const module of modules) {
    const backend = bodies(bodies(module.settings.backend)[0]?.s3)[0];
    if (
      module.folder.startsWith('environments/') &&
      !(backend?.encrypt === true && backend.use_lockfile === true)
    )
      faults.push(`${module.folder}: the state is not encrypted or not locked`);
  }
  return faults;
};

// The document of a bucket's policy has a statement that denies everything that did not come by TLS.
const refusesWithoutTls = (module: Module, policies: string) =>
  module.blocks.some(
    ({ type, name, body }) =>
      type === 'aws_iam_policy_document' &&
      policies.includes(`data.aws_iam_policy_document.${name}.json`) &&
      bodies(body.statement).some((statement) => {
        const [condition] = bodies(statement.condition);
        const always = statement.effect === 'Deny' && JSON.stringify(statement.actions) === '["s3:*"]';
        const asked = condition?.test === 'Bool' && condition.variable === 'aws:SecureTransport';
        return always && asked && JSON.stringify(condition.values) === '["false"]';
      }),
  );

const refersTo = (block: Block, bucket: Block) =>
  JSON.stringify(block.body).includes(`${addressOf(bucket)}.`);

/** What must be false, or true, for a kind to be out of the internet's reach. */
const privacy: Record<string, Record<string, boolean>> = {
  aws_db_instance: { publicly_accessible: false },
  aws_subnet: { map_public_ip_on_launch: false },
  aws_s3_bucket_public_access_block: {
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  },
};
const openPorts = { ingress: new Set(['80', '443']), egress: new Set(['443', '465', '587']) };

/** The load balancer alone is reached by everybody, at two ports; what goes out goes to few. */
export const unreachable: Rule = (modules) => {
  const faults: string[] = [];
  for (const [type, needs] of Object.entries(privacy))
    for (const [module, block] of each(modules, type))
      for (const [name, value] of Object.entries(needs))
        if (block.body[name] !== value) faults.push(`${where(module, block)}: ${name} is to be ${value}`);
  for (const [module, block] of each(modules, 'aws_s3_bucket'))
    if (
      !module.blocks.some((one) => one.type === 'aws_s3_bucket_public_access_block' && refersTo(one, block))
    )
      faults.push(`${where(module, block)}: nothing blocks the public`);
  for (const [module, block] of each(modules, 'aws_lb'))
    if (block.body.internal !== true && module.folder !== 'modules/edge')
      faults.push(`${where(module, block)}: a second public door`);
  for (const [module, block] of each(modules, 'aws_ecs_service'))
    if (bodies(block.body.network_configuration)[0]?.assign_public_ip !== false)
      faults.push(`${where(module, block)}: tasks have public addresses`);
  for (const [module, block] of each(modules, 'aws_cloudformation_stack')) {
    const text = JSON.stringify(block.body);
    if (text.includes('AmazonMQ') && !/PubliclyAccessible\s*= false/.test(text))
      faults.push(`${where(module, block)}: the broker is public`);
    if (
      text.includes('AmazonMQ') &&
      !/DeletionPolicy\s*= var\.deletion_protection \? [\\"]+Retain/.test(text)
    )
      faults.push(`${where(module, block)}: a protected broker goes with its stack`);
  }
  for (const [module, block] of each(modules, 'aws_cloudfront_distribution')) {
    const behaviour = bodies(block.body.default_cache_behavior)[0];
    if (!behaviour?.trusted_key_groups)
      faults.push(`${where(module, block)}: answers URLs that nobody signed`);
    if (behaviour?.viewer_protocol_policy !== 'https-only')
      faults.push(`${where(module, block)}: answers without TLS`);
  }
  for (const direction of ['ingress', 'egress'] as const) {
    for (const [module, block] of each(modules, `aws_vpc_security_group_${direction}_rule`)) {
      if (block.body.cidr_ipv4 !== '0.0.0.0/0' && !block.body.cidr_ipv6) continue;
      const port = String(block.body.from_port).replace(
        /^\$\{tonumber\(each\.key\)\}$/,
        portsOf(module, block),
      );
      const isDoor = direction === 'egress' || module.folder === 'modules/edge';
      if (!isDoor || !port.split(',').every((one) => openPorts[direction].has(one)))
        faults.push(
          `${where(module, block)}: ${direction === 'ingress' ? 'open to' : 'may reach'} everybody at ${port}`,
        );
    }
  }
  for (const [module, block] of each(modules, 'aws_security_group'))
    if ('ingress' in block.body || 'egress' in block.body)
      faults.push(`${where(module, block)}: has rules within it, which nothing here reads`);
  return faults;
};

/** The ports of a rule that is made for each of a set. */
function portsOf(module: Module, block: Block): string {
  const name = /local\.(\w+)/.exec(String(block.body.for_each))?.[1] ?? '';
  return [...String(module.locals.get(name)).matchAll(/"(\d+)"/g)].map(([, port]) => port).join(',');
}

/** Arguments by which a secret would be in the state. */
const inState: Record<string, string> = {
  aws_db_instance: 'password',
  aws_secretsmanager_secret_version: 'secret_string',
  aws_ssm_parameter: 'value',
  aws_mq_broker: 'user',
};

/** What is a secret itself, and stands in the state whole. */
const secretInState = new Set([
  'resource random_password',
  'resource tls_private_key',
  'resource aws_iam_access_key',
  'data aws_secretsmanager_secret_version',
  'data aws_secretsmanager_random_password',
]);

/** No secret is in the state: values are write-only, and what reads them is ephemeral. */
export const noSecretInState: Rule = (modules) =>
  modules.flatMap((module) =>
    module.blocks.flatMap((block) => {
      const argument = inState[block.type];
      const faults: string[] = [];
      if (block.kind === 'resource' && argument && argument in block.body)
        faults.push(`${where(module, block)}: ${argument} would be in the state`);
      if (secretInState.has(`${block.kind} ${block.type}`))
        faults.push(`${where(module, block)}: would be in the state; ephemeral is not`);
      if (block.type === 'aws_s3_object' && 'source' in block.body)
        faults.push(`${where(module, block)}: source is read after it was checked; content is not`);
      if (block.type.startsWith('vercel_') && block.body.sensitive === true && 'value' in block.body)
        faults.push(`${where(module, block)}: value would be in the state`);
      return faults;
    }),
  );
