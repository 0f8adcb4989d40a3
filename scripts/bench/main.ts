/** `npm run bench`: measures, and prints figures beside what they are to be compared with. It judges nothing. */
import { forgetAws } from '../../rehearsal/stage/environment.ts';
import { synthesize } from '../../rehearsal/stage/synthesis.ts';
import { type Bundle, HOOK_BUDGET as BYTES, measureBundles } from './bundles.ts';
import { HOOK_BUDGET as COLD, type ColdStart, measureColdStarts } from './cold-start.ts';
import { measureEngine } from './engine.ts';
import { measureLag, type Run, type Trouble } from './lag.ts';
import { measurePrice, priced } from './price.ts';
import { median, print, say } from './print.ts';
import { measureStart } from './sandbox-start.ts';
import { measureRelease } from './simulated-release.ts';

/** `12 s`, or `12 s (3–20)` where the runs differ. */
const spread = (values: readonly number[]): string => {
  const [least, most] = [Math.round(Math.min(...values)), Math.round(Math.max(...values))];
  const middle = `${Math.round(median(values))} s`;
  return least === most ? middle : `${middle} (${least}–${most})`;
};

const ratio = (value: number, to: number): string => `${(value / to).toFixed(1)}×`;

const printLag = async (): Promise<void> => {
  const { tandem, loop, deaf } = await measureLag();
  const of = (runs: readonly Run[], trouble: Trouble, figure: 'known' | 'back') =>
    runs.filter((run) => run.trouble === trouble).map((run) => run[figure] ?? 0);
  const row = (what: string, trouble: Trouble, figure: 'known' | 'back') => [
    what,
    ...[tandem, deaf, loop].map((runs) => spread(of(runs, trouble, figure))),
    ratio(median(of(loop, trouble, figure)), median(of(tandem, trouble, figure))),
  ];
  print(
    'Lag in release time: median (least–most). Calls and handlers take none in a simulation, on AWS they do.',
    ['', 'Tandem', 'all events lost', '30 s loop', 'loop : Tandem'],
    [
      row('good release: last CodeDeploy event → its end is told', 'none', 'known'),
      row('alarm in the shift → users back', 'in the shift', 'back'),
      row('alarm in the shift → the end is told', 'in the shift', 'known'),
      row('alarm in the guard → users back', 'in the guard', 'back'),
      row('alarm in the guard → the end is told', 'in the guard', 'known'),
    ],
  );
  const transitions = (trouble: Trouble) =>
    tandem.filter((run) => run.trouble === trouble).map((run) => run.transitions);
  print(
    'State transitions of one release, both machines',
    ['', 'median'],
    [
      ['promoted', `${median(transitions('none'))}`],
      ['rolled back in the shift', `${median(transitions('in the shift'))}`],
      ['rolled back in the guard', `${median(transitions('in the guard'))}`],
    ],
  );
};

const printPrice = async (): Promise<void> => {
  const items = priced(await measurePrice());
  const dollars = (amount: number): string => `$${amount.toFixed(4)}`;
  const sum = items.reduce((all, item) => all + item.dollars, 0);
  print(
    'What AWS charges for the calls of a promoted release with users: 5 minutes each of canary, bake and guard',
    ['', 'count', 'dollars'],
    [
      ...items.map(({ what, count, dollars: price }) => [what, `${count}`, dollars(price)]),
      ['in all', '', dollars(sum)],
    ],
  );
};

const printEngine = async (): Promise<void> => {
  const figures = await measureEngine();
  print(
    'Engine of the sandbox',
    ['', ''],
    [
      ['transitions in a real second', figures.transitionsPerSecond.toFixed(0)],
      [`${figures.waiting} executions wait after`, `${figures.startSeconds.toFixed(1)} s`],
      ['heap of each one that waits', `${figures.kilobytesEach.toFixed(1)} KB`],
      ['all have ended after their tokens in', `${figures.endSeconds.toFixed(1)} s`],
    ],
  );
};

const printStart = async (): Promise<void> => {
  const { synthesis, rehearsal, simulation } = await measureStart();
  print(
    'Sandbox start: until version 1 serves its users, shortest of 3',
    ['', 'real time', 'to a simulation'],
    [
      ['a simulation', `${simulation.toFixed(2)} s`, ratio(1, 1)],
      ['a rehearsal', `${rehearsal.toFixed(2)} s`, ratio(rehearsal, simulation)],
      [
        'bundles and templates before it',
        `${synthesis.toFixed(2)} s`,
        ratio(synthesis, simulation),
      ],
    ],
  );
};

const printRelease = async (): Promise<void> => {
  const { first, warm } = await measureRelease();
  print(
    'A simulated release with its sandbox (approved.json): processor time. The budget of a warm process is 0.5 s',
    ['', ''],
    [
      ['in a warm process, median of 5', `${warm.toFixed(2)} s`],
      ['the first one, which loads every function', `${first.toFixed(2)} s`],
    ],
  );
};

const printBundles = async (): Promise<void> => {
  const bundles = await measureBundles();
  const row = ({ name, isHook, minified, gzip }: Bundle) => [
    name,
    `${minified.toFixed(0)} KB`,
    `${gzip.toFixed(0)} KB`,
    isHook ? ratio(minified, BYTES.minified) : '',
    isHook ? ratio(gzip, BYTES.gzip) : '',
  ];
  print(
    `Bundles, minified. The budget of a hook is ${BYTES.minified} KB, ${BYTES.gzip} KB gzipped (why it is exceeded: docs/adr/0014)`,
    ['', 'minified', 'gzip', 'to budget', 'gzip to budget'],
    bundles.map(row),
  );
};

const printColdStarts = async (): Promise<void> => {
  const [bare, ...handlers] = await measureColdStarts();
  const row = ({ name, init, process, memory }: ColdStart) => [
    name,
    `+${(init - bare!.init).toFixed(0)} ms`,
    ratio(process, bare!.process),
    `+${(memory - bare!.memory).toFixed(0)} MB`,
    ratio(memory, bare!.memory),
  ];
  print(
    `Cold start over a bare handler, shortest of 12. The budget of a hook is +${COLD.milliseconds} ms, +${COLD.megabytes} MB`,
    ['', 'import', 'process', 'memory added', 'memory'],
    handlers.map(row),
  );
};

/** Runs every benchmark. */
export const main = async (): Promise<void> => {
  const began = performance.now();
  forgetAws();
  await synthesize();
  say('Measuring takes about two minutes. Real time depends on the machine: compare ratios.');
  for (const part of [
    printLag,
    printPrice,
    printEngine,
    printStart,
    printRelease,
    printBundles,
    printColdStarts,
  ]) {
    await part();
  }
  say();
  say(`Done in ${((performance.now() - began) / 1000).toFixed(0)} seconds.`);
};

if (import.meta.main) await main();
