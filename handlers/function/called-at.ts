import { toMoment } from '../../core/text/time.ts';

/** The moment of this call, for the fact of a call that brings no time of its own: nothing is decided by it. */
export const calledAt = (): string => toMoment(Date.now());
