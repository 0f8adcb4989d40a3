/** The stack `tandem-network`: the VPC of the sample workload, from which the orchestrator also reaches its test listener. */
import { Stack, type StackProps } from 'aws-cdk-lib';
import {
  CfnEIP,
  type IVpc,
  NatProvider,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { ProbeNetwork } from './orchestrator/handler-function.ts';

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
