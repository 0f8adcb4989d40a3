import type { FunctionHost } from '../../../../packages/sandbox/aws/lambda/hosts/host.ts';
import { inProcessHost } from '../../../../packages/sandbox/aws/lambda/hosts/in-process-host.ts';
import { lambdaService } from '../../../../packages/sandbox/aws/lambda/service.ts';
import { virtualClock } from '../../../../packages/sandbox/clock/virtual-clock.ts';
import type { Principal } from '../../../../packages/sandbox/cloud.ts';
import { localCloud, recording, region } from '../../local-cloud.ts';
import { handlerOf, zipOf } from './handlers.ts';

const none = new Proxy({} as any, {
  get: () => () => {
    throw new Error('there are no containers in this test');
  },
});

/** Lambda with functions in this process, beside neighbours that only keep what they are asked. */
export const localLambda = (host?: FunctionHost) => {
  const clock = virtualClock();
  const local = localCloud(clock, none);
  const neighbours = {
    sts: recording('sts', {
      GetCallerIdentity: () => ({
        Account: '111122223333',
        Arn: 'arn:aws:iam::111122223333:root',
        UserId: '111122223333',
      }),
      AssumeRole: () => ({
        Credentials: { AccessKeyId: 'ASIA', SecretAccessKey: 's', SessionToken: 't' },
      }),
    }),
    cloudwatch: recording('cloudwatch', { PutMetricData: () => ({}) }),
    sns: recording('sns', { Publish: () => ({ MessageId: '1' }) }),
    sqs: recording('sqs', { SendMessage: () => ({ MessageId: '1' }) }),
  };
  for (const neighbour of Object.values(neighbours)) local.register(neighbour);
  const answer = async () => ({ status: 500, headers: {}, body: new Uint8Array() });
  const lambda = local.register(
    lambdaService(local.cloud, host ?? inProcessHost({ clock, answer })),
  );

  const ask = (operation: string, input: unknown = {}) => local.ask('lambda', operation, input);
  const askAs = (principal: Principal, operation: string, input: unknown) =>
    local.cloud.call({ principal, region, service: 'lambda', operation, input });
  /** Lets service time pass. */
  const pass = (milliseconds: number) => clock.until(clock.sleep(milliseconds));
  const create = async (body: string, more: object = {}) => {
    const made = await ask('CreateFunction', {
      FunctionName: 'api',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::111122223333:role/api',
      Code: { ZipFile: zipOf(handlerOf(body)) },
      ...more,
    });
    await pass(2000);
    return made;
  };
  const changeCode = async (body: string, more: object = {}) => {
    const made = await ask('UpdateFunctionCode', {
      FunctionName: 'api',
      ZipFile: zipOf(handlerOf(body)),
      ...more,
    });
    await pass(2000);
    return made;
  };
  const publish = async (body: string): Promise<string> => {
    await changeCode(body);
    const { Version } = await ask('PublishVersion', { FunctionName: 'api' });
    await pass(2000);
    return Version;
  };
  const invoke = async (FunctionName: string, event: unknown = {}, more: object = {}) => {
    const Payload = Buffer.from(JSON.stringify(event));
    const { Payload: answered, ...rest } = await ask('Invoke', { FunctionName, Payload, ...more });
    return { ...rest, result: JSON.parse(Buffer.from(answered).toString()) };
  };
  return {
    ...local,
    ...neighbours,
    clock,
    lambda,
    ask,
    askAs,
    pass,
    create,
    changeCode,
    publish,
    invoke,
  };
};
