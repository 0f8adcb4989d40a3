import { describe, expect, it } from 'vitest';
import { tellsOfGreen } from '../../../core/alarms/green.ts';
import type { TargetRecord } from '../../../core/record/record.ts';
import { api, ecsRecord, lambdaRecord, record, web } from '../fixture.ts';

const group = (name: string) =>
  `arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/${name}/1`;

const service = (change: Partial<TargetRecord> = {}): TargetRecord =>
  ecsRecord({
    registration: web({
      alarms: ['one', 'two', 'balancer'],
      targetGroups: [group('one'), group('two')],
    }),
    groups: { [group('one')]: 'web:1', [group('two')]: 'web:2' },
    ...change,
  });

const function_ = (change: Partial<TargetRecord> = {}): TargetRecord =>
  lambdaRecord({
    registration: api({
      alarms: ['blue', 'green', 'alias'],
      versionAlarms: { blue: ['blue'], green: ['green'] },
    }),
    ...change,
  });

const DIMENSIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  one: { TargetGroup: 'targetgroup/one/1' },
  two: { TargetGroup: 'targetgroup/two/1' },
  balancer: { LoadBalancer: 'app/storefront/1' },
};

/** Names of the alarms that tell of green. */
const tellers = (...targets: readonly TargetRecord[]): readonly string[] => {
  const tells = tellsOfGreen(record({ targets }));
  return ['one', 'two', 'balancer', 'blue', 'green', 'alias', 'stranger'].filter((name) =>
    tells({
      name,
      state: 'INSUFFICIENT_DATA',
      stateReason: '',
      since: '',
      dimensions: Object.entries(DIMENSIONS[name] ?? {}).map(([dimension, value]) => ({
        name: dimension,
        value,
      })),
    }),
  );
};

describe('tellsOfGreen', () => {
  it('asks of a service the target group that green has in this release, whatever its name', () => {
    expect(tellers(service())).toEqual(['two', 'balancer']);
    expect(tellers(service({ groups: { [group('one')]: 'web:2' } }))).toEqual(['one', 'balancer']);
  });

  it('asks both target groups before green has one', () => {
    const { groups: _, ...early } = service();
    expect(tellers(early)).toEqual(['one', 'two', 'balancer']);
  });

  it("asks of a function green's version and the whole alias", () => {
    expect(tellers(function_())).toEqual(['green', 'alias']);
  });

  it('asks nothing of a target that is left alone', () => {
    expect(tellers(service({ unchanged: true }), function_())).toEqual(['green', 'alias']);
  });
});
