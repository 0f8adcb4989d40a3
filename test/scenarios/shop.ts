/** A team's service and function, adopted by a stack and then released. */
import { settingsParameter } from '../../core/drivers/registration.ts';
import { withArtefact, zipOf } from '../../rehearsal/stage/artefacts.ts';
import { recordReader } from '../../rehearsal/stage/records.ts';
import type { Stage } from '../../rehearsal/stage/stage.ts';
import type { Found } from './adoption.ts';
import { synthesizeExisting } from './existing.ts';

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

/** The two pairs share a repository: a push is for neither of them. */
const ignorePushes = async ({ pair, sandbox: { call } }: Stage): Promise<void> => {
  const Name = settingsParameter(pair);
  const { Parameter } = await call('ssm', 'GetParameter', { Name });
  const Value = JSON.stringify({ ...JSON.parse(Parameter.Value), join: 'manual' });
  await call('ssm', 'PutParameter', { Name, Value, Type: 'String', Overwrite: true });
};

/** Deploys what the team has into `folder`, then what `adopt` synthesizes for it, and releases version 2 of both. */
export const adoptAndRelease = async (
  stage: Stage,
  folder: string,
  adopt: (found: Found) => string | Promise<string>,
) => {
  const { sandbox } = stage;
  await sandbox.deploy(synthesizeExisting(folder));
  await sandbox.deploy(await adopt(await find(sandbox)), { stacks: ['shop-releases'] });
  await ignorePushes(stage);
  const { image } = await stage.push('2.0.0');
  await sandbox.call('lambda', 'UpdateFunctionCode', {
    FunctionName: 'shop-api',
    ZipFile: await withArtefact('api-function', '2.0.0', zipOf),
  });
  const arn = await stage.start({
    pair: 'shop',
    targets: { web: { image }, api: { version: 'latest' } },
    requestedBy: 'ada',
  });
  const ended = await stage.ended(arn);
  const record = await recordReader(stage, 'shop')(arn.slice(arn.lastIndexOf(':') + 1));
  return { ended, record };
};
