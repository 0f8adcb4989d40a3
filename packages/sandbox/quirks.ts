/**
 * Behaviour of AWS that no document settles. Each switch is one of the readings; the protocol must hold
 * under all of them.
 */
export interface Quirks {
  /** Whether an ECS deployment reaches Ready before or after its BeforeAllowTraffic hook. */
  readonly readyWait: 'before-BeforeAllowTraffic' | 'after-BeforeAllowTraffic';
  /** Whether a deployment that CodeDeploy made as a rollback runs the hooks of its AppSpec. */
  readonly hooksInRollback: boolean;
  /** Whether StopDeployment waits (status Pending) until a hook in progress has been answered or has expired. */
  readonly stopWaitsForHook: boolean;
  /** Whether a red alarm blocks a rollback deployment that CodeDeploy starts by itself. */
  readonly alarmBlocksRollback: boolean;
  /** Seconds of service time between a terminal status and the appearance of `rollbackInfo`. */
  readonly rollbackInfoDelay: number;
  /** What happens to each EventBridge event of an AWS service. */
  readonly events: 'once' | 'lost' | 'twice' | 'late';
  /** How often CodeDeploy invokes a hook function for one lifecycle event. */
  readonly hookInvocations: 1 | 2;
  /** Which digest ECS reports of a container whose image is an index: its own, or that of the image for the platform. */
  readonly digestOfIndex: 'index' | 'child';
  /**
   * Whether `imagePushedAt` of an image moves when a further tag is put on it. Users report that it does not
   * (aws/containers-roadmap issues 214 and 2746); no document says so.
   */
  readonly tagMovesPushTime: boolean;
  /**
   * What a deployment moves where several actions of a listener, of rules or its default one, forward to the target
   * groups of the pair: all of them, or only the first that a request meets.
   */
  readonly movedActions: 'all' | 'first';
  /**
   * Seconds from the end of a minute until figures of AWS services about it can be read, on average: those of each
   * metric arrive at a moment of their own between half of it and one and a half times as much. 0: at once.
   */
  readonly metricDelay: number;
  /** Whether ListDeployments lists the newest first, or in no order that means anything. */
  readonly listDeployments: 'newest-first' | 'in-no-order';
  /**
   * Whether the reads of a deployment's targets are authorised on its group (CodeDeploy's guide) or on nothing but
   * `*` (service authorization reference). The writes are on the group in refusals that people have shown.
   */
  readonly targetReadsOn: 'group' | 'nothing';
  /** Which functions go idle when nobody invokes them: those in a VPC (documented), or every one (seen, too). */
  readonly idleFunctions: 'in-vpc' | 'every';
  /** Hours without an invocation after which a function goes idle; AWS tells no number, 14 days were seen. */
  readonly idleHours: number;
}

export const documentedQuirks: Quirks = {
  readyWait: 'before-BeforeAllowTraffic',
  hooksInRollback: false,
  stopWaitsForHook: false,
  alarmBlocksRollback: false,
  rollbackInfoDelay: 0,
  events: 'once',
  hookInvocations: 1,
  digestOfIndex: 'index',
  tagMovesPushTime: false,
  movedActions: 'all',
  metricDelay: 120,
  listDeployments: 'newest-first',
  targetReadsOn: 'group',
  idleFunctions: 'in-vpc',
  idleHours: 14 * 24,
};
