/** The laws of facts: they give the record, and every decision follows from them again, those of the judge from its figures. */
import { isDeepStrictEqual } from 'node:util';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { toldOf } from '../../core/facts/append.ts';
import { chainOf, folded, type Link } from '../../core/facts/chain.ts';
import { RELEASES, releaseKey } from '../../core/keys.ts';
import { TABLE } from '../../core/names.ts';
import { replayed } from '../../core/protocol/replay.ts';
import { readRecord } from '../../core/record/read-record.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import type { Stage } from '../stage/stage.ts';
import { DUTY_ROLE } from './person/person.ts';

/** Notes from now on whose records a person changes past Tandem: ids of releases. */
export const watchEdits = ({ sandbox }: Stage): ReadonlySet<string> => {
  const edited = new Set<string>();
  sandbox.watch(({ service, operation, principal, input }, outcome) => {
    if (service !== 'dynamodb' || operation !== 'UpdateItem' || 'error' in outcome) return;
    const isPerson = principal.kind !== 'role' || principal.arn.endsWith(`/${DUTY_ROLE}`);
    const key: string | undefined = (input as any).Key?.sk?.S;
    if (isPerson && key?.startsWith(RELEASES)) edited.add(key.slice(RELEASES.length));
  });
  return edited;
};

/** What follows otherwise from the facts than it was decided, a sentence each. */
const decidedOtherwise = (
  release: string,
  facts: readonly Link[],
  bases: readonly string[],
): readonly string[] =>
  replayed(facts, bases).flatMap(({ n, was, now, different, same }) => {
    const also = different.length > 0 ? `, with other ${different.join(', ')}` : '';
    return same ? [] : [`fact ${n} of ${release}: ${was} was decided, ${now} follows now${also}`];
  });

/**
 * What is wrong with the facts of a release, and whether a person wrote its end past Tandem. What was `edited` by hand
 * gave decisions that do not follow from facts.
 */
export const factsBroken = async (
  stage: Stage,
  { pair, release }: ReleaseRecord,
  edited: boolean,
): Promise<{ readonly problems: readonly string[]; readonly byHand: boolean }> => {
  const { Item } = await stage.sandbox.call('dynamodb', 'GetItem', {
    TableName: TABLE,
    Key: marshall(releaseKey(pair, release)),
    ConsistentRead: true,
  });
  const record = readRecord(unmarshall(Item).body);
  try {
    const facts = chainOf(record.facts, await stage.facts({ pair, release }));
    const byHand = record.end !== undefined && !facts.some(({ kind }) => kind === 'ended');
    const isTold = isDeepStrictEqual(folded(facts), { ...toldOf(record), facts: record.facts });
    const problems = [
      ...(isTold || byHand ? [] : [`the facts of ${release} do not give its record`]),
      ...(edited ? [] : decidedOtherwise(release, facts, await stage.bases({ pair, release }))),
    ];
    return { problems, byHand };
  } catch (error) {
    return { problems: [`${release}: ${(error as Error).message}`], byHand: false };
  }
};
