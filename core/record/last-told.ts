import type { ReleaseRecord } from './record.ts';

/** Moment of the last line of a release's ledger: it is surely past. */
export const lastTold = ({ facts, times }: Pick<ReleaseRecord, 'facts' | 'times'>): string =>
  facts?.told?.at ?? times.started;
