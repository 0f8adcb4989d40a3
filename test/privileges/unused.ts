/** Grants that no scenario uses, and why they stand nevertheless. Whatever is not here must be used. */

import type { Grant } from './granted.ts';

interface Reason {
  /** Roles that it is about, by the beginning of their names. */
  readonly roles: RegExp;
  readonly actions: RegExp;
  /**
   * Which of the grant's resources.
   * @default - all of them
   */
  readonly resources?: RegExp;
  readonly because: string;
}

export const REASONS: readonly Reason[] = [
  {
    roles: /./,
    actions: /^logs:(CreateLogStream|PutLogEvents)$/,
    because:
      'Lambda, ECS and flow logs write by the role; the sandbox keeps lines without a call of CloudWatch Logs.',
  },
  {
    roles: /^tandem-network-Refused/,
    actions: /^logs:DescribeLogStreams$/,
    because: 'The role of flow logs, by their guide; the sandbox imitates no network.',
  },
  {
    roles: /Machine/,
    actions:
      /^logs:(\w+LogDelivery|ListLogDeliveries|PutResourcePolicy|DescribeResourcePolicies|DescribeLogGroups)$/,
    because: 'Step Functions delivers the logs of a machine by its role; its guide lists these.',
  },
  {
    roles: /ReleaseMachine/,
    actions: /^events:(PutTargets|PutRule|DescribeRule)$/,
    because:
      'startExecution.sync:2 watches the inner execution by a rule that Step Functions manages; the sandbox needs none.',
  },
  {
    roles: /^tandem-(check-alarms|analyze-metrics)/,
    actions: /^(cloudwatch|ecs|elasticloadbalancing|dynamodb):/,
    because:
      'Only an execution of an earlier machine invokes them; one good release of one is played (older-machine.test.ts).',
  },
  {
    roles: /^tandem-(ecs-after-allow-test-traffic|prove-release)/,
    actions: /^ec2:/,
    because: 'Lambda makes the interfaces of a function inside a VPC by its role.',
  },
  {
    roles: /ExecutionRole/,
    actions: /^ecr:(BatchCheckLayerAvailability|GetDownloadUrlForLayer)$/,
    because: 'Fargate pulls layer by layer; the sandbox takes an image as a whole.',
  },
  {
    roles: /WebTaskRole/,
    actions: /^lambda:InvokeFunction$/,
    because: 'In a simulation no container runs; `npm start` calls the function from one.',
  },
  {
    roles: /apiServiceRole/,
    actions: /^lambda:(GetAlias|UpdateAlias)$/,
    resources: /:\*$/,
    because:
      "Whether an alias is authorised by its own ARN or by its function's is in no document.",
  },
  {
    roles: /apiServiceRole/,
    actions: /^lambda:GetProvisionedConcurrencyConfig$/,
    because:
      "AWS's own policy for CodeDeploy has it; the sandbox imitates no provisioned concurrency.",
  },
  {
    roles: /ServiceRole/,
    actions: /^elasticloadbalancing:Modify(Rule|Listener)$/,
    because:
      "CodeDeploy moves the action that forwards to the service, a rule's or the default one: which it is, no template says.",
  },
  {
    roles: /./,
    actions: /^ssm:GetParametersByPath$/,
    resources: /:parameter\/tandem$/,
    because: 'Whether a path is authorised with its last slash or without is in no document.',
  },
  {
    roles: /^tandem-validate-release/,
    actions: /^inspector2:/,
    because:
      "ECR's guide wants them of whoever reads what enhanced scanning finds; the sandbox scans as basic scanning does.",
  },
  {
    roles: /^tandem-start-shift/,
    actions: /^codedeploy:(ListDeploymentTargets|BatchGetDeploymentTargets)$/,
    because:
      'Read back only where CodeDeploy refuses an answer because there is one (test/handlers/drivers/hooks.test.ts).',
  },
  {
    roles: /PrepareRole/,
    actions: /^ecs:TagResource$/,
    resources: /\/storefront-web$/,
    because:
      'Whether a revision is tagged at its registration by an ARN with its number or without is in no document.',
  },
  {
    roles: /^tandem-ecs-before-install/,
    actions: /^dynamodb:PutItem$/,
    because:
      'It fails only a deployment with a copied marker, or one whose creation took effect too late (test/handlers/hooks/service.test.ts).',
  },
];

/** Whether a reason is about a grant. */
export const explains = ({ roles, actions, resources = /./ }: Reason, grant: Grant): boolean =>
  roles.test(grant.role) && actions.test(grant.action) && resources.test(grant.resource);
