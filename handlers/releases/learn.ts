import { taught, teaches } from '../../core/history/lesson.ts';
import { judgedTargets } from '../../core/judge/judging-window.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { eachOnItsOwn } from '../function/settle-each.ts';
import { changeProfile, seeFigures } from '../table/figures.ts';

const learn = async (record: ReleaseRecord): Promise<void> => {
  const { pair, release } = record;
  const { figures } = await seeFigures(pair, release);
  await eachOnItsOwn(judgedTargets(record), (target) =>
    changeProfile(pair, target.name, (kept) =>
      taught(kept, record, target, figures.targets[target.name]),
    ),
  );
};

/** Learns from a good release how its targets start, once for each release. What keeps it from learning is only logged. */
export const learnFrom = async (record: ReleaseRecord): Promise<void> => {
  if (teaches(record)) await eachOnItsOwn([record], learn);
};
