/** Every service of the sandbox behind a front, without a socket; everybody may do everything. */
import { acmService } from '../../../sandbox/aws/acm/service.ts';
import { applicationAutoscalingService } from '../../../sandbox/aws/application-autoscaling/service.ts';
import { cloudwatchService } from '../../../sandbox/aws/cloudwatch/service.ts';
import { codedeployService } from '../../../sandbox/aws/codedeploy/service.ts';
import { dynamodbService } from '../../../sandbox/aws/dynamodb/service.ts';
import { ecrService } from '../../../sandbox/aws/ecr/service.ts';
import { ecsService } from '../../../sandbox/aws/ecs/service.ts';
import { elasticloadbalancingService } from '../../../sandbox/aws/elasticloadbalancing/service.ts';
import { eventsService } from '../../../sandbox/aws/events/service.ts';
import { iamService } from '../../../sandbox/aws/iam/service.ts';
import { kmsService } from '../../../sandbox/aws/kms/service.ts';
import { inProcessHost } from '../../../sandbox/aws/lambda/hosts/in-process-host.ts';
import { lambdaService } from '../../../sandbox/aws/lambda/service.ts';
import { snsService } from '../../../sandbox/aws/sns/service.ts';
import { sqsService } from '../../../sandbox/aws/sqs/service.ts';
import { ssmService } from '../../../sandbox/aws/ssm/service.ts';
import { statesService } from '../../../sandbox/aws/states/service.ts';
import { stsService } from '../../../sandbox/aws/sts/service.ts';
import { virtualClock } from '../../../sandbox/clock/virtual-clock.ts';
import { modelContainers } from '../../../sandbox/containers/model-containers.ts';
import { sdkIntegration } from '../../../sandbox/front/integration.ts';
import type { HttpRequest } from '../../../sandbox/http.ts';
import { frontOver } from '../front/loopback.ts';
import { localCloud } from '../local-cloud.ts';
import { furnish } from './furniture.ts';

const nothing = () => () => ({ status: 204, headers: {}, body: '' });

/** Makes the sandbox, furnished; `arns` are those of what is in it, the same ones each time. */
export const wholeCloud = async () => {
  const clock = virtualClock();
  const local = localCloud(clock, modelContainers(nothing));
  const { cloud } = local;
  const sts = stsService(cloud);
  const ecr = ecrService(cloud);
  const { answer } = frontOver(cloud.call);
  const services = [
    iamService(cloud),
    sts,
    ecr,
    elasticloadbalancingService(cloud),
    lambdaService(cloud, inProcessHost({ clock, answer }), sts.principalOf),
    statesService(cloud, sdkIntegration),
    snsService(cloud),
    acmService(cloud),
    applicationAutoscalingService(cloud),
    cloudwatchService(cloud),
    codedeployService(cloud),
    dynamodbService(cloud),
    ecsService(cloud, { imageFolder: ecr.imageFolder }),
    eventsService(cloud),
    kmsService(cloud),
    sqsService(cloud),
    ssmService(cloud),
  ];
  for (const service of services) local.register(service);
  const arns = await clock.until(furnish(local));
  return {
    services,
    arns,
    /** Answers a request; service time passes until it has. */
    answer: (request: HttpRequest) => clock.until(answer(request)),
    /** Lets service time pass. */
    pass: (milliseconds: number) => clock.until(clock.sleep(milliseconds)),
    close: local.close,
  };
};
