/** A driver of nothing, in memory: it shows that core asks a driver, and knows none of AWS's. */
import type { Driver } from '../../core/drivers/driver.ts';
import { DRIVERS } from '../../core/drivers/drivers.ts';
import { until } from '../../core/drivers/shell.ts';
import type { Target } from '../../core/drivers/target.ts';
import { reason } from '../../core/release/reason.ts';
import { minutes } from '../../core/text/time.ts';
import { web } from '../core/fixture.ts';

/** Slots between which its traffic moves. */
export const SLOTS = ['slot-a', 'slot-b'] as const;

const NAME = 'fake' as Target['driver'];

/** A target that the fake moves. Its other members stand in for what a registration of its own would have. */
export const fakeTarget = (name = 'stall'): Target =>
  ({ ...web({ name }), driver: NAME }) as Target;

const awaitFree = (): readonly string[] => [until('free', 'fake status')];

/** Its holds are hooks, with names and times that no other driver has, and it keeps blue less well than a service. */
const fake: Driver = {
  name: NAME,
  kind: 'fake' as Target['kind'],
  platform: 'Fake',
  commitRank: 0.5,
  holds: {
    staged: true,
    start: { by: 'hook', event: 'FakeStart', lifetime: () => minutes(90), silence: 'rollback' },
    barrier: { by: 'hook', event: 'FakeBarrier', lifetime: () => minutes(50), silence: 'rollback' },
    guard: {
      by: 'wait',
      lifetime: ({ guardMinutes }) => minutes(guardMinutes + 10),
      silence: 'promote',
    },
    restorable: true,
  },
  curves: { 'all-at-once': 'Fake.AllAtOnce', 'canary 10 5': 'Fake.Canary' },
  metrics: {
    namespace: 'Fake',
    requests: 'Asked',
    errors: ['Failed'],
    answered: ['Answered'],
    latency: 'Took',
    latencyUnit: 1,
    failedByBalancer: undefined,
    onlyWhileSplit: false,
  },
  repositoryOf: () => 'fake/images',
  functionOf: () => undefined,
  versionAlarmsOf: () => ({ blue: [], green: [] }),
  dimensionsOf: ({ name }) => ({ Stall: [name], Slot: SLOTS }),
  sideOf: ({ groups = {} }, { name }) => {
    const slot = Object.keys(groups).find((one) => groups[one] === name);
    return slot === undefined ? undefined : { Slot: slot };
  },
  partsOf: () => SLOTS.map((Slot) => ({ Slot })),
  wrongWith: ({ name }, wanted, isBack) =>
    'image' in wanted && !(isBack && wanted.image === 'latest')
      ? []
      : [reason('wrong-revision', `${name} wants an image`, { target: name })],
  greenAddressOf: ({ to }) => to && { link: `http://${to.name}/`, note: 'It is in memory.' },
  scalableOf: () => undefined,
  rolesOf: () => ({}),
  commands: {
    look: (id) => `fake show ${id}`,
    awaitFree,
    stopAndWait: (_target, id) => [`fake stop ${id}`, ...awaitFree()],
    awaitOthers: (_target, id) => [`fake show ${id}`, ...awaitFree()],
    findAndWait: () => ['fake list', ...awaitFree()],
    endGuard: (id) => [`fake drop ${id}`],
    shift: (id) => [`fake shift ${id}`],
    bringBack: ({ from }) => [`fake serve ${from?.ref}`],
  },
  lostText: (target, { id }) => `Run ${id} of ${target} is gone`,
};

/** Lists the fake among the drivers, for the tests of one file. */
export const listFake = (): void => {
  Object.assign(DRIVERS, { [NAME]: fake });
};
