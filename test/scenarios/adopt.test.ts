import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { settingsParameter } from '../../core/registration.ts';
import { withArtefact, zipOf } from '../../rehearsal/artefacts.ts';
import { recordReader } from '../../rehearsal/records.ts';
import { openStage, type Stage } from '../../rehearsal/stage.ts';
import { type Found, synthesizeAdoption, synthesizeExisting } from './existing.ts';
import { functions } from './functions.ts';

/** Reads in the account what the stack of an adopter names. */
const find = async ({ call }: Stage['sandbox']): Promise<Found> => {
  const groupOf = async (name: string): Promise<string> => {
    const { TargetGroups } = await call('elasticloadbalancing', 'DescribeTargetGroups', {
      Names: [name],
    });
    return TargetGroups[0].TargetGroupArn;
  };
  const { LoadBalancers } = await call('elasticloadbalancing', 'DescribeLoadBalancers', {
    Names: ['shop-web'],
  });
  const { Listeners } = await call('elasticloadbalancing', 'DescribeListeners', {
    LoadBalancerArn: LoadBalancers[0].LoadBalancerArn,
  });
  const blue = await groupOf('shop-web-blue');
  const listenerTo = (first: string) =>
    Listeners.find(
      (one: any) => (one.DefaultActions[0].TargetGroupArn === blue) === (first === 'blue'),
    ).ListenerArn;
  const { taskDefinition } = await call('ecs', 'DescribeTaskDefinition', {
    taskDefinition: 'shop-web',
  });
  return {
    productionListener: listenerTo('blue'),
    testListener: listenerTo('green'),
    blue,
    green: await groupOf('shop-web-green'),
    taskRole: taskDefinition.taskRoleArn,
    executionRole: taskDefinition.executionRoleArn,
  };
};

it('a service and a function that ran before are adopted by a stack that imports them, and released', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'adoption-'));
  const stage = await openStage({ setting: { kind: 'simulation', functions } });
  const { sandbox } = stage;
  const { call } = sandbox;

  try {
    await sandbox.deploy(synthesizeExisting(folder));
    await sandbox.deploy(synthesizeAdoption(folder, await find(sandbox)));
    const Name = settingsParameter(stage.pair);
    const { Parameter } = await call('ssm', 'GetParameter', { Name });
    // The two pairs share a repository: a push is for neither of them.
    const Value = JSON.stringify({ ...JSON.parse(Parameter.Value), join: 'manual' });
    await call('ssm', 'PutParameter', { Name, Value, Type: 'String', Overwrite: true });
    const { image } = await stage.push('2.0.0');
    await call('lambda', 'UpdateFunctionCode', {
      FunctionName: 'shop-api',
      ZipFile: await withArtefact('api-function', '2.0.0', zipOf),
    });
    const arn = await stage.start({
      pair: 'shop',
      targets: { web: { image }, api: { version: 'latest' } },
      requestedBy: 'ada',
    });
    const ended = await stage.ended(arn);
    const record = await recordReader(sandbox, 'shop')(arn.slice(arn.lastIndexOf(':') + 1));

    expect(ended.cause).toBeUndefined();
    expect(record?.end).toBe('Promoted');
    expect(record?.targets.web?.to?.name).toBe('shop-web:2');
    expect(record?.targets.api?.to?.name).toBe('2');
  } finally {
    await stage.close();
  }
});
