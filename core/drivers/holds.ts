import type { Target } from '../release/target.ts';
import { START } from './codedeploy/events.ts';

/** What holds a target at a point of the protocol: data, so that no step asks for the kind of a target. */
export type Hold =
  | { readonly by: 'codedeploy-hook'; readonly event: string }
  | { readonly by: 'codedeploy-ready' }
  | { readonly by: 'codedeploy-termination' };

/** How the targets of a driver are held. Every driver is held at the barrier as well. */
interface Holds {
  /** Green comes up before the shift, behind a test listener; else the deployment begins with the shift. */
  readonly staged: boolean;
  /** What holds green before any user meets it. */
  readonly start: Hold;
  /** What keeps blue after the decision; undefined where nothing does. */
  readonly guard: Hold | undefined;
  /** Its traffic can be set right without a deployment. */
  readonly restorable: boolean;
}

const HOLDS: Readonly<Record<Target['driver'], Holds>> = {
  'codedeploy-ecs': {
    staged: true,
    start: { by: 'codedeploy-ready' },
    guard: { by: 'codedeploy-termination' },
    restorable: false,
  },
  'codedeploy-lambda': {
    staged: false,
    start: { by: 'codedeploy-hook', event: START },
    guard: undefined,
    restorable: true,
  },
};

/** How a target is held. */
export const holdsOf = ({ registration }: { readonly registration: Target }): Holds =>
  HOLDS[registration.driver];

/** Whether the target's green comes up before the shift. */
export const isStaged = (target: { readonly registration: Target }): boolean =>
  holdsOf(target).staged;
