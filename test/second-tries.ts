/** A reporter that names every test whose first try failed: a second try that succeeds must not go unseen. */
import type { Reporter } from 'vitest/node';

export const secondTries: Reporter = {
  onTestRunEnd: (modules) => {
    for (const module of modules)
      for (const test of module.children.allTests()) {
        if ((test.diagnostic()?.retryCount ?? 0) === 0) continue;
        const { state } = test.result();
        console.warn(`Second try ${state}: ${module.relativeModuleId} > ${test.fullName}`);
        for (const { message } of test.result().errors ?? []) console.warn(`  ${message}`);
      }
  },
};
