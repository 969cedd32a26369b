import { parse as parseYaml } from 'yaml';
import type { Process, ProcessName } from './configs.ts';
import { type Module, textsOf, type Value } from './modules.ts';

/** What the rules about processes compare. */
export interface Installation {
  modules: readonly Module[];
  compose: string;
  dockerfile: string;
  dockerignore: string;
  rover: string;
  processes: ReadonlyMap<ProcessName, Process>;
}

/** Why a variable that a process reads is given neither by Terraform nor by compose, or not by one of them. */
const notGiven: Record<'terraform' | 'compose', Record<string, string>> = {
  terraform: {
    GATEWAY_PORT: 'the image sets PORT',
    SUPERGRAPH_POLL_MS: 'ten seconds are well',
    MAIL_DIR: 'mail goes to SMTP_URL',
    S3_ENDPOINT: 'the storage is Amazon’s',
    S3_PUBLIC_ENDPOINT: 'the storage is Amazon’s',
    AWS_ACCESS_KEY_ID: 'the task has a role',
    AWS_SECRET_ACCESS_KEY: 'the task has a role',
    WEB_ORIGINS: 'the bucket is Terraform’s',
    VERCEL: 'Vercel sets it',
  },
  compose: {
    GATEWAY_PORT: 'the image sets PORT',
    SUPERGRAPH: 'it is in the image',
    SUPERGRAPH_POLL_MS: 'it is in the image',
    CA_CERTIFICATES: 'the database is beside it',
    MEDIA_CDN_URL: 'no CloudFront is before it',
    MEDIA_CDN_KEY_ID: 'no CloudFront is before it',
    MEDIA_CDN_PRIVATE_KEY: 'no CloudFront is before it',
    VERCEL: 'Vercel is not there',
  },
};
// Of the bucket, which the preparation makes for compose and Terraform makes itself.
const bucketOfPreparation = new Set(['S3_BUCKET', 'AWS_REGION']);
// What the image sets and every process may take or leave.
const ofImage = new Set(['NODE_ENV', 'HOST', 'PORT', 'NEXT_TELEMETRY_DISABLED']);
// What tests alone give: no installation does.
const ofTests = new Set(['TEST_LANGUAGES']);

const keysOf = (value: Value | undefined): string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
const listOf = (value: Value | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);
const at = (value: Value | undefined, name: string): Value | undefined =>
  (value as { [name: string]: Value } | undefined)?.[name];

/** The variables that the Dockerfile sets in a stage. */
export function imageVariables(dockerfile: string, stage: string): Set<string> {
  const text =
    dockerfile.split(/^(?=FROM )/m).find((part) => new RegExp(`^FROM \\S+ AS ${stage}\\n`).test(part)) ?? '';
  const lines = [...text.matchAll(/^ENV (.*)$/gm)].map(([, line = '']) => line);
  return new Set(lines.flatMap((line) => [...line.matchAll(/(\w+)=/g)].map(([, name = '']) => name)));
}

function givenByTerraform(modules: readonly Module[], name: ProcessName, isService: boolean): string[] {
  const system = modules.find(({ folder }) => folder === 'modules/system')?.locals;
  const secrets = modules.find(({ folder }) => folder === 'modules/secrets')?.locals;
  if (name === 'web') {
    const written = modules
      .flatMap(({ blocks }) => blocks)
      .filter(({ type, body }) => type === 'vercel_project_environment_variable' && !body.for_each)
      .map(({ body }) => String(body.key));
    return [...keysOf(system?.get('web')), ...listOf(at(secrets?.get('of_one'), 'web')), ...written];
  }
  return [
    ...(isService ? [...keysOf(system?.get('of_services')), ...listOf(secrets?.get('of_services'))] : []),
    ...keysOf(at(system?.get('of_one'), name)),
    ...listOf(at(secrets?.get('of_one'), name)),
  ];
}

type Compose = { services: Record<string, { environment?: Record<string, string> }> };
const readCompose = (text: string) => parseYaml(text, { merge: true }) as Compose;

