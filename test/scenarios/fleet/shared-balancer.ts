/** One balancer that two services share, each behind a rule of its own on the same HTTPS listeners; the rest is a 404. */
import { Duration } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  ApplicationListener,
  ApplicationListenerRule,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationTargetGroup,
  ListenerAction,
  ListenerCondition,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { EcsHalf } from '../../../infra/pair/props.ts';
import { fleetService, PORT, type Surroundings } from './services.ts';

/** How requests find each service. */
const RULES = {
  shop: [ListenerCondition.hostHeaders(['shop.example.com'])],
  office: [ListenerCondition.pathPatterns(['/health', '/office/*'])],
} as const;

type Name = keyof typeof RULES;

/** Makes the balancer and both services, ready to be targets of these names. */
export const sharedBalancer = (scope: Construct, around: Surroundings): EcsHalf[] => {
  const own = new Construct(scope, 'Shared');
  const loadBalancer = new ApplicationLoadBalancer(own, 'Balancer', {
    loadBalancerName: 'shared',
    vpc: around.vpc,
  });
  const certificate = new Certificate(own, 'Certificate', { domainName: '*.example.com' });
  const [productionListener, testListener] = [443, 8443].map(
    (port) =>
      new ApplicationListener(own, `Port${port}`, {
        loadBalancer,
        port,
        protocol: ApplicationProtocol.HTTPS,
        certificates: [certificate],
        open: false,
        defaultAction: ListenerAction.fixedResponse(404),
      }),
  ) as [ApplicationListener, ApplicationListener];
  const groupOf = (name: Name, colour: string) =>
    new ApplicationTargetGroup(own, `${name}-${colour}`, {
      targetGroupName: `shared-${name}-${colour}`,
      vpc: around.vpc,
      targetType: TargetType.IP,
      protocol: ApplicationProtocol.HTTP,
      port: PORT,
      deregistrationDelay: Duration.seconds(30),
      healthCheck: { path: '/ready', interval: Duration.seconds(10) },
    });

  return (Object.keys(RULES) as Name[]).map((name, index) => {
    const [blue, green] = [groupOf(name, 'blue'), groupOf(name, 'green')];
    const ruleOf = (listener: ApplicationListener, group: ApplicationTargetGroup) =>
      new ApplicationListenerRule(own, `${listener.node.id}-${name}`, {
        listener,
        priority: 10 * (index + 1),
        conditions: [...RULES[name]],
        action: ListenerAction.forward([group]),
      });
    return {
      ...fleetService(scope, `shared-${name}`, name, around, {
        blue,
        behind: [ruleOf(productionListener, blue), ruleOf(testListener, green)],
      }),
      productionListener,
      testListener,
      blue,
      green,
      host: `${name}.example.com`,
    };
  });
};
