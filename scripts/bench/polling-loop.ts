/**
 * The way of a deployment script, for comparison: it creates both deployments, then asks for their status every
 * 30 seconds (`while true … sleep 30`), and when one of them fails it takes the other one back.
 */
import type { Stage } from '../../rehearsal/stage/stage.ts';
import { type Console, consoleOn, type Deployment, type Side } from './loop-deployment.ts';

/** Seconds between two looks. */
const SLEEP = 30;

const SIDES: readonly Side[] = ['web', 'api'];

type Deployments = Readonly<Record<Side, Deployment>>;

const isLost = ({ status }: Deployment) => status === 'Failed' || status === 'Stopped';
const hasEnded = (one: Deployment) => one.status === 'Succeeded' || isLost(one);
const all = (deployments: Deployments, test: (one: Deployment) => boolean) =>
  SIDES.every((side) => test(deployments[side]));
const some = (deployments: Deployments, test: (one: Deployment) => boolean) =>
  SIDES.some((side) => test(deployments[side]));

const look = async (aws: Console, ids: Readonly<Record<Side, string>>): Promise<Deployments> => ({
  web: await aws.look(ids.web),
  api: await aws.look(ids.api),
});

/** What became of a script's release. */
export interface LoopEnd {
  readonly end: 'Promoted' | 'RolledBack';
  /** When the script knew it (milliseconds of release time since 1970). */
  readonly knownAt: number;
}

/** Releases one version as a script does; its first look is `firstSleep` seconds after the start. */
export const releaseByLoop = async (
  stage: Stage,
  version: string,
  firstSleep: number,
): Promise<LoopEnd> => {
  const { clock } = stage.sandbox;
  const aws = consoleOn(stage);
  const sleep = (seconds: number) => clock.until(clock.sleep(seconds * 1000));
  const move = await aws.prepare(version);
  const ids = {
    web: await aws.deploy('web', move, false),
    api: await aws.deploy('api', move, false),
  };

  const until = async (
    which: Readonly<Record<Side, string>>,
    enough: (seen: Deployments) => boolean,
  ): Promise<Deployments> => {
    for (;;) {
      const seen = await look(aws, which);
      if (enough(seen)) return seen;
      await sleep(SLEEP);
    }
  };

  /** CodeDeploy undoes what it stopped; what had succeeded needs a deployment of the old revision. */
  const wayBack = async (side: Side, seen: Deployment): Promise<string> => {
    if (seen.status === 'Succeeded') {
      return aws.deploy(side, { from: move.to, to: move.from }, true);
    }
    if (!isLost(seen)) await aws.stop(seen.id);
    return (await aws.look(seen.id)).rollbackId ?? seen.id;
  };

  await sleep(firstSleep);
  const seen = await until(ids, (now) => all(now, hasEnded) || some(now, isLost));
  if (all(seen, ({ status }) => status === 'Succeeded')) {
    return { end: 'Promoted', knownAt: clock.now() };
  }
  const back = {
    web: await wayBack('web', seen.web),
    api: await wayBack('api', seen.api),
  };
  await until(back, (now) => all(now, hasEnded));
  return { end: 'RolledBack', knownAt: clock.now() };
};
