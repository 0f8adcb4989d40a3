/** The stack of many small pairs, whose names begin alike: only the test that releases all of them deploys it. */
import { Stack } from 'aws-cdk-lib';
import { ReleasePair } from '../../../infra/pair/release-pair.ts';
import { fleetApp } from './fleet-app.ts';
import { fleetFunction } from './functions.ts';
import { ownBalancer } from './services.ts';
import { surroundings } from './stack.ts';

/** How many pairs there are, and how many of them have a service beside their function. */
const PAIRS = 14;
const WITH_A_SERVICE = 4;

/** Each pair with its targets: the family of a service; a function has none. Every name begins with the first one's. */
export const KIOSKS: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> =
  Object.fromEntries(
    Array.from({ length: PAIRS }, (_, index) => {
      const pair = index === 0 ? 'kiosk' : `kiosk-${index}`;
      return [pair, { ...(index < WITH_A_SERVICE ? { web: `${pair}-web` } : {}), api: undefined }];
    }),
  );

/** Synthesizes the stack `kiosks` into a folder. */
export const synthesizeKiosks = (outdir: string): void => {
  const app = fleetApp(outdir);
  const stack = new Stack(app, 'kiosks');
  const around = surroundings(stack, 'kiosks');
  for (const [pair, { web }] of Object.entries(KIOSKS))
    new ReleasePair(stack, `${pair}-pair`, {
      pair,
      join: 'manual',
      ...(web ? { ecs: ownBalancer(stack, web, 'web', around) } : {}),
      lambda: fleetFunction(stack, `${pair}-api`, 'api'),
    });
  app.synth();
};
