import { defineConfig } from 'vitest/config';
import { ROOM_FOR_THE_YOUNG } from './simulation/heap.ts';
import { secondTries } from './test/second-tries.ts';

/** `npm start` as a script reads it: it judges latency under load, so it runs when nothing else does. */
const TOUR = ['test/rehearsal/tour/tour.test.ts'];

/**
 * Programs that know AWS from models of their own, against the sandbox and the templates, and an app of somebody else
 * with the package: slow to start, and some are installed nowhere but in CI.
 */
const CLIENTS = [
  'test/sandbox/clients/**/*.test.ts',
  'test/sandbox/front/aws-cli.test.ts',
  'test/sandbox/front/boto3.test.ts',
  'test/infra/cfn-lint.test.ts',
  'test/infra/validation.test.ts',
  'test/package/package.test.ts',
];

/** Tests with real processes in scaled time. */
const REAL = [
  'test/rehearsal/days-*.test.ts',
  'test/cli/**/*.test.ts',
  'test/sandbox/aws/ecs/processes.test.ts',
  'test/sandbox/aws/elasticloadbalancing/draining.test.ts',
  'test/sandbox/containers/process-containers.test.ts',
];

/** What runs in real time starves while a shared machine stalls, so it has a second try; `test/second-tries.ts` names it. */
const secondTry = { retry: 1 };

/** Tests that mock clients of AWS for all modules of their process; each mocks those that it uses anew. */
const MOCKED = [
  'test/account/**/*.test.ts',
  'test/handlers/**/*.test.ts',
  'test/samples/**/*.test.ts',
];

/** Tests that list one more driver for all modules of their process: each has a process of its own. */
const APART = ['test/drivers/**/*.test.ts'];

/** Whole releases in virtual time. */
const SCENARIOS = ['test/scenarios/**/*.test.ts'];

/** Those that take as long as five others and that few changes concern: `npm run test:thorough` plays them. */
const LONG_SCENARIOS = process.env.SCENARIOS
  ? []
  : [
      'test/scenarios/bench.test.ts',
      'test/scenarios/bundles.test.ts',
      'test/scenarios/dashboard.test.ts',
      'test/scenarios/regions.test.ts',
      'test/scenarios/soak.test.ts',
      'test/scenarios/twenty-pairs.test.ts',
    ];

/** Laws of statistics that thousands of simulated pairs show: `npm run test:thorough` plays them. */
const STATISTICS = ['test/core/risk/calibration.test.ts'];

/** Whether roles may do more than all scenarios together have shown that they must: `npm run test:thorough`. */
const PRIVILEGES = ['test/privileges/**/*.test.ts'];

/** Long enough for the longest scenario on a machine that does other things as well. */
const patience = { testTimeout: 240_000, hookTimeout: 240_000 };

const common = {
  ...patience,
  env: { CDK_VALIDATION: 'false', POWERTOOLS_DEV: 'false', AWS_REGION: 'us-east-1' },
  globalSetup: ['test/temporary-folder.ts', 'test/synthesis.ts'],
  pool: 'forks' as const,
};

/** Projects with a higher number start when those with a lower one have ended. */
const inOrder = (groupOrder: number) => ({ sequence: { groupOrder } });

const quick = {
  ...inOrder(1),
  // One more than the cores of a small machine: tests of threads and of other programs mostly wait for them.
  maxWorkers: 3,
};

export default defineConfig({
  test: {
    reporters: ['default', secondTries],
    projects: [
      {
        test: {
          ...common,
          ...quick,
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: [
            ...[...MOCKED, ...APART, ...SCENARIOS, ...STATISTICS, ...PRIVILEGES],
            ...[...REAL, ...CLIENTS, ...TOUR],
          ],
          isolate: false,
        },
      },
      { test: { ...common, ...quick, name: 'mocked', include: MOCKED, isolate: false } },
      { test: { ...common, ...quick, name: 'apart', include: APART } },
      { test: { ...common, ...quick, name: 'statistics', include: STATISTICS } },
      {
        test: {
          ...common,
          ...inOrder(2),
          name: 'scenarios',
          include: SCENARIOS,
          exclude: LONG_SCENARIOS,
          // Each process loads every function once, for all its files.
          isolate: false,
          maxWorkers: 2,
          execArgv: [ROOM_FOR_THE_YOUNG],
        },
      },
      // Judges what the scenarios of the same run have used.
      { test: { ...common, ...inOrder(3), name: 'privileges', include: PRIVILEGES } },
      {
        // Mostly these wait: two at a time leave the processor free enough.
        test: {
          ...common,
          ...inOrder(4),
          ...secondTry,
          name: 'real',
          include: REAL,
          exclude: TOUR,
          maxWorkers: 2,
        },
      },
      { test: { ...common, ...inOrder(5), ...secondTry, name: 'tour', include: TOUR } },
      {
        test: {
          ...common,
          ...inOrder(6),
          ...secondTry,
          name: 'clients',
          include: CLIENTS,
          maxWorkers: 2,
        },
      },
    ],
  },
});
