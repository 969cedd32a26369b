import { startVitest } from 'vitest/node';
import { type Counts, summary } from './summary.ts';
import { installTools, missingTools } from './tools.ts';

/** `npm test [-- filter...]`: the whole suite. The last line is the plain count, whatever happened before it. */

const print = (line: string) => process.stdout.write(`${line}\n`);

installTools(print);
const vitest = await startVitest('test', process.argv.slice(2), { watch: false });
const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
const skippedIn = new Map<string, number>();
for (const module of vitest.state.getTestModules()) {
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    // A test that never got to run, because its file broke off, did not pass.
    counts[state === 'pending' ? 'failed' : state] += 1;
    const file = module.relativeModuleId;
    if (state === 'skipped') skippedIn.set(file, (skippedIn.get(file) ?? 0) + 1);
  }
  // What can't be loaded, or whose set-up throws, is a failure that no single test shows: its tests count as skipped.
  for (const suite of [module, ...module.children.allSuites()]) counts.failed += suite.errors().length;
}
counts.failed += vitest.state.getUnhandledErrors().length;
await vitest.close();
for (const line of summary(counts, missingTools(), skippedIn)) print(line);
process.exit(counts.failed > 0 || counts.passed === 0 ? 1 : 0);
