import { tmpdir } from 'node:os';
import { Command } from 'commander';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { Policy } from '../../core/release/policy.ts';
import { diskFault } from '../../core/text/disk-fault.ts';
import { minutes, toMilliseconds } from '../../core/text/time.ts';
import { stay } from '../session/keep-open.ts';
import { forgetAws, seclusion } from '../stage/environment.ts';
import { outcomeOf } from '../stage/outcome.ts';
import { openStage, PAIR, type Stage } from '../stage/stage.ts';
import { synthesize, TRIED } from '../stage/synthesis.ts';
import { begin, PLOTS, type Plot } from '../stage/tour-releases.ts';
import { startUsers } from '../stage/users.ts';
import { endWithOutput } from '../terminal/broken-output.ts';
import { watchRelease } from '../terminal/progress.ts';
import { styled, type Terminal, terminalOn } from '../terminal/terminal.ts';
import { labelled } from '../terminal/wrap.ts';
import type { Traffic } from '../traffic/traffic.ts';
import { describeCount } from '../traffic/traffic-count.ts';
import { approve } from './approver.ts';
import { BUSY_EXIT, wasBusy, watchMachine } from './machine.ts';
import { bearableSpeed, estimateText } from './pace.ts';
import { type Chapter, isGood, reportLines, type Story } from './report.ts';

/** Service seconds in a real second: what takes production half an hour takes a minute. */
const SPEED = 36;

/**
 * The pair's policy. Its few users are enough for the judge when green has half of their requests during the shift, and
 * a rise by 5 points, from which on the alarms fire, is what it has to see.
 */
const POLICY = Policy.parse({
  curve: { type: 'linear', percent: 10, minutes: 1 },
  judgement: { smallestRise: 5 },
});

/** Service minutes of calm before a release begins: an alarm judges whole minutes, a little later. */
const CALM_MINUTES = 2;

/** Whether no alarm of the pair is red, and one of each target has judged its users' requests. */
const isCalm = (alarms: readonly { AlarmName: string; StateValue: string }[]): boolean =>
  alarms.every(({ StateValue }) => StateValue !== 'ALARM') &&
  ['web', 'api'].every((target) =>
    alarms.some(
      ({ AlarmName, StateValue }) =>
        StateValue === 'OK' && AlarmName.startsWith(`tandem-${PAIR}-${target}-`),
    ),
  );

/**
 * Waits until the alarms have seen users and have not been red for a while: a release that starts under a red alarm is
 * rejected, and the first answers of a process are slow.
 */
const untilCalm = async (stage: Stage, terminal: Terminal): Promise<void> => {
  const { call, clock } = stage.sandbox;
  const calm = `begins when no alarm has been red for ${CALM_MINUTES} minutes`;
  terminal.live([`  ${styled('gray', calm)}`]);
  let since = clock.now();
  await stage.until('the end of all alarms', async () => {
    const { MetricAlarms } = await call('cloudwatch', 'DescribeAlarms', {
      AlarmNamePrefix: `tandem-${PAIR}`,
    });
    if (!isCalm(MetricAlarms)) since = clock.now();
    return clock.now() - since >= minutes(CALM_MINUTES) ? true : undefined;
  });
  terminal.live([]);
};

/** When a release first saw that something was wrong, and when it read that every user was back. */
const badSignOf = (record: ReleaseRecord | undefined): Pick<Chapter, 'badSign'> => {
  const { started, firstBadSign, allBack } = record?.times ?? {};
  // Of a release that ended before traffic moved nobody had to come back.
  if (record?.end !== 'RolledBack' || !started || !firstBadSign || !allBack) return {};
  const since = (moment: string) => (toMilliseconds(moment) - toMilliseconds(started)) / 1000;
  return { badSign: { at: since(firstBadSign), allBack: since(allBack) } };
};

const play = async (
  stage: Stage,
  traffic: Traffic,
  terminal: Terminal,
  plot: Plot,
): Promise<Chapter> => {
  terminal.line();
  terminal.line(styled('bold', plot.title));
  await untilCalm(stage, terminal);
  await traffic.count();
  const began = performance.now();
  const arn = await begin(stage, plot, (text) => {
    for (const line of labelled('  ', text, terminal.width)) terminal.line(line);
  });
  const id = arn.slice(arn.lastIndexOf(':') + 1);
  const watch = watchRelease(stage, id, terminal, () => [
    `  users  ${describeCount(traffic.soFar())}`,
  ]);
  const approved = plot.pushed ? approve(stage, id, watch.say) : undefined;
  const ended = await stage.ended(arn);
  await approved;
  await watch.stop();
  const outcome = await outcomeOf(stage, arn, ended, (performance.now() - began) / 1000);
  const { title, expected } = plot;
  const badSign = badSignOf(await stage.record(id));
  return { title, expected, outcome, ...badSign, traffic: await traffic.count() };
};

