/** A sandbox with the storefront for a file of tests, and how unmodified clients reach it. */

import { type Served, serve } from '../../../rehearsal/session/serve.ts';
import { ASSEMBLY } from '../../../rehearsal/stage/synthesis.ts';

/** Service seconds in a real second. */
const SPEED = 60;

export const ACCOUNT = '111122223333';
const REGION = 'us-east-1';

/** Opens a sandbox on a free port; whoever opens it closes it. */
export const opened = (): Promise<Served> =>
  serve({ port: 0, speed: SPEED, assembly: ASSEMBLY, progress: () => undefined });

/** Environment in which a client program finds the sandbox, and nothing of this machine's settings. */
export const clientEnvironment = (url: string): Record<string, string | undefined> => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^AWS_/.test(name))),
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: 'sandbox',
  AWS_SECRET_ACCESS_KEY: 'sandbox',
  AWS_DEFAULT_REGION: REGION,
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_MAX_ATTEMPTS: '1',
});

/** Sets the variables that lead the JavaScript SDK of this process to the sandbox. */
export const leadHere = (url: string): void => {
  for (const [name, value] of Object.entries(clientEnvironment(url))) {
    if (/^AWS_/.test(name)) process.env[name] = value;
  }
  process.env.AWS_REGION = REGION;
};

/** Asks once in a while until something is there, for a real minute at most. */
export const eventually = async <T>(
  what: string,
  ask: () => Promise<T | undefined>,
): Promise<T> => {
  const end = performance.now() + 60_000;
  for (;;) {
    const found = await ask();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`${what} did not happen within a minute`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

export const arn = (service: string, name: string): string =>
  `arn:aws:${service}:${REGION}:${ACCOUNT}:${name}`;
