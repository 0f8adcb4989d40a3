/** The balancer of the sample's web service: users on one listener, checks of green on another. */
import { Duration } from 'aws-cdk-lib';
import { type IVpc, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationListener,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationTargetGroup,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';

/** Port of the sample's container. */
export const CONTAINER_PORT = 8080;

const PRODUCTION_PORT = 80;
const TEST_PORT = 9000;

const targetGroup = (scope: Construct, colour: 'Blue' | 'Green', vpc: IVpc) =>
  new ApplicationTargetGroup(scope, colour, {
    targetGroupName: `storefront-web-${colour.toLowerCase()}`,
    vpc,
    targetType: TargetType.IP,
    protocol: ApplicationProtocol.HTTP,
    port: CONTAINER_PORT,
    deregistrationDelay: Duration.seconds(30),
    healthCheck: {
      path: '/ready',
      healthyHttpCodes: '200',
      interval: Duration.seconds(10),
      timeout: Duration.seconds(5),
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 2,
    },
  });

/** Makes balancer, listeners and the two target groups. `natAddress` is where the VPC's own requests come from. */
export const balancerOf = (scope: Construct, vpc: IVpc, natAddress: string) => {
  const securityGroup = new SecurityGroup(scope, 'BalancerDoor', {
    vpc,
    description: 'Users on the production port, the VPC on the test port',
    allowAllOutbound: false,
  });
  securityGroup.addIngressRule(Peer.anyIpv4(), Port.tcp(PRODUCTION_PORT), 'Users');
  securityGroup.addIngressRule(Peer.ipv4(vpc.vpcCidrBlock), Port.tcp(TEST_PORT), 'The VPC');
  // The balancer's name resolves to public addresses, so requests out of the VPC arrive from its NAT gateway.
  securityGroup.addIngressRule(
    Peer.ipv4(`${natAddress}/32`),
    Port.tcp(TEST_PORT),
    'The VPC by its NAT gateway',
  );
  const balancer = new ApplicationLoadBalancer(scope, 'Balancer', {
    loadBalancerName: 'storefront-web',
    vpc,
    internetFacing: true,
    securityGroup,
    dropInvalidHeaderFields: true,
  });
  const blue = targetGroup(scope, 'Blue', vpc);
  const green = targetGroup(scope, 'Green', vpc);
  const listener = (id: string, port: number, group: ApplicationTargetGroup) =>
    new ApplicationListener(scope, id, {
      loadBalancer: balancer,
      port,
      protocol: ApplicationProtocol.HTTP,
      open: false,
      defaultTargetGroups: [group],
    });
  return {
    balancer,
    blue,
    green,
    productionListener: listener('Production', PRODUCTION_PORT, blue),
    testListener: listener('Test', TEST_PORT, green),
  };
};
