import { parseArgs } from 'node:util';
import { toMilliseconds } from '../core/moments.ts';
import type { ReleaseRecord } from '../core/record.ts';
import { forgetAws, seclusion } from './environment.ts';
import { attributed } from './function-failures.ts';
import { outcomeOf } from './outcome.ts';
import { bearableSpeed } from './pace.ts';
import { watchRelease } from './progress.ts';
import { type Chapter, isAsExpected, printReport } from './report.ts';
import { openStage, PAIR, REPOSITORY, type Stage } from './stage.ts';
import { synthesize } from './synthesis.ts';
import { styled, type Terminal, terminalOn } from './terminal.ts';
import type { Traffic } from './traffic.ts';
import { startUsers } from './users.ts';

/** Service seconds in a real second: what takes production half an hour takes a minute. */
const SPEED = 36;

/** Name of the topic on which the release asks people. */
const NOTIFICATIONS = 'tandem-notifications';

interface Plot {
  readonly title: string;
  readonly expected: string;
  readonly web: string;
  readonly api: string;
  /** Starts the release; gives its execution's ARN. */
  readonly begin: (stage: Stage, terminal: Terminal) => Promise<string>;
}

const versionOf = (name: string) => ({ image: `${REPOSITORY}:${name}` });

/** The approval request of a release, once it is on the topic; nothing when the release ends without asking. */
const approvalRequest = (stage: Stage, release: string, arn: string) =>
  stage.until('the request for approval', async () => {
    const topic = `arn:aws:sns:${stage.sandbox.region}:${stage.sandbox.account}:${NOTIFICATIONS}`;
    for (const { message } of stage.sandbox.messages(topic)) {
      const asked = JSON.parse(message);
      if (asked.kind === 'approval-requested' && asked.releaseId === release) return { asked };
    }
    const { status } = await stage.sandbox.call('states', 'DescribeExecution', {
      executionArn: arn,
    });
    return status === 'RUNNING' ? undefined : {};
  });

/** Answers as a person would, once asked. */
const approve = async (stage: Stage, release: string, arn: string, terminal: Terminal) => {
  const { asked } = await approvalRequest(stage, release, arn);
  if (!asked) return;
  const { approvalId, releaseId } = asked;
  await stage.approve({ approvalId, releaseId, decision: 'APPROVE', by: 'ada@example.com' });
  terminal.line('  A person answers on the topic tandem-approvals: APPROVE');
};

const byPush: Plot['begin'] = async (stage, terminal) => {
  const before = (await stage.executions()).length;
  terminal.line(`  CI updates the function, tags it 2.0.0, and pushes ${REPOSITORY}:2.0.0`);
  await stage.update('2.0.0');
  await stage.push('2.0.0');
  const { arn, name } = await stage.until('the release that the push starts', async () => {
    const executions = await stage.executions();
    return executions.length > before ? executions[0] : undefined;
  });
  void approve(stage, name, arn, terminal);
  return arn;
};

const byHand =
  (web: string, api: string): Plot['begin'] =>
  async (stage, terminal) => {
    await stage.update(api);
    await stage.push(web);
    const input = {
      pair: PAIR,
      targets: { web: versionOf(web), api: { version: 'latest' } },
      requestedBy: 'ada@example.com',
      reason: `web ${web} with api ${api}`,
    };
    terminal.line(`  StartExecution ${JSON.stringify(input)}`);
    return stage.start(input);
  };

const PLOTS: readonly Plot[] = [
  {
    title: 'A good version, by pushing an image',
    expected: 'Promoted',
    web: '2.0.0',
    api: '2.0.0',
    begin: byPush,
  },
  {
    title: 'A function that passes its checks and then throws for 3 of 10 users',
    expected: 'RolledBack',
    web: '2.2.0',
    api: '2.1.0-errors',
    begin: byHand('2.2.0', '2.1.0-errors'),
  },
  {
    title: 'A web application that passes its checks and then fails 3 of 10 users',
    expected: 'RolledBack',
    web: '2.1.0-errors',
    api: '2.2.0',
    begin: byHand('2.1.0-errors', '2.2.0'),
  },
];

/** Waits until no alarm is red any more: a release that starts under a red alarm is rejected. */
const untilCalm = (stage: Stage) =>
  stage.until('the end of all alarms', async () => {
    const { MetricAlarms } = await stage.sandbox.call('cloudwatch', 'DescribeAlarms', {
      AlarmNamePrefix: `tandem-${PAIR}`,
      StateValue: 'ALARM',
    });
    return MetricAlarms.length === 0 ? true : undefined;
  });

