import * as z from 'zod/mini';
import '../text/schema.ts';

/** The phases of a release in their order, each with its meaning. */
export const PHASES = {
  Validating: 'Tandem checks the input against the account.',
  Waiting: 'The release waits for its turn.',
  Preparing: 'Tandem makes the new revisions.',
  Staging: 'Green comes up where no user can reach it.',
  Proving: 'Green is checked, alone and together with blue, and warmed right before the shift.',
  Asking: 'Approvers check green before users meet it.',
  Shifting: 'Traffic moves from blue to green.',
  Holding:
    'All traffic is on green, blue still runs; Tandem watches alarms and metrics, then decides.',
  Guarding: 'The decision is promote; an alarm still rolls both targets back.',
  RollingBack: 'Every target is rolled back to the revision it came from.',
  Ended: 'The release is over and its turn is free.',
} as const;

export const Phase = z.enum(Object.keys(PHASES) as [keyof typeof PHASES]);
export type Phase = keyof typeof PHASES;
