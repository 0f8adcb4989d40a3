import type { ReleaseRecord } from '../../core/record/record.ts';
import { inWords } from '../../core/release/reason.ts';
import { logger } from './log.ts';

/** Tells in the log what a release has decided, and why: the dashboard of its pair shows these lines. */
export const logDecision = ({ pair, release, decision, reasons }: ReleaseRecord): void =>
  logger.info('decided', { pair, release, decision, because: inWords(reasons) });
