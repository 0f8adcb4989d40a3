/** What each driver is tried with: a target, every place where its sides may be, and what a release may name of it. */
import type { MovedTarget } from '../../core/drivers/driver.ts';
import type { Target } from '../../core/drivers/target.ts';
import type { Wanted } from '../../core/release/input.ts';
import { api, web } from '../core/fixture.ts';
import { fakeTarget, SLOTS } from './fake.ts';

/** The world of one driver. */
export interface World {
  readonly registration: Target;
  /** The program of its commands. */
  readonly program: string;
  /** The target with its green whole, once for each place where its sides may be. */
  readonly places: readonly MovedTarget[];
  /** What a release may name, and what a rollback may. */
  readonly takes: readonly Wanted[];
  readonly takesBack: readonly Wanted[];
  /** What no release may name, and what no rollback may. */
  readonly refuses: readonly Wanted[];
  readonly refusesBack: readonly Wanted[];
}

const from = { name: 'web:41', ref: 'arn:web:41' };
const to = { name: 'web:42', ref: 'arn:web:42' };

/** The sides in two groups, one way and the other: they swap with every release. */
const swapped = ([one, other]: readonly [string, string]) => [
  { [one]: from.name, [other]: to.name },
  { [one]: to.name, [other]: from.name },
];

const service = web();
const testAddress = { origin: 'http://lb.example.com:9001', internal: false };
const stall = fakeTarget();

/** Every world, by the name of its driver. */
export const WORLDS: Readonly<Record<string, World>> = {
  'codedeploy-ecs': {
    registration: service,
    program: 'aws',
    places: swapped(service.targetGroups).map((groups) => ({
      registration: service,
      from,
      to,
      groups,
      testAddress,
    })),
    takes: [
      { image: 'storefront/web:2' },
      { taskDefinition: 'web:2' },
      { taskDefinition: 'latest' },
    ],
    takesBack: [{ image: 'storefront/web:2' }, { taskDefinition: 'web:2' }],
    refuses: [
      { image: 'storefront/api:2' },
      { image: 'no image' },
      { taskDefinition: 'web' },
      { version: '2' },
    ],
    refusesBack: [{ taskDefinition: 'latest' }, { version: '2' }],
  },
  'codedeploy-lambda': {
    registration: api(),
    program: 'aws',
    places: [
      {
        registration: api(),
        from: { name: '41', ref: '41' },
        to: { name: '42', ref: '42' },
      },
    ],
    takes: [{ version: '2' }, { version: 'latest' }],
    takesBack: [{ version: '2' }],
    refuses: [
      { version: '$LATEST' },
      { version: '02' },
      { image: 'storefront/api:2' },
      { taskDefinition: 'api:2' },
    ],
    refusesBack: [{ version: 'latest' }, { image: 'storefront/api:2' }],
  },
  fake: {
    registration: stall,
    program: 'fake',
    places: swapped(SLOTS).map((groups) => ({ registration: stall, from, to, groups })),
    takes: [{ image: '2' }],
    takesBack: [{ image: '1' }],
    refuses: [{ version: '2' }],
    refusesBack: [{ image: 'latest' }],
  },
};