/** Every variable that a process reads is given to it, or its operator's to choose, or named above; and no other is given. */
export function variableFaults({ modules, compose, dockerfile, rover, processes }: Installation): string[] {
  const { services } = readCompose(compose);
  const faults: string[] = [];
  const excused = { terraform: new Set<string>(), compose: new Set<string>() };
  for (const [name, process] of processes) {
    const { required, chosen } = process;
    const image = imageVariables(dockerfile, name === 'web' ? 'web' : 'services');
    const given = {
      terraform: givenByTerraform(modules, name, servicesOf(rover).includes(name)),
      compose: Object.keys(services[name]?.environment ?? {}).map((variable) =>
        variable.replace(/_FILE$/, ''),
      ),
    };
    for (const place of ['terraform', 'compose'] as const) {
      // On Vercel web/server.ts does not run, and what it alone reads nothing reads.
      const onVercel = name === 'web' && place === 'terraform';
      const reads = onVercel ? process.readByPages : process.reads;
      const all = new Set([...image, ...given[place]]);
      for (const variable of given[place])
        if (!reads.has(variable)) faults.push(`${place}: ${name} does not read ${variable}`);
      for (const variable of all)
        if (ofTests.has(variable))
          faults.push(`${place}: ${name} is given ${variable}, which is for tests alone`);
      for (const variable of reads) {
        if (all.has(variable) || ofImage.has(variable) || ofTests.has(variable)) continue;
        const isExcused =
          variable in notGiven[place] ||
          (name === 'prepare' && place === 'terraform' && bucketOfPreparation.has(variable));
        if (isExcused) excused[place].add(variable);
        if (required.has(variable) || !(isExcused || chosen.has(variable)))
          faults.push(`${place}: ${name} is not given ${variable}`);
      }
    }
  }
  for (const place of ['terraform', 'compose'] as const)
    for (const variable of Object.keys(notGiven[place]))
      if (!excused[place].has(variable)) faults.push(`${place}: ${variable} needs no excuse`);
  return faults;
}

/** Secrets that a process is told to read are written by the module that names them. */
export function secretFaults({ modules }: Installation): string[] {
  const secrets = modules.find(({ folder }) => folder === 'modules/secrets');
  if (!secrets) return ['there is no module secrets'];
  const written = secrets.blocks.flatMap(({ body }) => textsOf(body)).join('\n');
  const names = new Set(
    [secrets.locals.get('of_services') ?? [], secrets.locals.get('of_one') ?? []].flatMap(textsOf),
  );
  return [...names]
    .filter((name) => !new RegExp(`\\b${name}\\s*=`).test(written) && !name.endsWith('_PASSWORD'))
    .map((name) => `modules/secrets: nothing writes ${name}`);
}

const servicesOf = (rover: string): string[] =>
  Object.keys((parseYaml(rover) as { subgraphs: Record<string, unknown> }).subgraphs);

/** Every service of rover.yaml is in Terraform, in compose and in the image, whose port all know, and which holds nothing of Terraform's. */
export function serviceFaults({ modules, compose, dockerfile, dockerignore, rover }: Installation): string[] {
  const services = servicesOf(rover);
  const system = modules.find(({ folder }) => folder === 'modules/system');
  const secrets = modules.find(({ folder }) => folder === 'modules/secrets');
  const passwords = listOf(at(secrets?.locals.get('of_one'), 'prepare')).flatMap(
    (name) => /^(\w+)_PASSWORD$/.exec(name)?.[1]?.toLowerCase() ?? [],
  );
  const lists: Record<string, string[]> = {
    'modules/system, services': [...String(system?.locals.get('services')).matchAll(/"(\w+)"/g)].map(
      ([, name = '']) => name,
    ),
    'modules/secrets, passwords': passwords,
    'compose.yaml': Object.keys(readCompose(compose).services).filter((name) => services.includes(name)),
    Dockerfile: [...dockerfile.matchAll(/^COPY subgraphs\/(\w+)\//gm)].map(([, name = '']) => name),
  };
  for (const environment of ['staging', 'production']) {
    const call = modules.find(({ folder }) => folder === `environments/${environment}`)?.calls.get('system');
    lists[`environments/${environment}, service_sizes`] = keysOf(call?.service_sizes);
  }
  const port = /\bPORT=(\d+)/.exec(dockerfile)?.[1];
  return [
    ...Object.entries(lists).flatMap(([place, listed]) => [
      ...services.filter((name) => !listed.includes(name)).map((name) => `${place}: has no service ${name}`),
      ...listed
        .filter((name) => !services.includes(name))
        .map((name) => `${place}: rover.yaml has no ${name}`),
    ]),
    ...(String(system?.locals.get('port')) === port
      ? []
      : [`modules/system, port: the image listens at ${port}`]),
    ...(/^VOLUME \["\/tmp"\]$/m.test(dockerfile)
      ? []
      : ['Dockerfile: /tmp is no volume, which a task can’t write to']),
    ...(/^infra\/terraform$/m.test(dockerignore)
      ? []
      : ['.dockerignore: operators’ files and variables would be in the image']),
  ];
}
