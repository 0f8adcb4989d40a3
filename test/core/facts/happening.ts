import type { Happening } from '../../../core/facts/append.ts';
import type { Happened } from '../../../core/facts/kinds.ts';
import { momentAfter } from '../fixture.ts';

/** Something that a function of Tandem has done, minutes after the start of a release. */
export const happening = (what: Happened, minute = 0): Happening => ({
  at: momentAfter(minute),
  by: { handler: 'tandem' },
  what: [what],
});
