import { virtualClock } from '../../../packages/sandbox/clock/virtual-clock.ts';
import type { Cloud } from '../../../packages/sandbox/cloud.ts';
import type { ContainerHost } from '../../../packages/sandbox/containers.ts';
import { documentedQuirks, type Quirks } from '../../../packages/sandbox/quirks.ts';
import { localCloud, recording, region } from '../local-cloud.ts';

const noContainers: ContainerHost = {
  start: () => Promise.reject(new Error('these tests start no containers')),
  close: async () => undefined,
};

/** A cloud in virtual time for services that pass messages on; `lambda` takes every event. */
export const messagingCloud = (quirks: Partial<Quirks> = {}) => {
  const clock = virtualClock();
  const local = localCloud(clock, noContainers);
  const cloud: Cloud = { ...local.cloud, quirks: { ...documentedQuirks, ...quirks } };
  const lambda = local.register(recording('lambda', { Invoke: () => ({ StatusCode: 202 }) }));

  return {
    ...local,
    cloud,
    clock,
    lambda,
    /** Calls an operation as an AWS service. */
    askAs: (principal: string, service: string, operation: string, input: unknown) =>
      cloud.call({
        principal: { kind: 'service', service: principal },
        region,
        service,
        operation,
        input,
      }),
    /** Lets so many seconds of service time pass. */
    pass: (seconds: number) => clock.until(clock.sleep(seconds * 1000)),
    /** The events that functions got, oldest first. */
    events: () =>
      lambda.asked.map(({ input }) => JSON.parse(Buffer.from(input.Payload).toString())),
  };
};
