/** `tandem simulate`: releases under random faults, judged by every law. */
import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { type Terminal, terminalOn } from '../../rehearsal/terminal/terminal.ts';
import { JSON_ONLY } from '../option-texts.ts';
import { countOf, seedOf } from '../options.ts';

interface Options {
  readonly seed: number;
  readonly count: number;
  readonly processes?: number;
  readonly minutes?: number;
  readonly json?: boolean;
}

/** Seconds between two lines of progress where lines cannot be redrawn. */
const EVERY_SECONDS = 60;

/** Seeds that are worth a process: it takes as long as one of them to load. */
const SEEDS_A_PROCESS = 8;

/** As many as there are processors, but none for a handful of seeds. */
const processesFor = (count: number): number =>
  Math.min(availableParallelism(), Math.ceil(count / SEEDS_A_PROCESS));

/** Shows how far a run is: in place on a terminal, else in a line every minute. */
const shownOn = (terminal: Terminal) => {
  let shown = 0;
  return (text: string, seconds: number): void => {
    terminal.live([`  ${text}`]);
    if (terminal.interactive || seconds < shown + EVERY_SECONDS) return;
    shown = seconds;
    terminal.line(text);
  };
};

/** Plays the seeds; the exit code is 1 when one broke a law, or when a large run never hit a fault. */
const simulateSeeds = async ({
  seed,
  count,
  processes = processesFor(count),
  minutes,
  json = false,
}: Options): Promise<void> => {
  // The sandbox takes seconds to load: whoever mistypes an option need not wait for it.
  const { forgetAws } = await import('../../rehearsal/stage/environment.ts');
  const { simulate } = await import('../../simulation/simulate.ts');
  const words = await import('../../simulation/report.ts');
  forgetAws();
  const aside = terminalOn(process.stderr);
  const show = shownOn(aside);
  aside.live(['  Bundling the handlers and synthesizing the templates that AWS would get …']);
  const stop = new AbortController();
  // The second one ends the process at once.
  process.once('SIGINT', () => {
    stop.abort();
    aside.line('Stopped: the seeds under way are played to their end. Ctrl-C again ends at once.');
  });
  const run = await simulate({
    seed,
    count,
    processes,
    stop: stop.signal,
    ...(minutes === undefined ? {} : { minutes }),
    progress: (done, seconds) => show(words.progressText(done, count, seconds), seconds),
    onFailure: (failure) => {
      for (const line of words.failureLines(failure)) aside.line(line);
    },
  });
  aside.live([]);
  const text = json
    ? JSON.stringify(words.simulationDocument(run), null, 2)
    : [...words.simulationLines(run), ...run.failures.flatMap(words.failureLines)].join('\n');
  process.stdout.write(`${text}\n`);
  process.exitCode = run.failures.length > 0 || run.gaps.length > 0 ? 1 : 0;
};

/** `tandem simulate`. */
export const simulateVerb = () =>
  new Command('simulate')
    .description('plays releases under random faults, and says which law one of them broke')
    .option('--seed <number>', 'first seed', seedOf, 1)
    .option('--count <number>', 'how many seeds', countOf, 20)
    .option(
      '--processes <number>',
      'seeds that are played at once (default: one a processor)',
      countOf,
    )
    .option('--minutes <minutes>', 'begins no further seed after so many minutes', countOf)
    .option('--json', JSON_ONLY)
    .action(simulateSeeds);
