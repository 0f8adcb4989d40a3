/** What people and pipelines may be allowed to do with the pairs of an account and Region: the same for all of them. */
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { handlerFunction, RELEASE_MACHINE } from '../core/names.ts';
import { arnOf, executionsArn, machineArn } from './arn.ts';

/** Starts releases and reads how they end. The machine is the same for all pairs of the account and Region. */
export const grantRelease = (scope: Construct, grantee: IGrantable): Grant =>
  Grant.addToPrincipal({
    grantee,
    actions: ['states:StartExecution', 'states:DescribeExecution'],
    resourceArns: [machineArn(scope, RELEASE_MACHINE), executionsArn(scope, RELEASE_MACHINE)],
  });

/** Orders abort, hold, resume and promote. */
export const grantCommand = (scope: Construct, grantee: IGrantable): Grant =>
  Grant.addToPrincipal({
    grantee,
    actions: ['lambda:InvokeFunction'],
    resourceArns: [arnOf(scope, 'lambda', `function:${handlerFunction('on-command')}`)],
  });

/**
 * Answers requests for approval in the caller's own name, as `tandem approve` does. The function itself may not be
 * invoked past its URL, since Lambda would then not say who calls.
 */
export const grantApprove = (scope: Construct, grantee: IGrantable): Grant => {
  const resourceArns = [arnOf(scope, 'lambda', `function:${handlerFunction('on-approval-call')}`)];
  return Grant.addToPrincipal({
    grantee,
    actions: ['lambda:GetFunctionUrlConfig', 'lambda:InvokeFunctionUrl'],
    resourceArns,
  }).combine(
    Grant.addToPrincipal({
      grantee,
      actions: ['lambda:InvokeFunction'],
      resourceArns,
      conditions: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
    }),
  );
};
