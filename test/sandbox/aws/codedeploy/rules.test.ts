import { describe, expect, it } from 'vitest';
import type { Quirks } from '../../../../packages/sandbox/quirks.ts';
import { account } from './account.ts';
import { PROD, TEST, TG_A, TG_B } from './neighbours.ts';

const OTHER = 'arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/other/9';
const BLUE = { [TG_A]: 1 };
const GREEN = { [TG_B]: 100, [TG_A]: 0 };

/** An account whose listeners answer 404 by themselves, with rules for the service and for another one. */
const behindRules = async (quirks: Partial<Quirks> = {}) => {
  const aws = account(quirks);
  aws.world.listeners = {};
  Object.assign(aws.world.rules, {
    other: { listener: PROD, weights: { [OTHER]: 1 } },
    shop: { listener: PROD, weights: { ...BLUE } },
    test: { listener: TEST, weights: { ...BLUE } },
  });
  await aws.withEcs();
  return aws;
};

describe('a service behind rules of a listener', () => {
  it('is moved there, and nothing else of the listener is touched', async () => {
    const aws = await behindRules();

    expect(await aws.end(await aws.deployEcs())).toMatchObject({ status: 'Succeeded' });

    expect(aws.world.listeners).toEqual({});
    expect(aws.world.rules).toEqual({
      other: { listener: PROD, weights: { [OTHER]: 1 } },
      shop: { listener: PROD, weights: GREEN },
      test: { listener: TEST, weights: GREEN },
    });
  });

  it.each([
    ['all', GREEN, GREEN],
    ['first', GREEN, BLUE],
  ] as const)(
    'is moved in several actions as the quirk says: %s',
    async (movedActions, rule, other) => {
      const aws = await behindRules({ movedActions });
      aws.world.listeners[PROD] = { ...BLUE };

      await aws.end(await aws.deployEcs());

      expect(aws.world.rules.shop?.weights).toEqual(rule);
      expect(aws.world.listeners[PROD]).toEqual(other);
    },
  );

  it('is not deployed where no rule leads to it', async () => {
    const aws = await behindRules();
    delete aws.world.rules.shop;

    expect(await aws.end(await aws.deployEcs())).toMatchObject({
      status: 'Failed',
      errorInformation: { code: 'ELASTIC_LOAD_BALANCING_INVALID' },
    });
  });
});
