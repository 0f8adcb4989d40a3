import { checkWanted, readInput } from '../core/checks/input.ts';
import { written } from '../core/ledger.ts';
import { planRelease } from '../core/plan.ts';
import { type Reason, reason } from '../core/reason.ts';
import { movingTargets } from '../core/record.ts';
import type { ReleaseInput } from '../core/release.ts';
import { ValidateRelease } from '../core/steps/validate-release.ts';
import { takeOver } from './recovery.ts';
import { findRegistration } from './registrations.ts';
import { logger, step } from './step.ts';
import { findRelease, openRelease } from './table/releases.ts';
import { readTurn } from './table/turns.ts';
import { validate } from './validation.ts';

interface Start {
  readonly release: string;
  readonly execution: string;
  readonly now: string;
}

const refused = ({ release }: Start, reasons: readonly Reason[], pair = '') => ({
  outcome: 'refused' as const,
  pair,
  release,
  targets: [],
  cause: reasons.map(({ text, code }) => `${text} (${code})`).join(' '),
});

/** Whether another release of the pair has the turn. */
const isUnderWay = async (pair: string, release: string): Promise<boolean> => {
  const { owner } = await readTurn(pair);
  if (!owner || owner.release === release) return false;
  return (await findRelease(pair, owner.release))?.end === undefined;
};

const start = async (input: ReleaseInput, about: Start) => {
  const found = await findRegistration(input.pair);
  if (!('registration' in found)) {
    return refused(about, [
      found.problem === 'unknown'
        ? reason(
            'unknown-pair',
            `No pair ${input.pair} is registered: deploy its stack, or mend the name`,
          )
        : reason(
            'broken-registration',
            `The registration of ${input.pair} is broken: ${found.text}`,
          ),
    ]);
  }
  const { registration } = found;
  const open = await findRelease(input.pair, about.release);
  const wrong = checkWanted(input, registration);
  const { wanted, verdict } =
    wrong.length > 0
      ? { wanted: {}, verdict: { verdict: 'fail' as const, reasons: [...wrong] } }
      : await validate(input, registration, await isUnderWay(input.pair, about.release));
  const record =
    open ??
    planRelease(input, registration, {
      ...about,
      owner: about.execution,
      wanted,
      reasons: verdict.reasons,
    });
  if (!open) {
    const asked = Object.keys(input.targets).join(' and ');
    await openRelease(
      written(record, about.now, `${input.requestedBy} asked to release ${asked}: ${input.reason}`),
    );
  }
  logger.info('release validated', { release: about.release, verdict: verdict.verdict });
  return {
    outcome: record.reasons.length === 0 ? ('accepted' as const) : ('rejected' as const),
    pair: input.pair,
    release: about.release,
    targets: movingTargets(record).map(({ name }) => name),
    cause: '',
  };
};

/** Checks what was asked for against what is there, and opens the record of the release. */
export const handler = step(ValidateRelease, async ({ execution, input, now }) => {
  const about = { release: execution.slice(execution.lastIndexOf(':') + 1), execution, now };
  const read = readInput(input);
  if (read.kind === 'broken') return refused(about, read.reasons);
  if (read.kind === 'release') return start(read.input, about);
  const taken = await takeOver(read.release, about);
  return 'reasons' in taken ? refused({ ...about, release: read.release }, taken.reasons) : taken;
});