const documentOf = (story: Story) => {
  const { requests, failed, lost, heldBack } = story.total;
  return {
    ok: isGood(story, PLOTS.length),
    machine: { busy: wasBusy(story.machine), ...story.machine },
    releases: story.chapters.map(({ outcome }) => outcome),
    traffic: { requests, failed, lost, heldBack },
  };
};

const NEXT = [
  'npm start -- --stay      the same, and everything stays up',
  'npm -s start -- --json   one JSON document for a script',
  'npx tandem rehearse samples/scenarios/mixed-versions-break.json',
  '                         one failure scenario, step by step',
  'npm test                 every test in virtual time, one failure scenario of each kind',
  'npm run test:thorough    every failure scenario',
];

const printNext = (terminal: Terminal): void => {
  terminal.line();
  terminal.line(styled('bold', 'Try next'));
  for (const line of NEXT) terminal.line(`  ${line}`);
};

/** Opens the sandbox with version 1 deployed, as fast as this machine can bear. */
const open = async (terminal: Terminal): Promise<Stage> => {
  terminal.line(styled('bold', 'Tandem releases an ECS service and a Lambda function as one.'));
  terminal.line(`You watch three releases, in ${estimateText(SPEED)} on a free machine.`);
  for (const line of labelled('', seclusion(forgetAws()), terminal.width)) terminal.line(line);
  terminal.line('Bundling the handlers and synthesizing the templates that AWS would get …');
  const assembly = await synthesize(TRIED, POLICY);
  terminal.line('Starting the sandbox and deploying the templates into it …');
  const speed = await bearableSpeed(SPEED);
  if (speed < SPEED) {
    const busy = `This machine is busy: release time begins ${speed} times as fast as real time, not ${SPEED}, so the releases take ${estimateText(speed)}.`;
    for (const line of labelled('', busy, terminal.width)) terminal.line(line);
  }
  const stage = await openStage({
    setting: { kind: 'rehearsal', speed },
    assembly,
    progress: (text) => terminal.live([`  ${styled('gray', text)}`]),
  });
  terminal.live([]);
  return stage;
};

/** The tour's own end: 0 when all came as it should, 75 when the machine was too busy to tell, 1 otherwise. */
const exitCodeOf = (story: Story): number => {
  if (isGood(story, PLOTS.length)) return 0;
  return wasBusy(story.machine) ? BUSY_EXIT : 1;
};

/** Shows Tandem doing its job: three releases of the sample pair before the user's eyes. */
export const tour = async (options: { json: boolean; stay: boolean }): Promise<number> => {
  const began = performance.now();
  const terminal = terminalOn(options.json ? process.stderr : process.stdout);
  const stage = await open(terminal);
  const machine = watchMachine(stage.sandbox, SPEED);
  const traffic = startUsers(stage);
  try {
    terminal.line(`Version 1 serves its users: web ${stage.web.href}, api ${stage.api.href}`);
    const chapters: Chapter[] = [];
    for (const plot of PLOTS) chapters.push(await play(stage, traffic, terminal, plot));
    const total = await traffic.stop();
    const realSeconds = (performance.now() - began) / 1000;
    const story = { chapters, total, realSeconds, machine: machine.load() };
    for (const line of reportLines(story, PLOTS.length, terminal.width)) terminal.line(line);
    if (options.json) process.stdout.write(`${JSON.stringify(documentOf(story), null, 2)}\n`);
    if (options.stay) await stay(stage, SPEED, terminal);
    else printNext(terminal);
    return exitCodeOf(story);
  } finally {
    machine.stop();
    await traffic.stop();
    await stage.close();
  }
};

/** `npm start`: `--json` prints one document for machines, `--stay` keeps everything up afterwards. */
export const main = async (parameters: readonly string[]): Promise<void> => {
  const options = new Command('npm start --')
    .description('Three releases of the sample pair in a local AWS, before your eyes.')
    .option('--json', 'one JSON document on standard output (npm -s start -- --json)', false)
    .option('--stay', 'everything stays up afterwards, to look around', false)
    .showHelpAfterError('(--help shows what is possible)')
    .allowExcessArguments(false)
    .parse([...parameters], { from: 'user' })
    .opts<{ json: boolean; stay: boolean }>();
  endWithOutput();
  try {
    process.exitCode = await tour(options);
  } catch (error) {
    const said = diskFault((error as Error).message, { temporary: tmpdir() });
    if (said === undefined) throw error;
    process.stderr.write(`${said}\n`);
    process.exitCode = 1;
  }
};

if (import.meta.main) await main(process.argv.slice(2));
