/** The orchestrator with its topics under a key, as the sandbox deploys it. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { tandemApp } from '../../infra/app.ts';
import { Environment } from '../../infra/environment.ts';
import { playOn } from '../../rehearsal/scenario/play.ts';
import { openStage, type Stage } from '../../rehearsal/stage/stage.ts';
import { functions } from './functions.ts';

let assembly: string;

beforeAll(async () => {
  assembly = await mkdtemp(join(tmpdir(), 'topic-key-'));
  const environment = Environment.parse({ topicMasterKey: 'create' });
  tandemApp({ outdir: assembly, environment }).synth();
});

/** Does something on a stage whose topics have a key; gives what people were told in JSON. */
const toldAfter = async (act: (stage: Stage) => Promise<void>): Promise<readonly any[]> => {
  const stage = await openStage({ setting: { kind: 'simulation', functions }, assembly });
  const { clock, messages, region, account } = stage.sandbox;
  try {
    await act(stage);
    await clock.until(clock.sleep(5 * 60_000));
    return messages(`arn:aws:sns:${region}:${account}:tandem-notifications`).map(({ message }) =>
      JSON.parse(message),
    );
  } finally {
    await stage.close();
  }
};

const alarm = async ({ sandbox: { call } }: Stage) => {
  await call('cloudwatch', 'SetAlarmState', {
    AlarmName: 'tandem-throttled',
    StateValue: 'ALARM',
    StateReason: 'does it arrive?',
  });
};

const release =
  (...before: readonly object[]) =>
  async (stage: Stage) => {
    const { play, state } = playOn(stage);
    await play([...before, { release: { web: '2.0.0' } }, { ended: 'first' }] as any);
    await state.stop();
  };

it('an alarm reaches people through a topic under the key that the stack makes', async () => {
  const told = await toldAfter(alarm);

  expect(told.map(({ NewStateReason }) => NewStateReason)).toEqual(['does it arrive?']);
});

it('an alarm reaches nobody where the policy of the key does not name CloudWatch, and its history says why', async () => {
  const file = join(assembly, 'tandem.template.json');
  const text = await readFile(file, 'utf8');
  const template = JSON.parse(text);
  for (const { Type, Properties } of Object.values<any>(template.Resources))
    if (Type === 'AWS::KMS::Key')
      Properties.KeyPolicy.Statement = Properties.KeyPolicy.Statement.filter(
        ({ Principal }: any) => Principal.Service === undefined,
      );
  let summary = '';

  try {
    await writeFile(file, JSON.stringify(template));
    const told = await toldAfter(async (stage) => {
      await alarm(stage);
      const { call, clock } = stage.sandbox;
      await clock.until(clock.sleep(30 * 60_000));
      const { AlarmHistoryItems } = await call('cloudwatch', 'DescribeAlarmHistory', {
        AlarmName: 'tandem-throttled',
        HistoryItemType: 'Action',
      });
      summary = `${AlarmHistoryItems[0]?.HistorySummary} ${AlarmHistoryItems[0]?.HistoryData}`;
    });

    expect(told).toEqual([]);
    expect(summary).toContain('Failed to execute action');
    expect(summary).toContain('cloudwatch.amazonaws.com is not authorized to perform: kms:');
  } finally {
    await writeFile(file, text);
  }
});

it('the end of a release reaches people by what the roles are granted', async () => {
  const told = await toldAfter(release());

  expect(told.map(({ kind, end }) => [kind, end])).toEqual([['release-ended', 'Promoted']]);
});

it.each(['kms:GenerateDataKey', 'kms:Decrypt'])(
  'the end of a release reaches nobody without %s, and an alarm says so',
  async (action) => {
    const told = await toldAfter(release({ deny: 'close-release', action }));

    expect(told.map(({ kind, AlarmName }) => kind ?? AlarmName)).toEqual([
      'tandem-unexpected-failures',
    ]);
  },
);
