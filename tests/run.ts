import { startVitest } from 'vitest/node';

/** `npm test [-- filter...]`: the whole suite. The last line is the plain count, whatever happened before it. */

const vitest = await startVitest('test', process.argv.slice(2), { watch: false });
const counts = { passed: 0, failed: 0, skipped: 0 };
for (const module of vitest.state.getTestModules()) {
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    // A test that never got to run, because its file broke off, did not pass.
    counts[state === 'pending' ? 'failed' : state] += 1;
  }
  // What can't be loaded, or whose set-up throws, is a failure that no single test shows: its tests count as skipped.
  for (const suite of [module, ...module.children.allSuites()]) counts.failed += suite.errors().length;
}
counts.failed += vitest.state.getUnhandledErrors().length;
await vitest.close();
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
process.exit(counts.failed > 0 || counts.passed === 0 ? 1 : 0);
