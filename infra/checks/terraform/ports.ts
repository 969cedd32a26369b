import type { Module } from './modules.ts';
import { textsOf } from './modules.ts';
import type { Rule } from './rules.ts';
import { addressOf } from './schema.ts';

// One name for the port of the image, however a module calls it.
const portOf = (value: unknown) =>
  String(value).replace(/^\$\{(local\.port|var\.target_port)\}$/, 'the image’s');

function rulesOf(modules: readonly Module[], direction: 'ingress' | 'egress') {
  return modules.flatMap((module) =>
    module.blocks
      .filter(({ type }) => type === `aws_vpc_security_group_${direction}_rule`)
      .map((block) => ({ where: `${module.folder}: ${addressOf(block)}`, body: block.body })),
  );
}

const isOpen = ({ body }: { body: { cidr_ipv4?: unknown } }) => body.cidr_ipv4 === '0.0.0.0/0';

/** Whoever is let in at a port is let out to it elsewhere, and addresses in secrets name the same ports. */
export const portsAgree: Rule = (modules) => {
  const ingress = rulesOf(modules, 'ingress');
  const egress = rulesOf(modules, 'egress');
  const wide = [...ingress, ...egress]
    .filter(({ body }) => body.from_port !== body.to_port || body.ip_protocol !== 'tcp')
    .map(({ where }) => `${where}: is to be one port of TCP`);
  const inward = new Map(
    ingress.filter((rule) => !isOpen(rule)).map(({ where, body }) => [portOf(body.from_port), where]),
  );
  const outward = new Map(
    egress
      .filter((rule) => !isOpen(rule) || rule.body.from_port === 443)
      .map(({ where, body }) => [portOf(body.from_port), where]),
  );
  const secrets = modules.filter(({ folder }) => folder === 'modules/secrets');
  const texts = secrets.flatMap(({ blocks, locals }) => [
    ...blocks.flatMap(({ body }) => textsOf(body)),
    ...[...locals.values()].flatMap(textsOf),
  ]);
  const named = new Set(
    texts.flatMap((text) => [...text.matchAll(/\}:(\d{2,5})/g)].map(([, port = '']) => port)),
  );
  const backEnds = ['modules/database', 'modules/broker'];
  return [
    ...wide,
    ...[...inward]
      .filter(([port]) => !outward.has(port))
      .map(([port, where]) => `${where}: nobody is let out to ${port}`),
    ...[...outward]
      .filter(([port]) => !inward.has(port))
      .map(([port, where]) => `${where}: nobody is let in at ${port}`),
    ...[...inward]
      .filter(([port, where]) => backEnds.some((folder) => where.startsWith(folder)) && !named.has(port))
      .map(([port, where]) => `${where}: no secret names an address with port ${port}`),
  ];
};
