import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chokePoint } from '../../packages/sandbox/call.ts';
import type { Clock } from '../../packages/sandbox/clock/clock.ts';
import type { Cloud, ResourceContext, Service } from '../../packages/sandbox/cloud.ts';
import type { ContainerHost } from '../../packages/sandbox/containers.ts';
import { documentedQuirks } from '../../packages/sandbox/quirks.ts';

const account = '111122223333';
export const region = 'us-east-1';

/** Same sequence for the same seed (a linear congruential generator, Numerical Recipes' constants). */
const generator = (seed: number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
};

/** A cloud with the services that a test registers; everything is allowed. */
export const localCloud = (clock: Clock, containers: ContainerHost, seed = 1) => {
  const choke = chokePoint(clock, () => undefined);
  const random = generator(seed);
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  const notes = new Set<string>();
  const lines: string[] = [];
  const services: Service[] = [];

  const cloud: Cloud = {
    account,
    clock,
    call: choke.call,
    // Figures of AWS's services are there at once, so that a test need not wait for them.
    quirks: { ...documentedQuirks, metricDelay: 0 },
    random,
    id: (length, alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ') =>
      Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join(''),
    folder,
    containers,
    note: (text) => void notes.add(text),
    logged: (line) => void lines.push(line),
    endpoint: () => 'http://127.0.0.1:4566',
  };

  const register = <S extends Service>(service: S): S => {
    services.push(service);
    choke.register(service);
    return service;
  };
  const ask = (service: string, operation: string, input: unknown = {}) =>
    cloud.call({ principal: { kind: 'owner' }, region, service, operation, input });
  const contextOf = (logicalId: string): ResourceContext => ({
    region,
    account,
    stack: 'test',
    logicalId,
    physicalName: (longest = 255) => `test-${logicalId}-ABCDEFGHIJKL`.slice(0, longest),
    asset: () => folder,
    call: ask,
  });

  return {
    cloud,
    choke,
    notes,
    lines,
    register,
    ask,
    contextOf,
    close: async () => {
      for (const service of services.reverse()) await service.close?.();
      clock.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** A service that keeps what it was asked and answers from a table. */
export const recording = (
  id: string,
  operations: Record<string, (input: any) => unknown>,
): Service & { readonly asked: { operation: string; input: any }[] } => {
  const asked: { operation: string; input: any }[] = [];
  return {
    id,
    asked,
    operations: Object.fromEntries(
      Object.entries(operations).map(([operation, answer]) => [
        operation,
        (input: any) => {
          asked.push({ operation, input });
          return answer(input);
        },
      ]),
    ),
  };
};
