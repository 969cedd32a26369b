import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { findRabbitMq } from '@socialhub/servers/rabbitmq';
import { findChromium } from '../web/tests/browser.ts';

/** What the tests use and npm does not bring. `npm test` installs it where it may, and else says how to get it. */
export interface Tool {
  name: string;
  isHere(): boolean;
  /** The package that Debian has it in. */
  debian: string;
  /** How to get it elsewhere. */
  elsewhere: string;
}

export const tools: readonly Tool[] = [
  {
    name: 'RabbitMQ',
    isHere: () => Boolean(process.env.RABBITMQ_URL) || findRabbitMq() !== null,
    debian: 'rabbitmq-server',
    elsewhere: 'macOS: brew install rabbitmq; or RABBITMQ_URL=amqp://… of a running one',
  },
  {
    name: 'Chromium',
    isHere: () => findChromium() !== undefined,
    debian: 'chromium-headless-shell',
    elsewhere: 'CHROMIUM_PATH=… of an installed Chromium or Chrome',
  },
];

export const missingTools = () => tools.filter((tool) => !tool.isHere());

/** What matters of the machine for whether packages may be installed on it. */
export interface Machine {
  isRoot: boolean;
  isDebian: boolean;
}

const thisMachine = (): Machine => ({
  isRoot: process.getuid?.() === 0,
  isDebian: existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get'),
});

/** The packages to install: none where nothing is missing, or where this is not ours to do. */
export function packagesToInstall(missing: readonly Tool[], machine: Machine): string[] {
  return machine.isRoot && machine.isDebian ? missing.map(({ debian }) => debian) : [];
}

/** Says who starts when a package is installed: with 101 nobody. */
const servicePolicy = '/usr/sbin/policy-rc.d';

/** Installs what is missing, where it may. What could not be had is still missing afterwards. */
export function installTools(print: (line: string) => void): void {
  const packages = packagesToInstall(missingTools(), thisMachine());
  if (packages.length === 0) return;
  print(`Installing ${packages.join(' and ')} for the tests (once) ...`);
  // The tests start servers of their own; the one that the package would start is not wanted.
  const isOurs = !existsSync(servicePolicy);
  if (isOurs) writeFileSync(servicePolicy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    aptGet('update', '-qq');
    aptGet('install', '-y', '-qq', '--no-install-recommends', ...packages);
  } finally {
    if (isOurs) rmSync(servicePolicy, { force: true });
  }
}

function aptGet(...args: readonly string[]): void {
  spawnSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/** What is missing and how to get it; nothing where nothing is missing. */
export function wordsAbout(missing: readonly Tool[]): string[] {
  if (missing.length === 0) return [];
  const names = missing.map(({ name }) => name).join(' and ');
  return [
    `${names} ${missing.length > 1 ? 'are' : 'is'} not installed here. To get ${missing.length > 1 ? 'them' : 'it'}:`,
    ...missing.map(
      ({ name, debian, elsewhere }) => `  ${name}: Debian: apt-get install ${debian}; ${elsewhere}`,
    ),
  ];
}

if (import.meta.main) {
  installTools((line) => process.stdout.write(`${line}\n`));
  for (const line of wordsAbout(missingTools())) process.stderr.write(`${line}\n`);
  process.exitCode = missingTools().length > 0 ? 1 : 0;
}
