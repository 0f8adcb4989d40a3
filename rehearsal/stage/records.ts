import { recordsOf } from '../../account/records.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import type { Stage } from './stage.ts';

/**
 * Reads records of releases, each again only when something has been written since: a scenario asks for one every
 * second of service time, mostly in vain.
 */
export const recordReader = (
  { sandbox, account }: Pick<Stage, 'sandbox' | 'account'>,
  pair: string,
): Stage['record'] => {
  const { recordOf } = recordsOf(account);
  const known = new Map<string, ReleaseRecord | undefined>();
  let writes = 0;
  sandbox.watch(({ service, operation }) => {
    if (service !== 'dynamodb' || ['GetItem', 'Query'].includes(operation)) return;
    writes += 1;
    known.clear();
  });
  return async (release) => {
    if (known.has(release)) return known.get(release);
    const before = writes;
    const record = await recordOf(pair, release);
    if (writes === before) known.set(release, record);
    return record;
  };
};
