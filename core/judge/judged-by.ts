/** The judge of a release under way: what it says by what it is given, and nothing else. */
import { pairTargets, type ReleaseRecord } from '../record/record.ts';
import { type Vote, vote } from '../record/vote.ts';
import {
  type Assessment,
  assessedTogether,
  judgeTarget,
  withTaskExits,
  withUnusual,
} from './assessment.ts';
import type { Basis } from './basis.ts';
import { casesOf } from './cases.ts';

/** The vote of an assessment. */
export const said = ({ says, judged, advice = [], ...verdict }: Assessment): Vote => ({
  ...vote('judge', verdict),
  ...(says.length > 0 ? { says: [...says] } : {}),
  ...(judged ? { judged: { ...judged } } : {}),
  ...(advice.length > 0 ? { advice: [...advice] } : {}),
});

/** Judges a release by what is known of its targets. */
export const judgedBy = (record: ReleaseRecord, basis: Basis): Vote => {
  const { release, policy, curve } = record;
  const drivers = pairTargets(record).map(({ driver }) => driver);
  const known = Object.entries(basis);
  const figures = known.flatMap(([name, one]) => (one.figures ? [[name, one.figures]] : []));
  const profiles = Object.fromEntries(known.map(([name, { profile }]) => [name, profile]));
  const { cases, comparisons } = casesOf(
    record,
    { release, targets: Object.fromEntries(figures) },
    profiles,
  );
  const assessments = cases.map((one) => {
    const { exits, unusual = [] } = basis[one.target] ?? {};
    const shift = { curve, drivers, isOver: record.targets[one.target]!.arrivedAt !== undefined };
    const found = judgeTarget({ ...one, shift }, policy.judgement, comparisons);
    return withUnusual(exits ? withTaskExits(found, one.target, exits) : found, unusual);
  });
  return said(assessedTogether(assessments, policy.judgement));
};
