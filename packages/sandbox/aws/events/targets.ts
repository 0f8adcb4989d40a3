/** How each kind of target gets its input: a Lambda function, a state machine, a topic or a queue. */
import type { Target } from '@aws-sdk/client-eventbridge';
import { AwsError } from '../../aws-error.ts';
import type { Call, Cloud, Principal } from '../../cloud.ts';
import { queueUrl } from '../../delivery/dead-letter.ts';
import { uuid } from '../../delivery/uuid.ts';
import type { BusEvent } from './event.ts';

/** What a target is told. A service names the resource for which it calls in `SourceArn`, outside of AWS's model. */
interface TargetFacts {
  /** JSON text. */
  readonly input: string;
  readonly SourceArn: string;
  /** Made anew for every try, as EventBridge makes no promise of being idempotent. */
  readonly execution: string;
}

interface TargetKind {
  readonly arn: RegExp;
  /** Whether EventBridge needs a role; the others let it in by their own policy. */
  readonly role: boolean;
  call(target: Target, facts: TargetFacts): Pick<Call, 'service' | 'operation' | 'input'>;
}

const KINDS: readonly TargetKind[] = [
  {
    arn: /^arn:aws:lambda:[^:]+:\d+:function:.+$/,
    role: false,
    call: ({ Arn }, { input, SourceArn }) => ({
      service: 'lambda',
      operation: 'Invoke',
      input: {
        FunctionName: Arn,
        InvocationType: 'Event',
        Payload: Buffer.from(input),
        SourceArn,
      },
    }),
  },
  {
    arn: /^arn:aws:states:[^:]+:\d+:stateMachine:.+$/,
    role: true,
    call: ({ Arn }, { input, execution }) => ({
      service: 'states',
      operation: 'StartExecution',
      input: { stateMachineArn: Arn, input, name: execution },
    }),
  },
  {
    arn: /^arn:aws:sns:[^:]+:\d+:[^:]+$/,
    role: false,
    call: ({ Arn }, { input, SourceArn }) => ({
      service: 'sns',
      operation: 'Publish',
      input: { TopicArn: Arn, Message: input, SourceArn },
    }),
  },
  {
    arn: /^arn:aws:sqs:[^:]+:\d+:[^:]+$/,
    role: false,
    call: ({ Arn = '' }, { input, SourceArn }) => ({
      service: 'sqs',
      operation: 'SendMessage',
      input: { QueueUrl: queueUrl(Arn), MessageBody: input, SourceArn },
    }),
  },
];

const kindOf = ({ Arn = '' }: Target): TargetKind => {
  const kind = KINDS.find(({ arn }) => arn.test(Arn));
  if (kind) return kind;
  throw new AwsError(
    'ValidationException',
    `Parameter Arn is not valid: this sandbox has no rule targets like ${Arn}`,
  );
};

/** Throws ValidationException for a target that could never be reached. */
export const checkTarget = (target: Target): void => {
  if (kindOf(target).role && !target.RoleArn) {
    throw new AwsError('ValidationException', `RoleArn is required for target ${target.Arn}.`);
  }
};

/** Hands the input to the target, with the target's role or as EventBridge itself. */
export const sendToTarget = async (
  cloud: Cloud,
  target: Target,
  { input, event, SourceArn }: { input: string; event: BusEvent; SourceArn: string },
): Promise<void> => {
  const kind = kindOf(target);
  const principal: Principal =
    kind.role && target.RoleArn
      ? { kind: 'role', arn: target.RoleArn, session: 'events' }
      : { kind: 'service', service: 'events.amazonaws.com' };
  await cloud.call({
    principal,
    region: target.Arn?.split(':')[3] ?? event.region,
    ...kind.call(target, { input, SourceArn, execution: `${event.id}_${uuid(cloud)}` }),
  });
};
