import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/*
 * What .github/workflows may say: actions by their commit, the least of permissions, scripts that exist, and nothing from outside in a
 * command's text.
 */

/** What of the project workflows name. */
export interface Project {
  scripts: ReadonlySet<string>;
  /** Whether there is such a file. */
  has(path: string): boolean;
}

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}
interface Job {
  'runs-on'?: string;
  'timeout-minutes'?: number;
  permissions?: unknown;
  uses?: string;
  steps?: Step[];
}
interface Workflow {
  permissions?: unknown;
  jobs?: Record<string, Job>;
}

const pinned = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;
const oidcAction = /^aws-actions\/configure-aws-credentials@/;

/** The faults of a workflow, one sentence each. */
export function workflowFaults(file: string, text: string, project: Project): string[] {
  let workflow: Workflow;
  try {
    workflow = parse(text) as Workflow;
  } catch (error) {
    return [`${file} is no YAML: ${(error as Error).message.split('\n')[0]}`];
  }
  const faults: string[] = [];
  const say = (what: string) => faults.push(`${file}: ${what}`);
  if (JSON.stringify(workflow?.permissions) !== '{"contents":"read"}')
    say('begins with other permissions than contents: read');
  for (const [, action = '', comment] of text.matchAll(/\buses: (\S+)( +#.*)?$/gm)) {
    if (action.startsWith('./')) {
      if (!project.has(action)) say(`uses ${action}, which is not there`);
    } else if (!pinned.test(action)) say(`uses ${action}: name its commit`);
    else if (!/^ +# v\d+\.\d+\.\d+$/.test(comment ?? ''))
      say(`uses ${action}: its version belongs behind it (# v1.2.3)`);
  }
  for (const [name, job] of Object.entries(workflow?.jobs ?? {})) {
    for (const fault of jobFaults(job, project)) say(`${name} ${fault}`);
  }
  if (Object.keys(workflow?.jobs ?? {}).length === 0) say('has no jobs');
  return faults;
}

function jobFaults(job: Job, project: Project): string[] {
  const faults: string[] = [];
  const steps = job.steps ?? [];
  const isCall = job.uses !== undefined;
  if (!isCall && typeof job['timeout-minutes'] !== 'number') faults.push('has no timeout-minutes');
  if (!isCall && !/-\d+(\.\d+)?$/.test(job['runs-on'] ?? ''))
    faults.push('runs on a machine without a version');
  const permissions = job.permissions;
  if (permissions !== undefined && (typeof permissions !== 'object' || permissions === null))
    faults.push('has permissions that are no list');
  const mayGetToken = (permissions as Record<string, string> | undefined)?.['id-token'] === 'write';
  const needsToken = isCall || steps.some(({ uses }) => oidcAction.test(uses ?? ''));
  if (mayGetToken && !needsToken) faults.push('may get a token and asks AWS for nothing');
  if (!mayGetToken && !isCall && needsToken) faults.push('signs in to AWS without id-token: write');
  for (const step of steps) {
    const inputs = step.with ?? {};
    if (Object.keys(inputs).some((key) => /access-key|secret-key/.test(key)))
      faults.push('is given keys of AWS: assume a role');
    if (step.uses?.startsWith('actions/checkout@') && inputs['persist-credentials'] !== false)
      faults.push('leaves its token in the checkout: persist-credentials: false');
    faults.push(...commandFaults(step.run ?? '', project));
  }
  return faults;
}

function commandFaults(run: string, { scripts, has }: Project): string[] {
  const faults: string[] = [];
  // Whoever names a branch or a tag would else write our commands.
  if (run.includes('${{')) faults.push('has an expression in a command: hand it over by env');
  for (const [, script = ''] of run.matchAll(/\bnpm run (?:-s |--silent )?([\w:-]+)/g))
    if (!scripts.has(script)) faults.push(`runs ${script}, which package.json has not`);
  if (/\bnpm test\b/.test(run) && !scripts.has('test')) faults.push('runs test, which package.json has not');
  for (const [, path = ''] of run.matchAll(
    /(?:^|\s)(?:node )?((?:infra|gateway|prisma|tests|bench)\/[\w./-]+\.(?:ts|sh|graphql))/gm,
  ))
    if (!has(path)) faults.push(`names ${path}, which is not there`);
  return faults;
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '../..');
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
  const project: Project = {
    scripts: new Set(Object.keys(scripts)),
    has: (path) => existsSync(join(root, path)),
  };
  const files = globSync('.github/workflows/*.{yml,yaml}', { cwd: root });
  const faults = files.flatMap((file) =>
    workflowFaults(file, readFileSync(join(root, file), 'utf8'), project),
  );
  if (files.length === 0) faults.push('.github/workflows has no workflow');
  if (faults.length > 0) {
    process.stderr.write(`${faults.join('\n')}\n`);
    process.exitCode = 1;
  }
}
