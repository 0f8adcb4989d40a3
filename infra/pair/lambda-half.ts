/** The Lambda half of a pair: its group and its registration. */
import type { Construct, IConstruct } from 'constructs';
import type { FunctionAlarms } from './alarms/lambda-alarms.ts';
import { curveConfiguration } from './curve-configuration.ts';
import { lambdaGroup } from './deployment-groups.ts';
import { commonRegistration, type HalfSettings, halfName } from './half.ts';
import type { LambdaHalf } from './props.ts';
import { registerTarget } from './registration.ts';

/** Makes the half; `alarms` are the names of its own. Returns what must exist before the pair is registered. */
export const lambdaHalf = (
  scope: Construct,
  half: LambdaHalf,
  { pair, policy, allAlarms, curveConfigurations }: HalfSettings,
  alarms: FunctionAlarms,
): IConstruct[] => {
  const group = lambdaGroup(scope, half, {
    name: halfName(pair, half),
    configuration: curveConfiguration(
      scope,
      'codedeploy-lambda',
      policy.curve,
      curveConfigurations,
    ),
    policy,
    alarms: allAlarms,
  });
  const registration = registerTarget(scope, pair, {
    ...commonRegistration(pair, half),
    kind: 'lambda',
    alarms: [...alarms.blue, ...alarms.green, ...alarms.alias],
    function: half.function.functionName,
    alias: half.alias.aliasName,
    versionAlarms: { blue: [...alarms.blue], green: [...alarms.green] },
    ...(half.checks && { checks: half.checks }),
    ...(half.warmUp && { warmUp: half.warmUp }),
  });
  return [group, registration];
};
