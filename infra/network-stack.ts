/** The stack `tandem-network`: the VPC of the sample workload, from which the orchestrator also reaches its test listener. */
import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  CfnEIP,
  FlowLogDestination,
  FlowLogTrafficType,
  type IVpc,
  NatProvider,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { arnOf } from './arn.ts';
import { inlineRole } from './inline-role.ts';
import type { ProbeNetwork } from './orchestrator/handler-function.ts';

/** Keeps for a month which connections were refused: what a security group keeps out is found nowhere else. */
const logRefused = (scope: Construct, vpc: IVpc): void => {
  const logGroupName = '/tandem/network/refused';
  const logs = new LogGroup(scope, 'RefusedLogs', {
    logGroupName,
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = inlineRole(scope, 'RefusedRole', 'vpc-flow-logs.amazonaws.com', [
    new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      resources: [arnOf(scope, 'logs', `log-group:${logGroupName}:*`)],
    }),
  ]);
  vpc.addFlowLog('Refused', {
    destination: FlowLogDestination.toCloudWatchLogs(logs, role),
    trafficType: FlowLogTrafficType.REJECT,
  });
};

/** Public subnets for the balancer, private ones for tasks and probes, one NAT gateway with an address that stays. */
export class NetworkStack extends Stack {
  readonly probes: ProbeNetwork;
  /** Public address of everything that leaves the private subnets. */
  readonly natAddress: string;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const address = new CfnEIP(this, 'NatAddress', { domain: 'vpc' });
    const vpc = new Vpc(this, 'Vpc', {
      maxAzs: 2,
      natGateways: 1,
      natGatewayProvider: NatProvider.gateway({ eipAllocationIds: [address.attrAllocationId] }),
      subnetConfiguration: [
        { name: 'public', subnetType: SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
        { name: 'private', subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      ],
    }) as IVpc;
    logRefused(this, vpc);
    this.natAddress = address.attrPublicIp;
    this.probes = {
      vpc,
      securityGroup: new SecurityGroup(this, 'Probes', {
        vpc,
        description: 'Handlers of Tandem that send requests to test listeners',
      }),
    };
  }
}
