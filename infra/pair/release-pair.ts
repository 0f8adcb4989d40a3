/** The construct that users adopt: makes an ECS service and a Lambda function a pair that Tandem releases as one. */
import type { CfnService } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { checkApprovalDoor } from '../../core/checks/approval-door.ts';
import { PairSettings } from '../../core/registration.ts';
import { ecsAlarms } from './ecs-alarms.ts';
import { ecsHalf } from './ecs-half.ts';
import { halfName } from './half.ts';
import { lambdaAlarms } from './lambda-alarms.ts';
import { lambdaHalf } from './lambda-half.ts';
import type { EcsHalf, ReleasePairProps } from './props.ts';
import { checked, registerPair } from './registration.ts';
import { MOST_ALARMS } from './thresholds.ts';

export type { EcsHalf, LambdaHalf, ReleasePairProps } from './props.ts';

const controllerOf = ({ service }: EcsHalf): string | undefined =>
  ((service.node.defaultChild as CfnService).deploymentController as { type?: string } | undefined)
    ?.type;

/** Throws a sentence for the first fault that no schema sees. */
const refuseFaults = (
  { pair, ecs, lambda }: ReleasePairProps,
  { policy }: Pick<PairSettings, 'policy'>,
): void => {
  const halves = [ecs, lambda].filter((half) => half !== undefined);
  const names = halves.map(({ name }) => name);
  if (names.length === 0)
    throw new Error(`The pair "${pair}" needs an ECS service, a function or both.`);
  if (ecs && ecs.name === lambda?.name)
    throw new Error(
      `The two targets of pair "${pair}" need different names, not both "${ecs.name}".`,
    );
  if (ecs && controllerOf(ecs) !== 'CODE_DEPLOY')
    throw new Error(
      `The service of target "${ecs.name}" must use the CODE_DEPLOY deployment controller; ` +
        'a service gets its controller when it is created.',
    );
  const [impossible] = checkApprovalDoor(pair, policy).reasons;
  if (impossible) throw new Error(impossible.text);
  for (const { name, contract } of halves)
    if (contract && !names.includes(contract.calls))
      throw new Error(
        `The contract of target "${name}" says that it calls "${contract.calls}", ` +
          `which is no target of pair "${pair}".`,
      );
};

/** CodeDeploy groups, alarms and the registration of one pair; either half may be absent. */
export class ReleasePair extends Construct {
  /** Names of the alarms that guard the pair. */
  readonly alarms: readonly string[];

  constructor(scope: Construct, id: string, props: ReleasePairProps) {
    super(scope, id);
    const { pair, ecs, lambda, join, policy, curveConfigurations = 'create' } = props;
    const settings = checked(
      PairSettings,
      { pair, ...(join && { join }), ...(policy && { policy }) },
      `The registration of pair "${pair}"`,
    );
    refuseFaults(props, settings);

    const alarms = new Construct(this, 'Alarms');
    const ofEcs = ecs ? ecsAlarms(alarms, halfName(pair, ecs), ecs) : [];
    const ofLambda = lambda
      ? lambdaAlarms(alarms, halfName(pair, lambda), lambda)
      : { blue: [], green: [], alias: [] };
    this.alarms = [...ofEcs, ...ofLambda.blue, ...ofLambda.green, ...ofLambda.alias];
    if (this.alarms.length > MOST_ALARMS)
      throw new Error(`A deployment group takes ${MOST_ALARMS} alarms, not ${this.alarms.length}.`);

    const half = { ...settings, allAlarms: this.alarms, curveConfigurations };
    const parts = [
      ...(ecs ? ecsHalf(new Construct(this, 'Ecs'), ecs, half, ofEcs) : []),
      ...(lambda ? lambdaHalf(new Construct(this, 'Lambda'), lambda, half, ofLambda) : []),
    ];
    // Last of all: a pair that can be found is complete.
    registerPair(this, settings).node.addDependency(alarms, ...parts);
  }
}
