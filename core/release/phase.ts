import * as z from 'zod/mini';
import '../text/schema.ts';

/** The phases of a release in their order, each with its meaning. */
export const PHASES = {
  Validating: 'What was asked for is checked against what is there.',
  Waiting: 'The release waits for its turn.',
  Preparing: 'The new revisions are made.',
  Staging: 'Green comes up where no user can reach it.',
  Proving: 'Green is checked, alone and together with blue, and warmed right before the shift.',
  Asking: 'A person looks at green before any user does.',
  Shifting: 'Traffic moves from blue to green.',
  Holding: 'All traffic is on green, blue is whole; the release watches and then decides.',
  Guarding: 'The decision is written; alarms may still take both sides back.',
  RollingBack: 'Every target is rolled back to the revision it came from.',
  Ended: 'The release is over and its turn is free.',
} as const;

export const Phase = z.enum(Object.keys(PHASES) as [keyof typeof PHASES]);
export type Phase = keyof typeof PHASES;