const play = async (
  stage: Stage,
  traffic: Traffic,
  terminal: Terminal,
  plot: Plot,
): Promise<Chapter> => {
  terminal.line();
  terminal.line(styled('bold', plot.title));
  await stage.settings((settings) => ({
    ...settings,
    join: plot.begin === byPush ? 'tagged' : 'manual',
    policy: { ...settings.policy, approval: plot.begin === byPush ? 'required' : 'none' },
  }));
  await untilCalm(stage);
  traffic.count();
  const began = performance.now();
  const arn = await plot.begin(stage, terminal);
  const stop = watchRelease(stage, arn.slice(arn.lastIndexOf(':') + 1), terminal);
  const ended = await stage.ended(arn);
  await stop();
  const outcome = await outcomeOf(stage, arn, ended, (performance.now() - began) / 1000);
  return {
    title: plot.title,
    expected: plot.expected,
    ...badSignOf(await stage.record(outcome.id)),
    outcome,
    traffic: await attributed(stage, traffic.count(), outcome),
  };
};

/** When a release first saw that something was wrong, and when it read that every user was back. */
const badSignOf = (record: ReleaseRecord | undefined): Pick<Chapter, 'badSign'> => {
  const { started, firstBadSign, allBack } = record?.times ?? {};
  if (!started || !firstBadSign || !allBack) return {};
  const since = (moment: string) => (toMilliseconds(moment) - toMilliseconds(started)) / 1000;
  return { badSign: { at: since(firstBadSign), allBack: since(allBack) } };
};

const documentOf = (chapters: readonly Chapter[]) => ({
  ok: chapters.length === PLOTS.length && chapters.every(isAsExpected),
  releases: chapters.map(({ outcome }) => outcome),
  traffic: {
    requests: chapters.reduce((sum, { traffic }) => sum + traffic.requests, 0),
    failed: chapters.reduce((sum, { traffic }) => sum + traffic.failed, 0),
    lost: chapters.reduce((sum, { traffic }) => sum + traffic.lost, 0),
  },
});

const printNext = (terminal: Terminal, stage: Stage | undefined): void => {
  terminal.line();
  terminal.line(styled('bold', 'Try next'));
  if (stage) {
    terminal.line(`  curl ${stage.web.href}            the web application, as its users have it`);
    terminal.line(`  curl ${stage.api.href}api/lambda-data   the function, by its URL`);
    terminal.line(`  AWS_ENDPOINT_URL=${stage.sandbox.url} aws stepfunctions list-executions …`);
    terminal.line('  Ctrl-C ends the sandbox.');
    return;
  }
  terminal.line('  npm start -- --stay      the same, and everything stays up to look around');
  terminal.line('  npm start -- --json      one JSON document for a script');
  terminal.line('  npx tandem rehearse samples/scenarios/mixed-versions-break.json');
  terminal.line('                           one bad day, told step by step');
  terminal.line('  npm test                 every bad day we know of');
};

/** Shows Tandem doing its job: three releases of the sample pair before the user's eyes. */
export const tour = async (options: { json: boolean; stay: boolean }): Promise<number> => {
  const began = performance.now();
  const terminal = terminalOn(options.json ? process.stderr : process.stdout);
  terminal.line(styled('bold', 'Tandem releases an ECS service and a Lambda function as one.'));
  terminal.line(seclusion(forgetAws()));
  terminal.line('Bundling the handlers and synthesizing the templates that AWS would get …');
  const assembly = await synthesize();
  terminal.line('Starting the sandbox and deploying the templates into it …');
  const speed = await bearableSpeed(SPEED);
  if (speed < SPEED)
    terminal.line(
      `This machine is busy: release time runs ${speed} times as fast as real time, not ${SPEED}.`,
    );
  const stage = await openStage({
    setting: { kind: 'rehearsal', speed },
    assembly,
    progress: (text) => terminal.live([`  ${styled('gray', text)}`]),
  });
  terminal.live([]);
  const traffic = startUsers(stage, speed);
  terminal.line(`Version 1 serves its users: web ${stage.web.href}, api ${stage.api.href}`);

  const chapters: Chapter[] = [];
  try {
    for (const plot of PLOTS) chapters.push(await play(stage, traffic, terminal, plot));
    const realSeconds = (performance.now() - began) / 1000;
    printReport(terminal, chapters, { realSeconds, speed });
    printNext(terminal, options.stay ? stage : undefined);
    if (options.json) process.stdout.write(`${JSON.stringify(documentOf(chapters), null, 2)}\n`);
    if (options.stay) await new Promise<void>((resolve) => process.once('SIGINT', resolve));
  } finally {
    await traffic.stop();
    await stage.close();
  }
  return documentOf(chapters).ok ? 0 : 1;
};

/** `npm start`: `--json` prints one document for machines, `--stay` keeps everything up afterwards. */
export const main = async (parameters: readonly string[]): Promise<void> => {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      json: { type: 'boolean', default: false },
      stay: { type: 'boolean', default: false },
    },
  });
  process.exitCode = await tour(values);
};

if (import.meta.main) await main(process.argv.slice(2));
