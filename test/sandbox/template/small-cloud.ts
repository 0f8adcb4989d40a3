/** A sandbox of the six services that a template needs first, in virtual time, with IAM deciding. */

import { dynamodbService } from '../../../packages/sandbox/aws/dynamodb/service.ts';
import { ec2Service } from '../../../packages/sandbox/aws/ec2/service.ts';
import { iamService } from '../../../packages/sandbox/aws/iam/service.ts';
import { ssmService } from '../../../packages/sandbox/aws/ssm/service.ts';
import { stsService } from '../../../packages/sandbox/aws/sts/service.ts';
import { chokePoint } from '../../../packages/sandbox/call.ts';
import { virtualClock } from '../../../packages/sandbox/clock/virtual-clock.ts';
import type {
  Cloud,
  Principal,
  ResourceProvider,
  Service,
} from '../../../packages/sandbox/cloud.ts';
import { documentedQuirks } from '../../../packages/sandbox/quirks.ts';
import type { Deployer } from '../../../packages/sandbox/template/deploy.ts';
import { providersOf } from '../../../packages/sandbox/template/providers.ts';
import type { StackEvent } from '../../../packages/sandbox/template/stack-events.ts';

export const account = '111122223333';
export const region = 'us-east-1';
const owner: Principal = { kind: 'owner' };

/** A repeatable sequence in [0, 1): the generator "mulberry32". */
const randomFrom = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};

/** Makes the sandbox; `resources` are further providers, of a service named `test`. */
export const smallCloud = (resources: Record<string, ResourceProvider> = {}) => {
  const clock = virtualClock();
  const random = randomFrom(1);
  const notes: string[] = [];
  const events: StackEvent[] = [];
  const unused = () => {
    throw new Error('not part of this test');
  };
  const id = (length: number, alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ') =>
    Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
  const note = (text: string) => void notes.push(text);

  const cloud: Cloud = {
    account,
    clock,
    call: (call) => point.call(call),
    quirks: documentedQuirks,
    random,
    id,
    folder: '',
    containers: { start: unused, close: async () => undefined },
    note,
    logged: () => undefined,
    endpoint: unused,
  };
  const iam = iamService(cloud);
  const sts = stsService(cloud);
  const point = chokePoint(clock, iam.authorize);
  const test: Service = { id: 'test', operations: {}, resources };
  const services = [iam, sts, ssmService(cloud), dynamodbService(cloud), ec2Service(cloud), test];
  for (const service of services) point.register(service);

  const deployer: Deployer = {
    account,
    providers: providersOf(services),
    call: point.call,
    note,
    exports: new Map(),
    id,
    progress: (event) => void events.push(event),
  };
  return {
    clock,
    deployer,
    events,
    notes,
    sts,
    call: (
      service: string,
      operation: string,
      input: unknown,
      principal: Principal = owner,
      where = region,
    ) => point.call({ principal, region: where, service, operation, input }),
  };
};
