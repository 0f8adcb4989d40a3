/** What a release changes of what the template has set. A stack update sets only the rest, so it moves no traffic. */
import { expect, it } from 'vitest';
import { playOn } from '../../rehearsal/scenario/play.ts';
import { openStage, type Stage } from '../../rehearsal/stage/stage.ts';
import { functions } from './functions.ts';

/** Members of AWS's answers that report what happens, and that no template sets. */
const REPORTED =
  /(^|\.)(State(Value|Reason|ReasonData|UpdatedTimestamp|TransitionedTimestamp)|AlarmConfigurationUpdatedTimestamp|lastAttemptedDeployment|lastSuccessfulDeployment|targetRevision|RevisionId|LastModified|LastModifiedDate|Version|DataType)(\.|$)/;

/** What CI sets: it brings the code of the function. */
const BY_CI = ['function.CodeSha256', 'function.CodeSize'];

/** What releases own, as docs/adopt.md lists it: listeners, the service's task definition, the alias, alarms by version. */
const BY_RELEASES = [
  'alarms[].Metrics[].MetricStat.Metric.Dimensions[].Value',
  'alias.FunctionVersion',
  'listeners[].DefaultActions[].ForwardConfig.TargetGroupStickinessConfig.Enabled',
  'listeners[].DefaultActions[].ForwardConfig.TargetGroups[].TargetGroupArn',
  'listeners[].DefaultActions[].ForwardConfig.TargetGroups[].Weight',
  'listeners[].DefaultActions[].TargetGroupArn',
  'listeners[].DefaultActions[].Type',
  'service.targetGroup',
  'service.taskDefinition',
];

/** Every leaf of a value by its path; members of lists by what names them, so that their order says nothing. */
const leaves = (value: unknown, path = ''): readonly (readonly [string, unknown])[] => {
  if (Array.isArray(value)) {
    const nameOf = (one: any, index: number) =>
      one?.AlarmName ?? one?.ListenerArn ?? one?.TargetGroupArn ?? one?.Name ?? one?.Id ?? index;
    return value.flatMap((one, index) => leaves(one, `${path}[${nameOf(one, index)}]`));
  }
  if (typeof value !== 'object' || value === null || value instanceof Date) return [[path, value]];
  return Object.entries(value).flatMap(([key, one]) => leaves(one, path ? `${path}.${key}` : key));
};

/** All that the storefront's stack has set, as it stands in the account. */
const settingsOf = async ({ sandbox: { call } }: Stage) => {
  const parameters = await call('ssm', 'GetParametersByPath', {
    Path: '/tandem/storefront',
    Recursive: true,
  });
  const registered = (name: string) =>
    JSON.parse(
      parameters.Parameters.find((one: any) => one.Name.endsWith(`/targets/${name}`)).Value,
    );
  const [web, api] = [registered('web'), registered('api')];
  const { Listeners } = await call('elasticloadbalancing', 'DescribeListeners', {
    ListenerArns: [web.productionListener, web.testListener],
  });
  const { TargetGroups } = await call('elasticloadbalancing', 'DescribeTargetGroups', {
    TargetGroupArns: web.targetGroups,
  });
  const { services } = await call('ecs', 'DescribeServices', {
    cluster: web.cluster,
    services: [web.service],
  });
  const { desiredCount, deploymentController, healthCheckGracePeriodSeconds, taskSets } =
    services[0];
  const primary = taskSets.find(({ status }: any) => status === 'PRIMARY');
  const { MetricAlarms, CompositeAlarms } = await call('cloudwatch', 'DescribeAlarms', {
    AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
  });
  const group = async ({ application, deploymentGroup }: any) =>
    (
      await call('codedeploy', 'GetDeploymentGroup', {
        applicationName: application,
        deploymentGroupName: deploymentGroup,
      })
    ).deploymentGroupInfo;
  const alias = { FunctionName: api.function, Name: api.alias };
  const settings = {
    parameters: parameters.Parameters,
    listeners: Listeners,
    targetGroups: TargetGroups,
    service: {
      desiredCount,
      deploymentController,
      healthCheckGracePeriodSeconds,
      taskDefinition: primary.taskDefinition,
      targetGroup: primary.loadBalancers[0].targetGroupArn,
      network: primary.networkConfiguration,
    },
    alias: await call('lambda', 'GetAlias', alias),
    function: await call('lambda', 'GetFunctionConfiguration', { FunctionName: api.function }),
    alarms: [...MetricAlarms, ...CompositeAlarms],
    groups: { web: await group(web), api: await group(api) },
  };
  return new Map(leaves(settings).filter(([path]) => !REPORTED.test(path)));
};

/** Paths at which two readings differ, without the names of what they are members of. */
const differences = (
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): readonly string[] => {
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => String(before.get(path)) !== String(after.get(path)),
  );
  return [...new Set(paths.map((path) => path.replace(/\[[^\]]*\]/g, '[]')))].sort();
};

it('a release changes what docs/adopt.md says that it owns, and nothing else that the template has set', async () => {
  const stage = await openStage({ setting: { kind: 'simulation', functions } });
  const { play, state } = playOn(stage);

  try {
    const before = await settingsOf(stage);
    await play([{ update: '2.0.0' }, { push: '2.0.0' }, { started: 'first' }, { ended: 'first' }]);
    const after = await settingsOf(stage);

    expect(before.size).toBeGreaterThan(300);
    expect(differences(before, after)).toEqual([...BY_CI, ...BY_RELEASES].sort());
  } finally {
    await state.stop();
    await stage.close();
  }
});
