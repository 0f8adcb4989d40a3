/** A deployment of the model's CodeDeploy, and the nature of the group that it runs in. */

import { BARRIER, START } from '../../../core/drivers/codedeploy/events.ts';
import type { ShownDeployment } from '../../../core/drivers/codedeploy/observed.ts';
import type { Curve } from '../../../core/release/curve.ts';
import { minutes } from '../../../core/text/time.ts';

/** Where a deployment stands; `start` and `barrier` wait for hooks. */
export type Stage =
  | 'installing'
  | 'ready'
  | 'start'
  | 'shifting'
  | 'barrier'
  | 'termination'
  | 'finishing'
  | 'over';

/** The stage that each wait of CodeDeploy's holds. */
export const STAGE_OF = { start: 'ready', guard: 'termination' } as const;

/** The lifecycle event whose hook each stage waits for. */
export const EVENT_OF: Partial<Record<Stage, string>> = { start: START, barrier: BARRIER };

/** How a group behaves, its faults included; seconds and minutes of service time. */
export interface Nature {
  readonly installSeconds: number;
  readonly readyMinutes: number;
  readonly terminationMinutes: number;
  /** Forward deployments fail so many seconds after they have entered this stage. */
  readonly fails?: { readonly stage: Stage; readonly seconds: number } | undefined;
  /** Forward deployments never leave this stage by themselves. */
  readonly hangs?: Stage | undefined;
  /** So many of the deployments that roll back fail, CodeDeploy's own first. */
  readonly failingReturns: number;
  /** Seconds that StopDeployment stays Pending. */
  readonly stopSeconds: number;
  readonly stopWaitsForHook: boolean;
  /** Seconds after which a rollback of CodeDeploy's is shown on the deployment that it undoes. */
  readonly rollbackInfoSeconds: number;
  /** Seconds by which what is read of a deployment is behind what has happened to it. */
  readonly viewSeconds: number;
  /** Seconds by which what is read of the traffic is behind. */
  readonly trafficSeconds: number;
  /** Seconds after the beginning of a wait in which CodeDeploy refuses the word that ends it. */
  readonly deafSeconds: number;
  /** What CodeDeploy's rollback of a function deploys, if not what the alias pointed at. */
  readonly lastSuccessful?: string | undefined;
}

/** One deployment as CodeDeploy knows it. */
export interface Deployment {
  readonly id: string;
  readonly description: string | undefined;
  readonly creator: string;
  readonly undoes: string | undefined;
  readonly wanted: string;
  /** Revision that served when the deployment was made. */
  readonly base: string;
  readonly hooks: boolean;
  readonly curve: Curve;
  status: string;
  stage: Stage;
  /** When the stage ends by itself, when it fails, when a stop takes effect: milliseconds. */
  due: number;
  failAt: number;
  stopAt: number;
  stopRollsBack: boolean;
  stepsLeft: { readonly percent: number; readonly after: number }[];
  events: Record<string, { status: string; startedAt?: number }>;
  /** When the stage began: milliseconds. */
  since: number;
  terminationWait: boolean;
  completedAt?: number;
  rollbackId?: string;
  rollbackShownFrom?: number;
}

/** What CreateDeployment is told. */
export interface Order {
  readonly description?: string;
  readonly creator?: string;
  readonly undoes?: string;
  readonly wanted: string;
  readonly hooks: boolean;
  readonly curve: Curve;
}

/** The steps of a curve: a share, and the milliseconds before it. */
export const stepsOf = (curve: Curve) => {
  if (curve.type === 'all-at-once') return [{ percent: 100, after: 0 }];
  const count = curve.type === 'canary' ? 2 : Math.ceil(100 / curve.percent);
  return Array.from({ length: count }, (_, index) => ({
    percent: index === count - 1 ? 100 : curve.percent * (index + 1),
    after: index === 0 ? 0 : minutes(curve.minutes),
  }));
};

/** What CodeDeploy shows of a deployment. */
export const shownOf = ({
  id,
  status,
  events,
  terminationWait,
  completedAt,
}: Deployment): ShownDeployment => ({
  id,
  status,
  events: Object.fromEntries(Object.entries(events).map(([name, event]) => [name, { ...event }])),
  terminationWait,
  ...(completedAt === undefined ? {} : { completedAt }),
});

/** The traffic once this percent of it is on the new revision. */
export const splitOf = ({ wanted, base }: Deployment, percent: number) =>
  new Map(
    [[wanted, percent] as const, [base, 100 - percent] as const].filter(([, share]) => share > 0),
  );
