import { defineConfig } from 'vitest/config';

/** Tests with real processes, sockets and scaled time; they run when nothing else does. */
const REAL = [
  'test/rehearsal/**/*.test.ts',
  'test/sandbox/clients/**/*.test.ts',
  'test/cli/**/*.test.ts',
];

const common = {
  env: { CDK_VALIDATION: 'false', POWERTOOLS_DEV: 'false', AWS_REGION: 'us-east-1' },
  globalSetup: ['test/synthesis.ts'],
  testTimeout: 60_000,
  hookTimeout: 60_000,
  pool: 'forks' as const,
};

export default defineConfig({
  test: {
    // One more than the cores of a small machine: scenarios of throttled calls mostly wait for the SDK's pauses.
    maxWorkers: 3,
    projects: [
      { test: { ...common, name: 'fast', include: ['test/**/*.test.ts'], exclude: REAL } },
      {
        test: {
          ...common,
          name: 'real',
          include: REAL,
          testTimeout: 240_000,
          // Mostly they wait: two at a time leave the processor free enough for alarms on latency.
          maxWorkers: 2,
        },
      },
    ],
  },
});
