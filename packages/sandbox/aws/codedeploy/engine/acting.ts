/**
 * How CodeDeploy acts on other services: with the role of the group, and again if a call is lost or refused. It asks
 * for no action that AWS's managed policies for its service role do not have.
 */
import type { ErrorCode } from '@aws-sdk/client-codedeploy';
import { AwsError } from '../../../aws-error.ts';
import type { Clock } from '../../../clock/clock.ts';
import type { Cloud, Principal } from '../../../cloud.ts';
import { DeploymentFailure } from './failure.ts';

/** CodeDeploy acting for itself. */
export const CODEDEPLOY: Principal = { kind: 'service', service: 'codedeploy.amazonaws.com' };

/** Seconds of service time before each further attempt of a call. */
const BACKOFF = [1, 2, 4, 8];
/** Seconds of service time, and at least of real time, after which a call counts as lost. */
const PATIENCE = 60;
const LEAST_REAL_PATIENCE = 5;

/** What is special about one call. */
interface CallOptions {
  /** Names of errors that mean: what was asked for is the case already. The answer is then undefined. */
  readonly fine?: readonly string[];
  /** The answer may take as long as it takes: a hook function is not called again because it works. */
  readonly patient?: boolean;
  /** Looks for the effect of an attempt whose answer was lost; what it finds is the answer. */
  readonly effect?: () => Promise<unknown>;
}

/** Calls an operation of another service; throws a DeploymentFailure when the deployment cannot go on. */
export type Act = (
  service: ActedOn,
  operation: string,
  input: unknown,
  options?: CallOptions,
) => Promise<any>;

type ActedOn = 'ecs' | 'elasticloadbalancing' | 'lambda' | 'cloudwatch';

/** How each service is named in messages, and the code that stands for its refusals. */
const SERVICES: Readonly<
  Record<ActedOn, { label: string; code: ErrorCode; message: (cause: string) => string }>
> = {
  ecs: {
    label: 'AmazonECS',
    code: 'ECS_UPDATE_ERROR',
    message: (cause) => `The ECS service cannot be updated due to the following error: ${cause}`,
  },
  elasticloadbalancing: {
    label: 'AmazonElasticLoadBalancing',
    code: 'ELASTIC_LOAD_BALANCING_INVALID',
    message: (cause) => `The ELB could not be updated due to the following error: ${cause}`,
  },
  lambda: {
    label: 'AWSLambda',
    code: 'INVALID_LAMBDA_FUNCTION',
    message: (cause) =>
      `The Lambda function could not be updated due to the following error: ${cause}`,
  },
  cloudwatch: {
    label: 'AmazonCloudWatch',
    code: 'INTERNAL_ERROR',
    message: (cause) => `The state of the alarms could not be retrieved: ${cause}`,
  },
};

const DENIED = /^(AccessDenied|UnauthorizedOperation|NotAuthorized)/;
const THROTTLED = /Throttl|TooManyRequests|RequestLimitExceeded|RateExceeded/;
const PASSING =
  /^(Server|InternalFailure|InternalError|InternalServerError|Service|ServiceUnavailable|ServiceException|ServerException|RequestTimeout|ResourceConflict|ResourceInUse)/;

/** Whether the same call may succeed a moment later. What is no answer of AWS is a lost connection. */
const isPassing = (error: unknown) =>
  !(error instanceof AwsError) ||
  error.status >= 500 ||
  THROTTLED.test(error.name) ||
  PASSING.test(error.name);

/** Makes the calls of one deployment, with the service role of its group. */
export const actingAs = (cloud: Cloud, region: string, roleArn: string): Act => {
  const principal: Principal = { kind: 'role', arn: roleArn, session: 'codedeploy' };

  const failureOf = (service: ActedOn, error: unknown): DeploymentFailure => {
    const { label, code, message } = SERVICES[service];
    const { name, message: cause } = error as Error;
    if (DENIED.test(name)) {
      return new DeploymentFailure(
        'IAM_ROLE_PERMISSIONS',
        `The IAM role ${roleArn} does not give you permission to perform operations in the following AWS service: ${label}. ${cause}`,
      );
    }
    return new DeploymentFailure(THROTTLED.test(name) ? 'THROTTLED' : code, message(cause));
  };

  return async (service, operation, input, { fine = [], patient = false, effect } = {}) => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const answer = cloud.call({ principal, region, service, operation, input });
        return await (patient ? answer : beforeLost(cloud.clock, answer));
      } catch (error) {
        if (error instanceof AwsError && fine.includes(error.name)) return undefined;
        const seconds = BACKOFF[attempt];
        if (seconds === undefined || !isPassing(error)) throw failureOf(service, error);
        await cloud.clock.sleep(seconds * 1000);
        const found = await effect?.();
        if (found !== undefined) return found;
      }
    }
  };
};

/** Gives up on a call that is never answered. Calls take real time, so a fast clock waits longer. */
const beforeLost = async <T>(clock: Clock, answer: Promise<T>): Promise<T> => {
  const speed = Number.isFinite(clock.speed) ? clock.speed : 0;
  const milliseconds = Math.max(PATIENCE, LEAST_REAL_PATIENCE * speed) * 1000;
  const { promise: lost, reject } = Promise.withResolvers<never>();
  const timer = clock.after(milliseconds, () => reject(new Error('the call was not answered')));
  try {
    return await Promise.race([answer, lost]);
  } finally {
    timer.cancel();
  }
};
