import { describe, expect, it } from 'vitest';
import { beforeOf, sidesOf } from '../../../core/judge/measures.ts';
import { CustomMetric } from '../../../core/release/custom-metric.ts';
import { api, ecsRecord, lambdaRecord } from '../fixture.ts';

const groups = { 'arn:elb:targetgroup/one/1': 'web:2', 'arn:elb:targetgroup/two/2': 'web:1' };

describe('where the two sides are measured', () => {
  it('is read from the target groups as they are now, whatever they are called', () => {
    const sides = sidesOf(ecsRecord({ groups }));
    expect(sides?.green.requests).toEqual({
      namespace: 'AWS/ApplicationELB',
      metric: 'RequestCount',
      dimensions: { LoadBalancer: 'production', TargetGroup: 'targetgroup/one/1' },
    });
    expect(sides?.blue.requests.dimensions.TargetGroup).toBe('targetgroup/two/2');
    expect(sides?.green.errors.map(({ metric }) => metric)).toEqual(['HTTPCode_Target_5XX_Count']);
  });

  it('is unknown while green is in no group yet, or there is no new revision', () => {
    expect(sidesOf(ecsRecord())).toBeUndefined();
    expect(sidesOf(ecsRecord({ groups: { 'arn:one': 'web:1' } }))).toBeUndefined();
    expect(sidesOf(lambdaRecord({ to: undefined } as never))).toBeUndefined();
  });

  it('is the version behind the alias, of a function', () => {
    const sides = sidesOf(lambdaRecord());
    expect(sides?.green.errors).toEqual([
      {
        namespace: 'AWS/Lambda',
        metric: 'Errors',
        dimensions: {
          FunctionName: 'storefront-api',
          Resource: 'storefront-api:live',
          ExecutedVersion: '2',
        },
      },
    ]);
  });

  it('is also the whole alias before the release, when a function had one version only', () => {
    const target = lambdaRecord();
    expect(beforeOf(target, sidesOf(target)!.blue).map(({ dimensions }) => dimensions)).toEqual([
      { FunctionName: 'storefront-api', Resource: 'storefront-api:live', ExecutedVersion: '1' },
      { FunctionName: 'storefront-api', Resource: 'storefront-api:live' },
    ]);
  });

  it('has the name of the revision in the dimensions of metrics of the pair', () => {
    const orders = {
      name: 'orders',
      namespace: 'Shop',
      metric: 'Orders',
      dimensions: { Shop: 'eu', Revision: 'api-$revision' },
      worse: 'fewer',
    };
    const registration = api({ metrics: [CustomMetric.parse(orders)] });
    const sides = sidesOf(lambdaRecord({ registration }));
    expect(sides?.green.custom[0]?.dimensions).toEqual({ Shop: 'eu', Revision: 'api-2' });
    expect(sides?.blue.custom[0]?.dimensions).toEqual({ Shop: 'eu', Revision: 'api-1' });
  });

  it('cannot be told without the revision in a dimension', () => {
    const { success, error } = CustomMetric.safeParse({
      name: 'orders',
      namespace: 'Shop',
      metric: 'Orders',
      dimensions: { Shop: 'eu' },
      worse: 'fewer',
    });
    expect(success).toBe(false);
    expect(error?.issues[0]?.message).toContain('nothing tells green from blue');
  });
});
