import { expect, it } from 'vitest';
import { type Project, workflowFaults } from './workflows.ts';

const commit = 'a'.repeat(40);
const project: Project = {
  scripts: new Set(['check', 'test']),
  has: (path) => path === './.github/workflows/deploy.yml' || path === 'infra/release/a.sh',
};
const good = `name: A
permissions:
  contents: read
jobs:
  one:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions:
      id-token: write
    steps:
      - uses: actions/checkout@${commit} # v6.0.2
        with: { persist-credentials: false }
      - uses: aws-actions/configure-aws-credentials@${commit} # v5.0.0
        with: { role-to-assume: me }
      - run: npm run -s check && npm test && infra/release/a.sh
  two:
    uses: ./.github/workflows/deploy.yml
`;
const faultsOf = (text: string) => workflowFaults('w.yml', text, project);

it('finds nothing in a workflow that keeps the rules', () => {
  expect(faultsOf(good)).toEqual([]);
});

it.each([
  ['name: A', 'name: [', /is no YAML/],
  ['  contents: read', '  contents: write', /other permissions/],
  [`permissions:\n  contents: read\n`, '', /other permissions/],
  [`actions/checkout@${commit} # v6.0.2`, 'actions/checkout@v6', /name its commit/],
  [`@${commit} # v6.0.2`, `@${commit}`, /its version belongs behind it/],
  ['workflows/deploy.yml', 'workflows/gone.yml', /which is not there/],
  ['    timeout-minutes: 5\n', '', /no timeout-minutes/],
  ['ubuntu-24.04', 'ubuntu-latest', /without a version/],
  ['    permissions:\n      id-token: write', '    permissions: write-all', /no list/],
  ['      id-token: write', '      contents: read', /without id-token/],
  ['aws-actions/configure-aws-credentials', 'other/action', /asks AWS for nothing/],
  ['role-to-assume: me', 'aws-access-key-id: me', /keys of AWS/],
  ['with: { persist-credentials: false }', 'with: {}', /persist-credentials/],
  ['npm run -s check', 'npm run chekc', /runs chekc/],
  ['infra/release/a.sh', 'infra/release/b.sh', /names infra\/release\/b.sh/],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's
  ['npm test', 'echo ${{ github.head_ref }}', /by env/],
  [/jobs:[\s\S]*/, 'jobs: {}', /has no jobs/],
])('finds %s as %s', (from, to, why) => {
  const broken = good.replace(from, to);
  expect(broken).not.toBe(good);
  expect(faultsOf(broken)).toContainEqual(expect.stringMatching(why));
});
