import * as z from 'zod/mini';
import '../text/schema.ts';

/** The ends of a release; the value says what each means. Failing ends are the execution's error name. */
export const ENDS = {
  Promoted: 'Every target serves the new revision to everybody.',
  Unchanged: 'Every target served the wanted revision already.',
  Superseded: 'A newer release took the place before this one had its turn.',
  Rejected: 'The release ended before any user met it.',
  RolledBack: 'Traffic had moved; every target serves its old revision again.',
  Aborted: 'A person ended the release; every target serves its old revision.',
  NeedsAttention:
    'A target is not where it should be; Tandem changes nothing more, and a person must act.',
} as const;

export const End = z.enum(Object.keys(ENDS) as [keyof typeof ENDS]);
export type End = keyof typeof ENDS;

/** Ends that let the execution succeed; all others fail it with the end's name. */
export const SUCCEEDING: readonly End[] = ['Promoted', 'Unchanged', 'Superseded'];
