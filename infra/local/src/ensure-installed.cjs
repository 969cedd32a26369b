// Runs before `npm start` and `npm test`, on whatever Node the machine has: plain old JavaScript, no dependency.
const { existsSync, statSync, utimesSync } = require('node:fs');
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

const root = join(__dirname, '..', '..', '..');
const oldest = 20;

function modifiedAt(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

function run(command, args) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) {
    process.stderr.write(
      `\`${command} ${args.join(' ')}\` failed; see above. SocialHub can't start without it.\n`,
    );
    process.exit(1);
  }
}

if (Number(process.versions.node.split('.')[0]) < oldest) {
  process.stderr.write(
    `SocialHub needs Node ${oldest} or newer and this is ${process.version}: install a current one from nodejs.org.\n`,
  );
  process.exit(1);
}

// npm writes this file at the end of every install: what is older than the lockfile is not what the lockfile says.
const marker = join(root, 'node_modules', '.package-lock.json');
const pinned = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
if (modifiedAt(marker) < modifiedAt(join(root, 'package-lock.json')) || !existsSync(pinned)) {
  process.stdout.write('Installing packages (once, and after each change of package-lock.json) ...\n');
  // Not `npm ci`: it refuses a lockfile that leaves out what other systems' builds of a package are called, and a
  // registry that mirrors one system alone leaves them out. --no-save keeps the lockfile as it is.
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
  const now = new Date();
  utimesSync(marker, now, now);
}
run(pinned, ['web/generate.ts']);
run(pinned, ['prisma/generate.ts']);
run(pinned, ['gateway/explorer/build.ts']);
