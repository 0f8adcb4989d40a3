/** Knows what every integration of a Task state is given, and how an optimised one names errors. */
import { AwsError } from '../../../aws-error.ts';
import type { Cloud, Principal } from '../../../cloud.ts';
import { StateFailure } from '../../../machine/failure.ts';
import type { Scope } from '../../../machine/scope.ts';
import type { SdkIntegration } from '../sdk-integration.ts';
import { uuid } from '../uuid.ts';

/** The execution that a task belongs to. */
export interface Task {
  readonly cloud: Cloud;
  readonly region: string;
  /** The machine's role, with the execution's name as its session. */
  readonly principal: Principal;
  readonly executionArn: string;
  readonly machineArn: string;
  readonly sdkIntegration: SdkIntegration;
  /** Calls `watcher` once an execution has ended; the function it returns takes that back. */
  whenEnded(region: string, executionArn: string, watcher: () => void): () => void;
}

/** One thing that a service does for a task. */
export interface Action {
  request(parameters: unknown, task: Task): Promise<unknown>;
  /** Waits for the job that an answer names, where the service has `.sync`. */
  readonly follow?: (
    answer: any,
    task: Task,
    scope: Scope,
    pattern: 'sync' | 'sync:2',
  ) => Promise<unknown>;
}

/** How the errors of an optimised integration are named (AWS's SDK for Java 1). */
export interface ErrorNames {
  /** e.g. `Lambda` */
  readonly prefix: string;
  /** Class of an error that the service's model lacks, e.g. `AWSLambdaException`. */
  readonly base: string;
  /** Service in the text of the cause, e.g. `AWSLambda`. */
  readonly client: string;
}

/** Errors that belong to the platform, not to a service's model. */
const unmodelled = /^(AccessDenied|UnknownOperation|InternalFailure|ServiceUnavailable|Throttling)/;

const nameOf = ({ prefix, base }: ErrorNames, name: string): string => {
  if (unmodelled.test(name)) return `${prefix}.${base}`;
  return `${prefix}.${name.endsWith('Exception') ? name : `${name}Exception`}`;
};

/** An error of a service as the failure of a task; one that no service gave is a broken connection. */
const serviceFailure = (names: ErrorNames, error: unknown, { cloud }: Task): StateFailure => {
  const { message } = error as Error;
  if (!(error instanceof AwsError)) {
    return new StateFailure(`${names.prefix}.SdkClientException`, message);
  }
  return new StateFailure(
    nameOf(names, error.name),
    `${message} (Service: ${names.client}; Status Code: ${error.status}; Error Code: ${error.name}; Request ID: ${uuid(cloud)}; Proxy: null)`,
  );
};

/** Calls an operation with the machine's role; an error stays as the service gave it. */
export const plainCall = async (
  { cloud, region, principal }: Task,
  service: string,
  operation: string,
  input: unknown,
): Promise<any> => cloud.call({ principal, region, service, operation, input });

/** Gives the same function for an optimised integration: an error becomes its StateFailure. */
export const caller =
  (names: ErrorNames): typeof plainCall =>
  async (task, service, operation, input) => {
    try {
      return await plainCall(task, service, operation, input);
    } catch (error) {
      throw serviceFailure(names, error, task);
    }
  };

/** Members that AWS's SDK for Java 1 adds to answers. */
export const sdkMetadata = (task: Task, status: number) => {
  const requestId = uuid(task.cloud);
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: { 'x-amzn-RequestId': [requestId] },
      HttpHeaders: { 'x-amzn-RequestId': requestId },
      HttpStatusCode: status,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
};

/** The parameters as an object with the `required` fields and no others than `known`; throws States.Runtime. */
export const fields = (
  parameters: unknown,
  known: readonly string[],
  action: string,
  required: readonly string[] = [],
): any => {
  if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters)) {
    throw new StateFailure('States.Runtime', `The Arguments of ${action} must be an object`);
  }
  const absent = required.find((field) => !Object.hasOwn(parameters, field));
  if (absent !== undefined) {
    throw new StateFailure('States.Runtime', `The field "${absent}" is required by ${action}`);
  }
  const unknown = Object.keys(parameters).find((field) => !known.includes(field));
  if (unknown === undefined) return parameters;
  throw new StateFailure(
    'States.Runtime',
    `The field "${unknown}" is not supported by Step Functions in ${action}, only ${known.join(', ')}`,
  );
};

/** A value where AWS wants a text: texts stay, everything else becomes its JSON. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);
