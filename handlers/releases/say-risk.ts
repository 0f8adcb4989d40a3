import type { ReleaseRecord } from '../../core/record/record.ts';
import { goesBack } from '../../core/release/intent.ts';
import { riskOf } from '../../core/risk/risk.ts';
import { logger } from '../function/log.ts';
import { pastOf } from '../table/past.ts';

/** Releases of the past that are read, and how long they may take. */
const MOST = 30;
const PATIENCE_SECONDS = 5;

/**
 * The record with the risk of its release. It stays as it is where nothing is known, where the release rolls back, and
 * where it is rejected already. History that cannot be read stops nothing: then no risk is said.
 */
export const withRisk = async (record: ReleaseRecord): Promise<ReleaseRecord> => {
  if (goesBack(record) || record.reasons.length > 0) return record;
  try {
    const past = await pastOf(record.pair, MOST, AbortSignal.timeout(PATIENCE_SECONDS * 1000));
    const plan = { curve: record.curve, bakeMinutes: record.policy.bakeMinutes };
    const risk = riskOf(record.change, past, plan, record.times.started);
    return risk ? { ...record, risk } : record;
  } catch (error) {
    logger.warn('no risk is said: the history was not read', { problem: String(error) });
    return record;
  }
};
