/** The balancer of the sample's web service: users on one listener, checks of green on another. */
import { Duration } from 'aws-cdk-lib';
import { type IVpc, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationListener,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationTargetGroup,
  ListenerAction,
  ListenerCertificate,
  SslPolicy,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';

/** Port of the sample's container. */
export const CONTAINER_PORT = 8080;

const HTTP_PORT = 80;
const HTTPS_PORT = 443;
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

export interface BalancerProps {
  readonly vpc: IVpc;
  /** Where the VPC's own requests come from. */
  readonly natAddress: string;
  /** Certificate of ACM; without one users are served by HTTP. */
  readonly certificateArn: string | undefined;
}

/** Who may connect: users on the production ports, only the VPC on the test port. */
const doorOf = (
  scope: Construct,
  { vpc, natAddress }: BalancerProps,
  ports: readonly number[],
): SecurityGroup => {
  const securityGroup = new SecurityGroup(scope, 'BalancerDoor', {
    vpc,
    description: 'Users on the production port, the VPC on the test port',
    allowAllOutbound: false,
  });
  for (const port of ports) securityGroup.addIngressRule(Peer.anyIpv4(), Port.tcp(port), 'Users');
  securityGroup.addIngressRule(Peer.ipv4(vpc.vpcCidrBlock), Port.tcp(TEST_PORT), 'The VPC');
  // The balancer's name resolves to public addresses, so requests out of the VPC arrive from its NAT gateway.
  securityGroup.addIngressRule(
    Peer.ipv4(`${natAddress}/32`),
    Port.tcp(TEST_PORT),
    'The VPC by its NAT gateway',
  );
  return securityGroup;
};

/** Sends whoever comes by HTTP to HTTPS. */
const redirect = (scope: Construct, loadBalancer: ApplicationLoadBalancer): void => {
  new ApplicationListener(scope, 'Redirect', {
    loadBalancer,
    port: HTTP_PORT,
    protocol: ApplicationProtocol.HTTP,
    open: false,
    defaultAction: ListenerAction.redirect({
      protocol: 'HTTPS',
      port: String(HTTPS_PORT),
      permanent: true,
    }),
  });
};

/** Makes balancer, listeners and the two target groups. */
export const balancerOf = (scope: Construct, props: BalancerProps) => {
  const { vpc, certificateArn } = props;
  const balancer = new ApplicationLoadBalancer(scope, 'Balancer', {
    loadBalancerName: 'storefront-web',
    vpc,
    internetFacing: true,
    securityGroup: doorOf(scope, props, certificateArn ? [HTTP_PORT, HTTPS_PORT] : [HTTP_PORT]),
    dropInvalidHeaderFields: true,
  });
  const blue = targetGroup(scope, 'Blue', vpc);
  const green = targetGroup(scope, 'Green', vpc);
  const secure = certificateArn
    ? {
        port: HTTPS_PORT,
        protocol: ApplicationProtocol.HTTPS,
        certificates: [ListenerCertificate.fromArn(certificateArn)],
        sslPolicy: SslPolicy.RECOMMENDED_TLS,
      }
    : { port: HTTP_PORT, protocol: ApplicationProtocol.HTTP };
  if (certificateArn) redirect(scope, balancer);
  const common = { loadBalancer: balancer, open: false };
  return {
    balancer,
    blue,
    green,
    productionListener: new ApplicationListener(scope, 'Production', {
      ...common,
      ...secure,
      defaultTargetGroups: [blue],
    }),
    // Probes stay inside the VPC and check what green says, not its certificate.
    testListener: new ApplicationListener(scope, 'Test', {
      ...common,
      port: TEST_PORT,
      protocol: ApplicationProtocol.HTTP,
      defaultTargetGroups: [green],
    }),
  };
};
