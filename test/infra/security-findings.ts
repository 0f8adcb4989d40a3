/** What cdk-nag finds in the stacks and we leave so, each with its reason. A finding that is not here fails the gate. */

export interface Acknowledgement {
  /** Rule, with its finding in brackets where the rule has several. */
  readonly finding: RegExp;
  /** Path of the constructs. */
  readonly at: RegExp;
  readonly reason: string;
}

const iam = (resource: RegExp): RegExp =>
  new RegExp(`^AwsSolutions-IAM5\\[Resource::${resource.source}\\]$`);

/** In this order the first one that fits counts. */
export const ACKNOWLEDGED: readonly Acknowledgement[] = [
  {
    finding: /^AwsSolutions-EC23$/,
    at: /^tandem-storefront\/BalancerDoor\//,
    reason: 'The production port is for everybody: these are the users of the sample.',
  },
  {
    finding: /^AwsSolutions-ECS2$/,
    at: /^tandem-storefront\/WebTask\//,
    reason:
      'The only variable is the name of the function that the service calls; it is no secret.',
  },
  {
    finding: /^AwsSolutions-ELB2$/,
    at: /^tandem-storefront\/Balancer\//,
    reason:
      'Access logs need a bucket that outlives the sample. Releases judge by metrics; a team adds the log to its own balancer.',
  },
  {
    finding: /^AwsSolutions-SF1$/,
    at: /^tandem\/(Release|Rollback)Machine\//,
    reason:
      'The history of an execution is kept for 90 days and the ledger for ever, so the log has errors only; and never data, which holds task tokens.',
  },
  {
    finding:
      /^(AwsSolutions-SF2|Serverless-StepFunctionStateMachineXray|Serverless-LambdaTracing)$/,
    at: /^tandem/,
    reason: 'Tracing costs by the trace and is on by configuration: the property `tracing`.',
  },
  {
    finding: /^(AwsSolutions-SQS3|Serverless-SQSRedrivePolicy)$/,
    at: /^tandem\/Undelivered\//,
    reason: 'It is the dead-letter queue.',
  },
  {
    finding: /^Serverless-LambdaDLQ$/,
    at: /^tandem/,
    reason:
      'Steps, hooks and the sample are invoked synchronously, so who invokes them hears of a failure. Triggers have an on-failure destination, which this rule does not look at.',
  },
  {
    finding: iam(/\*/),
    at: /^tandem/,
    reason: 'Only the actions of WITHOUT_RESOURCE.',
  },
  {
    finding: /^Serverless-LambdaStarPermissions$/,
    at: /^tandem\//,
    reason: 'Only the actions of WITHOUT_RESOURCE.',
  },
  {
    finding: iam(/.*:log-group:[^*]*:\*/),
    at: /^tandem/,
    reason: 'The streams of one log group: Lambda and VPC name them as they like.',
  },
  {
    finding: iam(/.*:(deploymentgroup:tandem-\*\/\*|application:tandem-\*|deploymentconfig:\*)/),
    at: /^tandem\//,
    reason:
      'One orchestrator serves every pair, and pairs come later than it: their groups and applications begin with tandem-, their curves may be any.',
  },
  {
    finding: iam(/.*:(ecs:.*:(service|task|task-definition)|ecr:.*:repository)\/\*/),
    at: /^tandem\//,
    reason:
      'A pair may name any service and repository of the account. What writes is narrower: tasks get only the roles that a pair has named.',
  },
  {
    finding: iam(/.*:lambda:.*:function:\*(:\*)?/),
    at: /^tandem\//,
    reason: 'A pair may name any function of the account and its versions.',
  },
  {
    finding: iam(/.*:(ssm:.*:parameter\/tandem\/\*|cloudwatch:.*:alarm:tandem-\*)/),
    at: /^tandem\//,
    reason: 'Registrations and alarms of pairs, by the beginning of their names.',
  },
  {
    finding: iam(/.*:role\/tandem\/.*\/\*/),
    at: /^tandem\/(?:PrepareTarget|SetScaling)Role\//,
    reason:
      'Roles that pairs bring for this step: each trusts it alone, and may do what one service needs.',
  },
  {
    finding: iam(/.*:task-definition\/[^*]*:\*/),
    at: /^tandem-storefront\/Pair\//,
    reason: 'Revisions of one family: they have no ARN before they are registered.',
  },
  {
    finding: iam(/.*:states:.*:execution:.*:\*/),
    at: /^tandem\//,
    reason: 'Executions of our own machine: their names are ids of releases.',
  },
  {
    finding: iam(/.*:function:CodeDeployHook_tandem_\*/),
    at: /^tandem-storefront\/Pair\//,
    reason: 'CodeDeploy invokes the hooks of the orchestrator, and no other function.',
  },
  {
    finding: iam(/(<.*\.Arn>:\*|.*:task-set\/.*\/\*|.*:listener-rule\/.*\/\*)/),
    at: /^tandem-storefront\/Pair\//,
    reason:
      'Versions of one function, task sets of one service, rules of one listener: CodeDeploy acts on those, and no ARN exists before.',
  },
];

/** Actions that roles have on `*`: AWS authorises them on no resource, or on one that does not exist before. */
export const WITHOUT_RESOURCE: readonly string[] = [
  'cloudwatch:DescribeAlarmHistory',
  'cloudwatch:DescribeAlarms',
  'cloudwatch:GetMetricData',
  'codedeploy:BatchGetDeploymentTargets',
  'codedeploy:ListDeploymentConfigs',
  'codedeploy:ListDeploymentTargets',
  // Lambda attaches a function to its network with the function's role.
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
  'ecr:GetAuthorizationToken',
  'ecs:CreateTaskSet',
  'ecs:DescribeTaskDefinition',
  'ecs:ListTasks',
  'ecs:RegisterTaskDefinition',
  'elasticloadbalancing:DescribeListeners',
  'elasticloadbalancing:DescribeLoadBalancers',
  'elasticloadbalancing:DescribeRules',
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeTargetHealth',
  'inspector2:ListCoverage',
  'inspector2:ListFindings',
  // Step Functions delivers the log of a machine with the machine's role.
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
];
