/** `npm run soak:judge`: release after release under real traffic, bad and healthy, to see whether the judge tells them apart. */
import { Command, InvalidArgumentError } from 'commander';
import { forgetAws } from '../stage/environment.ts';
import { openStage } from '../stage/stage.ts';
import { synthesize } from '../stage/synthesis.ts';
import { startUsers } from '../stage/users.ts';
import { type Terminal, terminalOn } from '../terminal/terminal.ts';
import { BUSY_EXIT, blameText, speedText, watchMachine } from '../tour/machine.ts';
import { bearableSpeed } from '../tour/pace.ts';
import { type Kind, kindNamed, kindsOf } from './kinds.ts';
import { leaveItToTheJudge } from './only-the-judge.ts';
import { releasesOn } from './releases.ts';
import { rowsOf, tableLines, trialLine } from './tally.ts';
import { type Trial, tryKind } from './trial.ts';

/** Service seconds in a real second: half an hour of production in less than a minute. */
const SPEED = 48;

/** Users' requests in a minute of service time: at full speed 160 in a real second, which a small machine bears. */
const EACH_MINUTE = 200;

/** Losses that are told of one release; the document has more. */
const TOLD = 3;

interface Options {
  readonly count: number;
  readonly seed: number;
  readonly json: boolean;
  /** Kinds to play instead, one after the other. */
  readonly only?: readonly Kind[];
}

const play = async ({ only, count, seed }: Options, terminal: Terminal) => {
  const kinds = only ?? kindsOf(count, seed);
  const trials: Trial[] = [];
  let brokenOff: string | undefined;
  forgetAws();
  const assembly = await synthesize();
  const speed = await bearableSpeed(SPEED);
  const stage = await openStage({ setting: { kind: 'rehearsal', speed }, assembly });
  const machine = watchMachine(stage.sandbox, SPEED);
  const traffic = startUsers(stage, EACH_MINUTE);
  try {
    await leaveItToTheJudge(stage);
    const releases = await releasesOn(stage);
    terminal.line(
      `Releases: ${kinds.length}, seed ${seed}; release time begins ${speed} times as fast.`,
    );
    for (const [index, kind] of kinds.entries()) {
      const { trial, settle } = await tryKind(stage, releases, traffic, kind);
      trials.push(trial);
      const place = `${index + 1}/${kinds.length}`;
      terminal.line(trialLine(trial, place));
      const losses = trial.right || kind.losing ? [] : trial.losses;
      for (const loss of losses.slice(0, TOLD)) terminal.line(`    lost: ${loss}`);
      await settle();
    }
  } catch (error) {
    // What has been seen by then is worth its table.
    brokenOff = (error as Error).message;
  } finally {
    machine.stop();
    await traffic.stop();
    await stage.close();
  }
  return { trials, machine: machine.load(), brokenOff };
};

const exitCodeOf = (ok: boolean, blame: string | undefined): number => {
  if (ok) return 0;
  return blame ? BUSY_EXIT : 1;
};

/**
 * Plays so many releases, tells each as it ends and all in a table; gives the exit code: 1 if any went wrong, 75 if the
 * machine was too busy to tell.
 */
export const soak = async (options: Options): Promise<number> => {
  const terminal = terminalOn(options.json ? process.stderr : process.stdout);
  const { trials, machine, brokenOff } = await play(options, terminal);
  const wrong = trials.filter(({ right }) => !right).length;
  const ok = wrong === 0 && brokenOff === undefined;
  terminal.line();
  for (const line of tableLines(trials)) terminal.line(line);
  terminal.line();
  if (brokenOff !== undefined) terminal.line(`Broken off: ${brokenOff}`);
  const result = ok ? 'All as it must be' : `${wrong} of ${trials.length} went wrong`;
  terminal.line(`${result} (${speedText(machine)}).`);
  const blame = ok ? undefined : blameText(machine);
  if (blame) terminal.line(blame);
  if (options.json) {
    const { seed } = options;
    const how = { ok, seed, machine, eachMinute: EACH_MINUTE, brokenOff };
    const document = { ...how, kinds: rowsOf(trials), releases: trials };
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  }
  return exitCodeOf(ok, blame);
};

const whole = (text: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a number from 1.');
  return Number(text);
};

const named = (name: string, before: readonly Kind[] = []): readonly Kind[] => {
  const kind = kindNamed(name);
  if (!kind) throw new InvalidArgumentError('There is no such kind.');
  return [...before, kind];
};

/** `npm run soak:judge -- --count 20`; the same `--seed` gives the same kinds in the same order. */
export const main = async (parameters: readonly string[]): Promise<void> => {
  const options = new Command('npm run soak:judge --')
    .description(
      'Releases of good and bad versions under real traffic, for the judge to tell apart.',
    )
    .option('--count <releases>', 'how many', whole, 200)
    .option('--seed <number>', 'decides which kinds come, and their order', whole, 1)
    .option('--only <kind>', 'this kind, e.g. "web errors-5"; may be given several times', named)
    .option('--json', 'one JSON document on standard output', false)
    .showHelpAfterError('(--help shows what is possible)')
    .allowExcessArguments(false)
    .parse([...parameters], { from: 'user' })
    .opts<Options>();
  process.exitCode = await soak(options);
};

if (import.meta.main) await main(process.argv.slice(2));
