import type { ReleaseRecord } from './record.ts';

/** When people were last told something of a release: a moment that is sure to be past. */
export const lastTold = ({ facts, times }: Pick<ReleaseRecord, 'facts' | 'times'>): string =>
  facts?.told?.at ?? times.started;
