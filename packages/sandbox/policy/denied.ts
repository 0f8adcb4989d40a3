/** Knows how each service says that somebody may not do what was asked for. */
import { AwsError } from '../aws-error.ts';

interface Denial {
  readonly name: string;
  readonly status: number;
}

/** What services of the query protocol say. */
const query: Denial = { name: 'AccessDenied', status: 403 };

/** By IAM's prefix; services of the JSON protocols answer with 400, unless their model gives the error a status. */
const denials: Readonly<Record<string, Denial>> = {
  cloudwatch: query,
  ec2: { name: 'UnauthorizedOperation', status: 403 },
  elasticloadbalancing: query,
  iam: query,
  lambda: { name: 'AccessDeniedException', status: 403 },
  sns: { name: 'AuthorizationErrorException', status: 403 },
  sqs: query,
  sts: query,
};

const usual: Denial = { name: 'AccessDeniedException', status: 400 };

/** The error of a service that refuses a caller. */
export const denied = (service: string, message: string): AwsError => {
  const { name, status } = denials[service] ?? usual;
  return new AwsError(name, message, { status });
};
