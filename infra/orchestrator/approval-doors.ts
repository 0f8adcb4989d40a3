/** The two doors for answers by HTTP: a page for whoever holds a link, and a URL for callers whom IAM knows. */
import { CfnOutput } from 'aws-cdk-lib';
import {
  type CfnFunction,
  FunctionUrlAuthType,
  type Function as LambdaFunction,
} from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { LINK_ENVIRONMENT } from '../../core/names.ts';
import { approvalKey } from './approval-key.ts';

/** The functions that have to do with these doors. */
export interface ApprovalFunctions {
  /** Sends the link. */
  readonly request: LambdaFunction;
  /** Behind the link. */
  readonly page: LambdaFunction;
  /** Behind the URL that wants a signature. */
  readonly call: LambdaFunction;
}

/** What is open to the internet. */
export interface PageAccess {
  /** Whether anybody can reach the page at all. */
  readonly page: boolean;
  /** Topic on which the links to it are sent. */
  readonly requests: ITopic;
  /** How many requests to it run at a time, if they are reserved. */
  readonly concurrency: number | undefined;
}

/** Throws a sentence for a reservation under which nobody would get the page. */
const refuseNoPage = ({ page, concurrency }: PageAccess): void => {
  if (concurrency === undefined) return;
  if (!page)
    throw new Error(
      'approvalPageConcurrency is for the approval page, but approvalPage is false: leave one of them out.',
    );
  if (!Number.isInteger(concurrency) || concurrency < 1)
    throw new Error(
      `approvalPageConcurrency is ${concurrency}, but it is a whole number of requests, at least 1. approvalPage: false closes the page.`,
    );
};

/** Opens the doors, and lets the request for an approval know where the page is, if it is open. */
export const openDoors = (
  scope: Construct,
  { request, page, call }: ApprovalFunctions,
  access: PageAccess,
): void => {
  refuseNoPage(access);
  const signed = call.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
  const { keyArn } = approvalKey(scope);
  for (const fn of [request, page]) fn.addEnvironment(LINK_ENVIRONMENT.approvalKey, keyArn);
  request.addEnvironment(LINK_ENVIRONMENT.approvalRequests, access.requests.topicArn);
  if (access.page) {
    const { url } = page.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
    request.addEnvironment(LINK_ENVIRONMENT.approvalPage, url);
  }
  if (access.concurrency !== undefined)
    (page.node.defaultChild as CfnFunction).reservedConcurrentExecutions = access.concurrency;
  new CfnOutput(scope, 'ApprovalCallUrl', {
    value: signed.url,
    description: 'Takes answers to approvals, signed for Lambda with Signature Version 4',
  });
};
