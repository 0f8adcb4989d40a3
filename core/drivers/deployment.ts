/** What a driver reads of a deployment, in words that belong to no platform. */

/** From nothing to the end; what rolls back, or is lost, may come after any of them. */
export type DeploymentState =
  /** Green is made; what a driver does not know is this too, since nothing unknown is ever taken for an end. */
  | 'coming-up'
  /** Green is whole, and no user meets it. */
  | 'held-before'
  | 'shifting'
  /** All traffic is on green, and blue is whole. */
  | 'held-after'
  /** It was answered, and blue is still kept. */
  | 'committed'
  | 'done'
  /** The deployment itself moves users back. */
  | 'rolling-back'
  | 'rolled-back'
  /** It failed, or was stopped. */
  | 'lost';

/** States in which a deployment changes nothing more. */
export const ENDED: readonly DeploymentState[] = ['done', 'rolled-back', 'lost'];

/** The state of a target's deployment; `absent` where there is none. */
export const stateOf = (
  deployment: { readonly state: DeploymentState } | undefined,
): DeploymentState | 'absent' => deployment?.state ?? 'absent';

/** What holds a deployment, as its platform shows it. */
export interface SeenHold {
  /** It holds the deployment now. */
  readonly open: boolean;
  /** When it began, in milliseconds since 1970; undefined while the platform does not show it. */
  readonly since?: number;
}

/** What was read of one deployment. Its driver makes this of what the platform shows. */
export interface DeploymentObservation {
  readonly id: string;
  readonly state: DeploymentState;
  /** The same as the platform names it, for people. */
  readonly status: string;
  /** Of a deployment that is lost: what ended it, as far as the protocol must know, and what the platform says of it. */
  readonly lost?: {
    readonly by: 'alarm' | 'timeout' | 'stop' | 'failure';
    readonly says?: string;
  };
  /** Holds that the platform shows, each once it has begun. */
  readonly holds: { readonly start?: SeenHold; readonly barrier?: SeenHold };
  /** The platform shows that it has not begun to move traffic. */
  readonly unmoved?: true;
  /** The deployment with which the platform itself rolls back. */
  readonly rollbackId?: string;
  /** Milliseconds since 1970. */
  readonly completedAt?: number;
}
