import type { StepName } from './names.ts';
import { AnalyzeMetrics } from './steps/analyze-metrics.ts';
import { AnswerTarget } from './steps/answer-target.ts';
import { CheckAlarms } from './steps/check-alarms.ts';
import { CloseRelease } from './steps/close-release.ts';
import { Decide } from './steps/decide.ts';
import { LaunchDeployment } from './steps/launch-deployment.ts';
import { Listen } from './steps/listen.ts';
import { Observe } from './steps/observe.ts';
import { PrepareTarget } from './steps/prepare-target.ts';
import { ProveRelease } from './steps/prove-release.ts';
import { RequestApproval } from './steps/request-approval.ts';
import { SetScaling } from './steps/set-scaling.ts';
import { StartShift } from './steps/start-shift.ts';
import { TakeBackTarget } from './steps/take-back-target.ts';
import { TakeTurn } from './steps/take-turn.ts';
import { ValidateRelease } from './steps/validate-release.ts';

/** Input and output schema of every step. Handlers import only their own; this is for tests, docs and tools. */
export const STEPS = {
  'validate-release': ValidateRelease,
  'take-turn': TakeTurn,
  'prepare-target': PrepareTarget,
  'set-scaling': SetScaling,
  'launch-deployment': LaunchDeployment,
  'prove-release': ProveRelease,
  'request-approval': RequestApproval,
  'start-shift': StartShift,
  observe: Observe,
  listen: Listen,
  decide: Decide,
  'answer-target': AnswerTarget,
  'take-back-target': TakeBackTarget,
  'close-release': CloseRelease,
  'check-alarms': CheckAlarms,
  'analyze-metrics': AnalyzeMetrics,
} satisfies Record<StepName, unknown>;
