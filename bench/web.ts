import { parseArgs } from 'node:util';
import { figure, table } from './measure/statistics.ts';
import { measureFirstByte } from './web/first-byte.ts';
import { measureInteractions } from './web/interactions.ts';
import { measureLoading } from './web/loading.ts';
import { measureMessages } from './web/message-paint.ts';
import { measureNavigation } from './web/navigation.ts';
import { measureScrolling } from './web/scrolling.ts';
import { type MeasuredSite, type Row, startMeasuredSite } from './web/site.ts';
import { measureWeights } from './web/weights.ts';

/*
 * What the web costs whoever reads it: `npm run bench:web`, or `-- --only weights,loading` for parts of it. Figures stand beside those that
 * are asked for at most; nothing asserts time.
 */

const parts: Record<string, (site: MeasuredSite) => Promise<Row[]>> = {
  weights: measureWeights,
  'first-byte': measureFirstByte,
  loading: measureLoading,
  interactions: measureInteractions,
  navigation: measureNavigation,
  messages: measureMessages,
  scrolling: measureScrolling,
};

const { only } = parseArgs({ options: { only: { type: 'string' } } }).values;
const wanted = only?.split(',') ?? Object.keys(parts);
const print = (line: string) => process.stdout.write(`${line}\n`);

const site = await startMeasuredSite();
try {
  for (const name of wanted) {
    const measure = parts[name];
    if (!measure) throw new Error(`no part is called ${name}: ${Object.keys(parts).join(', ')}`);
    const rows = await measure(site);
    const lines = rows.map(({ what, figure: found, asked }) => [
      what,
      figure(found),
      asked === undefined ? '' : figure(asked),
      asked ? figure(found / asked) : '',
    ]);
    print(`${table([[name, 'measured', 'at most', 'ratio'], ...lines])}\n`);
  }
} finally {
  await site.stop();
}
