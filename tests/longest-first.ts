import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take more than a minute, though they are short: one that is begun last is waited for by all. */
const long = [
  'tests/live.test.ts',
  'tests/hosts.test.ts',
  'tests/budgets/budgets.test.ts',
  'tests/crowds.test.ts',
];

/** The order of Vitest, which begins with what is large, behind what is known to take long. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => long.some((path) => moduleId.endsWith(`/${path}`));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
