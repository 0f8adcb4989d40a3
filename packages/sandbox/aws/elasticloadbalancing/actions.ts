import type { Action as AwsAction } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../aws-error.ts';
import { type Action, type Region, targetGroupOf } from './state.ts';

const invalid = (message: string) => new AwsError('ValidationError', message);

const forwardOf = (region: Region, action: AwsAction): Action => {
  const tuples = action.ForwardConfig?.TargetGroups ?? [
    { TargetGroupArn: action.TargetGroupArn, Weight: 1 },
  ];
  if (tuples.length === 0 || tuples.length > 5) {
    throw invalid('A forward action needs one to five target groups');
  }
  const groups = tuples.map(({ TargetGroupArn, Weight }) => {
    // One group alone takes everything, whatever its weight is.
    const weight = Number(Weight ?? 1);
    if (!Number.isInteger(weight) || weight < 0 || weight > 999) {
      throw invalid(`Weight '${Weight}' must be between 0 and 999`);
    }
    return { group: targetGroupOf(region, TargetGroupArn), weight };
  });
  return { kind: 'forward', groups };
};

/** Reads the actions of a listener or of a rule: one forward or one fixed response. Throws ValidationError. */
export const actionOf = (region: Region, actions: readonly AwsAction[] | undefined): Action => {
  const [action, ...others] = actions ?? [];
  if (!action || others.length > 0)
    throw invalid('A listener or a rule needs exactly one action here');
  if (action.Type === 'forward') return forwardOf(region, action);
  if (action.Type === 'fixed-response') {
    const { StatusCode, ContentType, MessageBody } = action.FixedResponseConfig ?? {};
    return {
      kind: 'fixed-response',
      status: Number(StatusCode),
      contentType: ContentType ?? 'text/plain',
      body: MessageBody ?? '',
    };
  }
  throw invalid(`Actions of type '${action.Type}' are not part of this sandbox`);
};

/** The action as DescribeListeners gives it; a forward to one group names that group twice, as on AWS. */
export const describeAction = (action: Action): AwsAction[] => {
  if (action.kind === 'fixed-response') {
    const { status, contentType, body } = action;
    return [
      {
        Type: 'fixed-response',
        FixedResponseConfig: {
          StatusCode: `${status}`,
          ContentType: contentType,
          MessageBody: body,
        },
      },
    ];
  }
  const [first, ...others] = action.groups;
  return [
    {
      Type: 'forward',
      ...(others.length === 0 && { TargetGroupArn: first?.group.arn }),
      ForwardConfig: {
        TargetGroups: action.groups.map(({ group, weight }) => ({
          TargetGroupArn: group.arn,
          Weight: weight,
        })),
        TargetGroupStickinessConfig: { Enabled: false },
      },
    },
  ];
};
