/** Names of AWS's services in core and in the steps: what moves a target is named by its driver alone. */
import type { Source } from './sources.ts';

/** Names that nothing outside of drivers/ uses: services that move or run targets, and their words for a deployment. */
const OF_DRIVERS: readonly RegExp[] = [
  /code ?deploy/i,
  /\b(ecs|fargate|elastic load balancing|application auto ?scaling)\b/i,
  /\b(READY|READY_WAIT|TERMINATION_WAIT|STOP_AND_WAIT|InProgress|Baking)\b/,
  /\b((Before|After)Install|(Before|After)?Allow(Test)?Traffic|AppSpec)\b/,
  /\b(Create|Stop|Continue)Deployment\b/,
];

/** Names that only some places use, and why these must. */
const ELSEWHERE: readonly {
  readonly name: RegExp;
  readonly in: readonly string[];
  readonly because: string;
}[] = [
  {
    name: /lambda/i,
    in: ['core/names.ts'],
    because: "log groups of Tandem's own functions",
  },
  {
    name: /cloudwatch/i,
    in: [
      'core/alarms/',
      'core/analysis/',
      'core/judge/',
      'core/events/alarm-change.ts',
      'core/release/custom-metric.ts',
      'core/views/alarm-states.ts',
    ],
    because: 'alarms and metrics vote on every release',
  },
  {
    name: /\b(ecr|inspector)\b/i,
    in: [
      'core/checks/image-scan.ts',
      'core/events/image-push.ts',
      'core/images/',
      'core/release/policy.ts',
    ],
    because: 'images come from there, whatever runs them',
  },
  {
    name: /step functions|dynamodb|eventbridge|\b(sns|ssm|kms|sqs)\b/i,
    in: ['core/', 'handlers/'],
    because: 'Tandem itself runs on them',
  },
];

/** Whether a file names a service that it must not name. */
export const namesService = ({ path, text }: Source): boolean =>
  OF_DRIVERS.some((name) => name.test(text)) ||
  ELSEWHERE.some(
    ({ name, in: places }) => name.test(text) && !places.some((place) => path.startsWith(place)),
  );
