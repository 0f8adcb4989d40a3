/** What people and pipelines may be allowed to do with a pair. */
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { APPROVALS_TOPIC, handlerFunction, RELEASE_MACHINE } from '../../core/names.ts';
import { arnOf, executionsArn, machineArn, topicArn } from '../arn.ts';

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

/** Answers requests for approval by the topic. */
export const grantApprove = (scope: Construct, grantee: IGrantable): Grant =>
  Grant.addToPrincipal({
    grantee,
    actions: ['sns:Publish'],
    resourceArns: [topicArn(scope, APPROVALS_TOPIC)],
  });
