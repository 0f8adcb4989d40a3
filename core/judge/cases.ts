/** What there is to judge in a release: a case for each target whose users may meet green. */
import type { Tally } from '../analysis/tally.ts';
import type { Profile } from '../analysis/warm-up.ts';
import type { ReleaseRecord } from '../record/record.ts';
import type { Evidence } from './evidence.ts';
import { judgedTargets } from './judging-window.ts';
import { PERIOD } from './measures.ts';
import { pairedMarks } from './slow-thresholds.ts';
import { type Case, judgedIn } from './verdict.ts';

/** The tally before anything was counted. */
const NOTHING: Tally = { errors: { seconds: PERIOD, rows: [] } };

/** The case of each target, by what is known of it, and how many things are judged in all of them. */
export const casesOf = (
  record: ReleaseRecord,
  { targets: evidence }: Evidence,
  profiles: Readonly<Record<string, Profile | undefined>>,
): { readonly cases: readonly Case[]; readonly judged: number } => {
  const cases = judgedTargets(record).map(({ name, registration: { metrics } }): Case => {
    const { tally = NOTHING, ...kept } = evidence[name] ?? { marks: [] };
    return { target: name, tally, marks: pairedMarks(kept), metrics, profile: profiles[name] };
  });
  return { cases, judged: cases.reduce((sum, { metrics }) => sum + judgedIn(metrics), 0) };
};
