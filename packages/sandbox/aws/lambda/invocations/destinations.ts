/** Places that the results of asynchronous invocations are sent to, with the permissions of the function's role. */
import type { Cloud } from '../../../cloud.ts';
import { queueUrl } from '../../../delivery/dead-letter.ts';

type Request = (arn: string, body: unknown) => readonly [operation: string, input: unknown];

/** By the service in the destination's ARN. */
const REQUESTS: Readonly<Record<string, Request>> = {
  sns: (TopicArn, body) => ['Publish', { TopicArn, Message: JSON.stringify(body) }],
  sqs: (arn, body) => [
    'SendMessage',
    { QueueUrl: queueUrl(arn), MessageBody: JSON.stringify(body) },
  ],
  lambda: (FunctionName, body) => [
    'Invoke',
    { FunctionName, InvocationType: 'Event', Payload: Buffer.from(JSON.stringify(body)) },
  ],
  events: (EventBusName, body) => [
    'PutEvents',
    {
      Entries: [
        {
          EventBusName,
          Source: 'lambda',
          DetailType: 'Lambda Function Invocation Result',
          Detail: JSON.stringify(body),
        },
      ],
    },
  ],
};

/** Makes the function that sends to a destination; it rejects for a service that this sandbox does not have. */
export const destination =
  (cloud: Cloud, region: string, { role, session }: { role: string; session: string }) =>
  async (arn: string, body: unknown): Promise<void> => {
    const service = arn.split(':')[2] ?? '';
    const request = Object.hasOwn(REQUESTS, service) ? REQUESTS[service] : undefined;
    if (!request) throw new Error(`the destination ${arn} is not part of this sandbox`);
    const [operation, input] = request(arn, body);
    const principal = { kind: 'role', arn: role, session } as const;
    await cloud.call({ principal, region, service, operation, input });
  };
