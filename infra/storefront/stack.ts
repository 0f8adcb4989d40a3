/** The stack `tandem-storefront`: a web service and its function, made a pair with the construct that users adopt. */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import type { Construct } from 'constructs';
import { arnOf } from '../arn.ts';
import { ReleasePair, type ReleasePairProps } from '../pair/release-pair.ts';
import { REPOSITORY } from '../registry-stack.ts';
import { API_ALIAS, API_FUNCTION, apiFunction } from './api-function.ts';
import { balancerOf, CONTAINER_PORT } from './load-balancer.ts';
import { CONTAINER, webService } from './web-service.ts';

export interface StorefrontProps extends StackProps {
  readonly vpc: IVpc;
  /** Public address of requests that leave the VPC. */
  readonly natAddress: string;
  /**
   * Certificate of the users' listener.
   * @default - users are served by HTTP, as the sample's balancer has no name of its own
   */
  readonly certificateArn?: string;
  /**
   * Name that users use, which the certificate is for.
   * @default - the balancer's own
   */
  readonly host?: string;
  /**
   * What a release must fulfil.
   * @default - as by default
   */
  readonly policy?: ReleasePairProps['policy'];
}

/** The sample workload. Its image 1.0.0 must be in the registry before. */
export class StorefrontStack extends Stack {
  constructor(scope: Construct, id: string, props: StorefrontProps) {
    super(scope, id, props);
    const { vpc, natAddress, certificateArn, host, policy } = props;
    const repository = Repository.fromRepositoryName(this, 'Repository', REPOSITORY);
    const { api, alias, url } = apiFunction(this);
    const { balancer, blue, green, productionListener, testListener } = balancerOf(this, {
      vpc,
      natAddress,
      certificateArn,
    });
    const service = webService(this, {
      vpc,
      repository,
      api: {
        name: `${API_FUNCTION}:${API_ALIAS}`,
        arn: arnOf(this, 'lambda', `function:${API_FUNCTION}:${API_ALIAS}`),
      },
    });
    service.attachToApplicationTargetGroup(blue);
    service.node.addDependency(productionListener, testListener);

    new ReleasePair(this, 'Pair', {
      pair: 'storefront',
      tags: ['[0-9]*.[0-9]*.[0-9]*'],
      ...(policy ? { policy } : {}),
      ecs: {
        name: 'web',
        service,
        container: CONTAINER,
        port: CONTAINER_PORT,
        repository,
        productionListener,
        testListener,
        blue,
        green,
        ...(host ? { host } : {}),
        checks: [{ path: '/health' }, { path: '/ready' }, { path: '/' }, { path: '/api/data' }],
        contract: { calls: 'api' },
        warmUp: { paths: ['/', '/api/data'] },
      },
      lambda: {
        name: 'api',
        function: api,
        alias,
        checks: [
          { event: { path: '/health' }, status: 200 },
          { event: { path: '/api/lambda-data' }, status: 200 },
        ],
      },
    });

    new CfnOutput(this, 'WebUrl', {
      value: `${certificateArn ? 'https' : 'http'}://${balancer.loadBalancerDnsName}`,
    });
    new CfnOutput(this, 'ApiUrl', { value: url.url });
  }
}
