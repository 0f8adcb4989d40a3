/** Reads what the laws look at, once every release has ended and all has settled. */
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { BARRIER } from '../../core/drivers/codedeploy/events.ts';
import { chainOf } from '../../core/facts/chain.ts';
import { releaseKey } from '../../core/keys.ts';
import { TABLE } from '../../core/names.ts';
import { readRecord } from '../../core/record/read-record.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import type { Stage } from '../stage/stage.ts';
import type { Aftermath, Deployment, Left, Red } from './law.ts';
import type { Witness } from './witness.ts';

/** When the barrier of a deployment began, as CodeDeploy has it; undefined where it never came so far. */
const arrivalOf = async (
  { sandbox: { call } }: Stage,
  deploymentId: string,
): Promise<number | undefined> => {
  const { targetIds } = await call('codedeploy', 'ListDeploymentTargets', { deploymentId }).catch(
    // What was refused before it started has no targets.
    () => ({ targetIds: [] }),
  );
  if (targetIds.length === 0) return undefined;
  const about = { deploymentId, targetIds };
  const { deploymentTargets } = await call('codedeploy', 'BatchGetDeploymentTargets', about);
  const [{ ecsTarget, lambdaTarget } = {} as any] = deploymentTargets;
  const events: readonly any[] = (ecsTarget ?? lambdaTarget)?.lifecycleEvents ?? [];
  const start = events.find((one) => one.lifecycleEventName === BARRIER)?.startTime;
  return start === undefined ? undefined : new Date(start).getTime();
};

/** Every deployment that the groups of the releases have had. */
const deploymentsOf = async (
  stage: Stage,
  records: readonly ReleaseRecord[],
): Promise<readonly Deployment[]> => {
  const { call } = stage.sandbox;
  const groups = new Map(
    records
      .flatMap(({ targets }) => Object.values(targets))
      .map(({ registration }) => [registration.deploymentGroup, registration.application]),
  );
  const found: Deployment[] = [];
  for (const [deploymentGroupName, applicationName] of groups) {
    const group = { applicationName, deploymentGroupName };
    const { deployments } = await call('codedeploy', 'ListDeployments', group);
    for (const deploymentId of deployments) {
      const { deploymentInfo } = await call('codedeploy', 'GetDeployment', { deploymentId });
      const arrived = await arrivalOf(stage, deploymentId);
      found.push({ ...deploymentInfo, ...(arrived === undefined ? {} : { arrived }) });
    }
  }
  return found;
};

/** When the alarms of the releases were red, by CloudWatch's own history. */
const redsOf = async (
  { sandbox: { call, clock } }: Stage,
  records: readonly ReleaseRecord[],
): Promise<readonly Red[]> => {
  const reds: Red[] = [];
  for (const alarm of new Set(records.flatMap(({ alarms }) => alarms))) {
    const { AlarmHistoryItems } = await call('cloudwatch', 'DescribeAlarmHistory', {
      AlarmName: alarm,
      HistoryItemType: 'StateUpdate',
      ScanBy: 'TimestampAscending',
      MaxRecords: 100,
    });
    const steps: { at: number; state: string }[] = AlarmHistoryItems.map((item: any) => ({
      at: new Date(item.Timestamp).getTime(),
      state: JSON.parse(item.HistoryData).newState.stateValue,
    }));
    for (const [index, { at, state }] of steps.entries())
      if (state === 'ALARM')
        reds.push({ alarm, from: at, to: steps[index + 1]?.at ?? clock.now() });
  }
  return reds;
};

/** A release as it was left, by what a scenario knows of it. */
const leftOf = async (
  stage: Stage,
  { name, end, record }: Pick<Left, 'name' | 'end' | 'record'>,
): Promise<Left> => {
  if (!record) return { name, end, record, stored: undefined, facts: [], bases: [] };
  const { Item } = await stage.sandbox.call('dynamodb', 'GetItem', {
    TableName: TABLE,
    Key: marshall(releaseKey(record.pair, record.release)),
    ConsistentRead: true,
  });
  const stored = Item ? readRecord(unmarshall(Item).body) : undefined;
  const about = { name, end, record, stored, bases: await stage.bases(record) };
  try {
    return { ...about, facts: chainOf(stored?.facts, await stage.facts(record)) };
  } catch (error) {
    return { ...about, facts: { unreadable: (error as Error).message } };
  }
};

/** Reads everything that the laws look at. */
export const aftermathOf = async (
  stage: Stage,
  ended: readonly Pick<Left, 'name' | 'end' | 'record'>[],
  live: Aftermath['live'],
  { deeds, moves, told, edited }: Witness,
): Promise<Aftermath> => {
  const { pair, sandbox } = stage;
  const records = ended.flatMap(({ record }) => record ?? []);
  const { Item } = await sandbox.call('dynamodb', 'GetItem', {
    TableName: TABLE,
    Key: { pk: { S: pair }, sk: { S: 'turn' } },
  });
  const { owner, waiting } = Item ? unmarshall(Item).body : {};
  return {
    pair,
    releases: await Promise.all(ended.map((one) => leftOf(stage, one))),
    live,
    deployments: await deploymentsOf(stage, records),
    deeds,
    moves,
    told,
    edited,
    turn: {
      ...(owner ? { owner: owner.release } : {}),
      ...(waiting ? { waiting: waiting.release } : {}),
    },
    reds: await redsOf(stage, records),
  };
};
