/** What Tandem may do to services: read them, where their traffic goes, and what their tasks run. */
import { HELD_HOOK, HOOK, STEPS } from '../codedeploy/grants.ts';
import { allow, type Grants } from '../grant.ts';

/** A pair's service may have any name. */
const SERVICES = allow(['ecs:DescribeServices'], { service: 'ecs', name: 'service/*' });

/** Task definitions know no resource-level permission for it. */
const TASK_DEFINITIONS = allow(['ecs:DescribeTaskDefinition'], '*');

/** What green's tasks run. ListTasks is authorised on container instances, which Fargate has not. */
const TASKS = [
  allow(['ecs:ListTasks'], '*'),
  allow(['ecs:DescribeTasks'], { service: 'ecs', name: 'task/*' }),
];

/**
 * Registers task definitions for pairs whose stacks bring no role for it yet. Which roles they may carry is granted by
 * each such pair, for exactly its own. Refusals of older years name no resource, so it is any.
 */
const REGISTER = [
  allow(['ecs:RegisterTaskDefinition'], '*'),
  allow(['ecs:TagResource'], { service: 'ecs', name: 'task-definition/*' }),
];

/** Where a listener sends requests, by its rules and by default. Elastic Load Balancing reads on `*` only. */
const FORWARDING = allow(['elasticloadbalancing:DescribeRules'], '*');
const LISTENERS = allow(['elasticloadbalancing:DescribeListeners'], '*');
const HEALTH = allow(['elasticloadbalancing:DescribeTargetHealth'], '*');

/** Finds the address behind a listener. */
const ADDRESSES = [LISTENERS, allow(['elasticloadbalancing:DescribeLoadBalancers'], '*')];

/** Which target groups a load balancer has: whether it is shared with other services. */
const TARGET_GROUPS = allow(['elasticloadbalancing:DescribeTargetGroups'], '*');

/** Which images an index has: of one ECS may name the image that it pulled. */
const MANIFESTS = allow(['ecr:BatchGetImage'], { service: 'ecr', name: 'repository/*' });

/** What each function does to services. */
export const SERVICE_GRANTS: Grants = {
  ...STEPS,
  'validate-release': [
    ...STEPS['validate-release'],
    SERVICES,
    TASK_DEFINITIONS,
    FORWARDING,
    LISTENERS,
    HEALTH,
  ],
  'prepare-target': [SERVICES, TASK_DEFINITIONS, ...REGISTER],
  'prove-release': [...ADDRESSES, SERVICES],
  'analyze-metrics': [SERVICES, ...TASKS, TARGET_GROUPS],
  // How green's tasks come up, while they do.
  observe: [...STEPS.observe, SERVICES, FORWARDING, ...TASKS, HEALTH, TARGET_GROUPS],
  'take-back-target': [...STEPS['take-back-target'], SERVICES, FORWARDING],
  'on-schedule': [SERVICES, TASK_DEFINITIONS],
  'ecs-before-install': HOOK,
  'ecs-after-install': [...HOOK, SERVICES, ...TASKS, MANIFESTS],
  'ecs-after-allow-test-traffic': [...HOOK, ...ADDRESSES, FORWARDING, SERVICES],
  // Composite alarms are told only to who may read any.
  'ecs-before-allow-traffic': [...HOOK, allow(['cloudwatch:DescribeAlarms'], '*')],
  'after-allow-traffic': HELD_HOOK,
};
