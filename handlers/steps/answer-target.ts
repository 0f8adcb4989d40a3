import { withAnswer } from '../../core/deployments/hook-answers.ts';
import { blueLetGo, guarded, owedTo } from '../../core/protocol/commit.ts';
import { AnswerTarget } from '../../core/steps/answer-target.ts';
import { attemptsAt, driverOf } from '../drivers/drivers.ts';
import { step } from '../function/step.ts';
import { changeOwned, readOwned } from '../releases/owned.ts';
import { changeRelease } from '../table/releases.ts';

/** Answers what a target waits for, now that the decision is written: its barrier, or after the guard the wait that keeps blue. */
export const handler = step(
  AnswerTarget,
  async ({ target: name, now, ...about }) => {
    const { pair, release } = about;
    const record = await readOwned(about);
    const owed = owedTo(record, name, now);
    if (owed === 'nothing') return { target: name, answered: false };
    if (owed !== 'end-of-guard') {
      const { deploymentId, event } = owed.answer;
      const answer = await driverOf(record.targets[name]!).answer(owed.answer, 'Succeeded');
      await changeRelease(
        pair,
        release,
        (current) => withAnswer(current, { deploymentId, event }, answer),
        {
          at: now,
          fact: () => ({ kind: 'barrier-answered', data: { target: name, answer } }),
        },
      );
      return { target: name, answered: true };
    }
    await changeOwned(about, (current) => guarded(current, now), {
      at: now,
      fact: () => ({ kind: 'guard-ended', data: {} }),
    });
    await driverOf(record.targets[name]!).endGuard(record.targets[name]!);
    await changeRelease(pair, release, (current) => blueLetGo(current, name, now), {
      at: now,
      fact: () => ({ kind: 'blue-let-go', data: { target: name } }),
    });
    return { target: name, answered: true };
  },
  attemptsAt('endWait', 'answer'),
);
