import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { freePort } from '@socialhub/servers/ports';
import { createStandaloneGateway } from '../gateway/src/standalone/gateway.ts';
import { readStandaloneOptions } from '../gateway/src/standalone/options.ts';

const usage = 'usage: npm run audit:federation -- FOLDER [--only SUITE]...; see docs/benchmarks.md';
const auditName = '@graphql-hive/federation-gateway-audit';
const startTimeoutMs = 60_000;
const answerTimeoutMs = 10_000;

/** A case of a suite: an operation, the data that it has to bring, and whether there have to be errors. */
interface Case {
  query: string;
  expected: { data?: unknown; errors?: boolean };
}

interface Result {
  data?: unknown;
  errors?: readonly { message: string }[];
}

/** Starts the audit's own server of subgraphs, supergraphs and cases from a checkout whose packages are installed. */
async function startAudit(folder: string) {
  const { name } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { name?: string };
  if (name !== auditName) throw new Error(`${folder} is not a checkout of ${auditName}`);
  const port = await freePort();
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'serve', '--port', String(port)], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (part: Buffer) => {
    said = (said + part).slice(-4000);
  });
  const url = `http://localhost:${port}`;
  const read = async (path: string) => {
    const response = await fetch(`${url}/${path}`, { signal: AbortSignal.timeout(startTimeoutMs) });
    if (!response.ok) throw new Error(`the audit answers ${response.status} to /${path}`);
    return response;
  };
  const until = Date.now() + startTimeoutMs;
  while (!(await read('_health').catch(() => null))) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(`the audit did not start: ${said}`);
    await delay(100);
  }
  return { read, stop: () => child.kill() };
}

type Audit = Awaited<ReturnType<typeof startAudit>>;

/** Holds the gateway against one suite; gives what is wrong with each of its cases, null where nothing is. */
async function runSuite(audit: Audit, id: string, folder: string): Promise<(string | null)[]> {
  const supergraph = join(folder, `${id}.graphql`);
  await writeFile(supergraph, await (await audit.read(`${id}/supergraph`)).text());
  const cases = (await (await audit.read(`${id}/tests`)).json()) as Case[];
  const args = ['--supergraph', supergraph, '--port', '0', '--open'];
  const gateway = createStandaloneGateway(readStandaloneOptions(args, { LOG_LEVEL: 'silent' }));
  const { url } = await gateway.start();
  try {
    const faults: (string | null)[] = [];
    for (const one of cases) faults.push(await runCase(url, one));
    return faults;
  } finally {
    await gateway.stop();
  }
}

async function runCase(url: string, { query, expected }: Case): Promise<string | null> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query }),
    signal: AbortSignal.timeout(answerTimeoutMs),
  });
  const answer = (await response.json()) as Result;
  const isRight =
    isDeepStrictEqual(answer.data ?? null, expected.data ?? null) &&
    (expected.errors === undefined || expected.errors === (answer.errors ?? []).length > 0);
  return isRight ? null : [query.trim(), `expected ${text(expected)}`, `received ${text(answer)}`].join('\n');
}

const text = (value: unknown) => JSON.stringify(value);

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string', multiple: true } },
  });
  const [folder] = positionals;
  if (!folder) throw new Error(usage);
  const audit = await startAudit(resolve(process.env.INIT_CWD ?? '.', folder));
  const supergraphs = await mkdtemp(join(tmpdir(), 'federation-audit-'));
  try {
    const all = (await (await audit.read('ids')).json()) as string[];
    const ids = values.only ? all.filter((id) => values.only?.includes(id)) : all;
    const faults: string[] = [];
    let cases = 0;
    for (const id of ids) {
      const found = await runSuite(audit, id, supergraphs);
      process.stdout.write(`${id} ${found.map((fault) => (fault === null ? '.' : 'X')).join('')}\n`);
      cases += found.length;
      found.forEach((fault, index) => {
        if (fault !== null) faults.push(`${id}, case ${index}\n${fault}\n`);
      });
    }
    for (const fault of faults) process.stdout.write(`\n${fault}`);
    process.stdout.write(`\n${cases - faults.length} of ${cases} cases in ${ids.length} suites pass\n`);
    process.exitCode = faults.length > 0 ? 1 : 0;
  } finally {
    audit.stop();
    await rm(supergraphs, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
