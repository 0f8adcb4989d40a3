/** Every service of the sandbox behind a front, without a socket; everybody may do everything. */
import { acmService } from '../../../packages/sandbox/aws/acm/service.ts';
import { applicationAutoscalingService } from '../../../packages/sandbox/aws/application-autoscaling/service.ts';
import { cloudwatchService } from '../../../packages/sandbox/aws/cloudwatch/service.ts';
import { codedeployService } from '../../../packages/sandbox/aws/codedeploy/service.ts';
import { dynamodbService } from '../../../packages/sandbox/aws/dynamodb/service.ts';
import { ecrService } from '../../../packages/sandbox/aws/ecr/service.ts';
import { ecsService } from '../../../packages/sandbox/aws/ecs/service.ts';
import { elasticloadbalancingService } from '../../../packages/sandbox/aws/elasticloadbalancing/service.ts';
import { eventsService } from '../../../packages/sandbox/aws/events/service.ts';
import { iamService } from '../../../packages/sandbox/aws/iam/service.ts';
import { kmsService } from '../../../packages/sandbox/aws/kms/service.ts';
import { inProcessHost } from '../../../packages/sandbox/aws/lambda/hosts/in-process-host.ts';
import { lambdaService } from '../../../packages/sandbox/aws/lambda/service.ts';
import { snsService } from '../../../packages/sandbox/aws/sns/service.ts';
import { sqsService } from '../../../packages/sandbox/aws/sqs/service.ts';
import { ssmService } from '../../../packages/sandbox/aws/ssm/service.ts';
import { statesService } from '../../../packages/sandbox/aws/states/service.ts';
import { stsService } from '../../../packages/sandbox/aws/sts/service.ts';
import { virtualClock } from '../../../packages/sandbox/clock/virtual-clock.ts';
import { modelContainers } from '../../../packages/sandbox/containers/model-containers.ts';
import { sdkIntegration } from '../../../packages/sandbox/front/integration.ts';
import type { HttpRequest } from '../../../packages/sandbox/http.ts';
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
