/** The construct that users adopt: makes ECS services and Lambda functions a pair that Tandem releases as one. */
import {
  Alarm,
  AlarmRule,
  CompositeAlarm,
  type Dashboard,
  Metric,
  type MetricOptions,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';
import { type Join, PairSettings } from '../../core/drivers/registration.ts';
import { METRICS, METRICS_NAMESPACE } from '../../core/names.ts';
import type { End } from '../../core/release/end.ts';
import { grantApprove, grantCommand, grantRelease } from '../grants.ts';
import { ecsAlarms } from './alarms/ecs-alarms.ts';
import { lambdaAlarms } from './alarms/lambda-alarms.ts';
import { groupAlarms, ownAlarms } from './alarms/own-alarms.ts';
import { MOST_ALARMS } from './alarms/thresholds.ts';
import { pairDashboard } from './dashboard/dashboard.ts';
import { ecsHalf } from './ecs-half.ts';
import { refuseFaults } from './faults/faults.ts';
import { refuseShapes } from './faults/shape-faults.ts';
import { halfName } from './half.ts';
import { lambdaHalf } from './lambda-half.ts';
import type { EcsHalf, LambdaHalf, ReleasePairProps } from './props.ts';
import { checked, registerPair } from './registration.ts';

export type { EcsHalf, LambdaHalf, ReleasePairProps, Thresholds } from './props.ts';

const listOf = <Half>(halves: Half | readonly Half[] = []): readonly Half[] =>
  Array.isArray(halves) ? halves : [halves as Half];

/** CodeDeploy groups, alarms and the registration of one pair; it may have services only, or functions only. */
export class ReleasePair extends Construct {
  /** Name of the pair, as releases call it. */
  readonly pair: string;
  /** What a push of an image releases beside the image. */
  readonly join: Join;
  /** Its services. */
  readonly services: readonly EcsHalf[];
  /** Its functions. */
  readonly functions: readonly LambdaHalf[];
  /** Names of the alarms that guard the pair. */
  readonly alarms: readonly string[];
  /** Red while any alarm of the pair is: for people and their screens. Releases read the alarms themselves. */
  readonly alarm: CompositeAlarm;
  /** What a release does to users, for people and their screens; none with `dashboard: false`. */
  readonly dashboard: Dashboard | undefined;

  constructor(scope: Construct, id: string, props: ReleasePairProps) {
    super(scope, id);
    refuseShapes(props);
    const { pair, join, tags, policy, curveConfigurations = 'create', dashboard = true } = props;
    const services: readonly EcsHalf[] = listOf(props.ecs);
    const functions: readonly LambdaHalf[] = listOf(props.lambda);
    const settings = checked(
      PairSettings,
      { pair, ...(join && { join }), ...(tags && { tags }), ...(policy && { policy }) },
      `The registration of pair "${pair}"`,
    );
    refuseFaults(this, settings, services, functions);
    this.pair = pair;
    this.join = settings.join;
    this.services = services;
    this.functions = functions;

    const alarms = new Construct(this, 'Alarms');
    const ofServices = services.map((half) => {
      const own = ecsAlarms(alarms, halfName(pair, half), half);
      return { half, alarms: own, own: [...own, ...groupAlarms(half)] };
    });
    const ofFunctions = functions.map((half) => {
      const made = lambdaAlarms(alarms, halfName(pair, half), half);
      const own = [...made.blue, ...made.green, ...made.alias, ...groupAlarms(half)];
      return { half, alarms: made, own };
    });
    const halves = [...services, ...functions];
    const inGroups = [...new Set([...ofServices, ...ofFunctions].flatMap(({ own }) => own))];
    this.alarms = [...new Set([...inGroups, ...halves.flatMap(ownAlarms)])];
    // CodeDeploy takes ten in a group. A larger pair's groups watch their own; the release watches them all.
    const watched = (own: readonly string[]) => ({
      ...settings,
      curveConfigurations,
      allAlarms: inGroups.length > MOST_ALARMS ? own : inGroups,
    });

    const place = ({ name }: EcsHalf | LambdaHalf) => new Construct(this, name);
    const parts: readonly IConstruct[] = [
      ...ofServices.flatMap(({ half, alarms: made, own }) =>
        ecsHalf(place(half), half, watched(own), made),
      ),
      ...ofFunctions.flatMap(({ half, alarms: made, own }) =>
        lambdaHalf(place(half), half, watched(own), made),
      ),
    ];
    // Last of all: a pair that can be found is complete.
    registerPair(this, settings).node.addDependency(alarms, ...parts);

    this.alarm = new CompositeAlarm(this, 'Alarm', {
      compositeAlarmName: `tandem-${pair}`,
      alarmDescription: `An alarm that guards the pair ${pair} is red. During a release Tandem rolls back by itself.`,
      alarmRule: AlarmRule.anyOf(
        ...this.alarms.map((name) => AlarmRule.fromString(`ALARM("${name}")`)),
      ),
    });
    this.alarm.node.addDependency(alarms);

    if (dashboard) {
      const guards = alarms.node.children.filter((child) => child instanceof Alarm);
      this.dashboard = pairDashboard(this, {
        pair,
        services,
        functions,
        alarms: [this.alarm, ...guards, ...halves.flatMap(({ alarms: own = [] }) => own)],
      });
    }
  }

  /** Lets somebody start releases, e.g. a pipeline. */
  grantRelease(grantee: IGrantable): Grant {
    return grantRelease(this, grantee);
  }

  /** Lets somebody abort, hold, resume and promote releases. */
  grantCommand(grantee: IGrantable): Grant {
    return grantCommand(this, grantee);
  }

  /** Lets somebody answer requests for approval in their own name, as `tandem approve` does. */
  grantApprove(grantee: IGrantable): Grant {
    return grantApprove(this, grantee);
  }

  /** Releases of this pair that ended so: their number (default: the sum of five minutes). */
  metricReleases(end: End, options?: MetricOptions): Metric {
    return new Metric({
      namespace: METRICS_NAMESPACE,
      metricName: METRICS.releases,
      dimensionsMap: { Pair: this.pair, End: end },
      statistic: 'Sum',
      ...options,
    });
  }
}
