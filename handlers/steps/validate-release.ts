import { checkWanted, readInput } from '../../core/checks/input.ts';
import { NO_WAITS, waitFor, withWait } from '../../core/checks/patience.ts';
import { type Registration, unregistered } from '../../core/drivers/registration.ts';
import type { Happened } from '../../core/facts/kinds.ts';
import { refusalOf } from '../../core/people/summary.ts';
import { nameUsed } from '../../core/protocol/name-used.ts';
import { planAgain, planLost, planRelease, policyOf } from '../../core/protocol/plan.ts';
import { stuckBehind, type Turn } from '../../core/protocol/turn.ts';
import { movingTargets, type ReleaseRecord } from '../../core/record/record.ts';
import { askedOf, type ReleaseInput } from '../../core/release/input.ts';
import type { Policy } from '../../core/release/policy.ts';
import { inWords, type Reason, reason } from '../../core/release/reason.ts';
import { fail, type Verdict, worst } from '../../core/release/verdict.ts';
import { ValidateRelease } from '../../core/steps/validate-release.ts';
import { errorText, NotYetError } from '../../core/text/errors.ts';
import { oneLine } from '../../core/text/one-line.ts';
import { logger } from '../function/log.ts';
import { isPassing } from '../function/retryable.ts';
import { step } from '../function/step.ts';
import { pushedBefore, rememberImages } from '../pushes/pushed-before.ts';
import { notifyEnd } from '../releases/notify.ts';
import { takeOver } from '../releases/recovery.ts';
import { withRisk } from '../releases/say-risk.ts';
import { takenBackBefore } from '../releases/taken-back.ts';
import { changeRelease, findRelease, openRelease, tryRelease } from '../table/releases.ts';
import { readTurn } from '../table/turns.ts';
import { keepWaits, readWaits } from '../table/waits.ts';
import { findRegistration } from '../validation/registrations.ts';
import { type Validated, validate } from '../validation/validation.ts';

/** Characters of a reason that quotes what is wrong with a record. */
const LONGEST_PROBLEM = 600;

interface Start {
  readonly release: string;
  readonly execution: string;
  readonly now: string;
  readonly tries: number;
  /** When the execution was started. */
  readonly begun?: string | undefined;
}

const refused = ({ release }: Start, reasons: readonly Reason[], pair = '') => ({
  outcome: 'refused' as const,
  pair,
  release,
  targets: [],
  cause: inWords(reasons),
});

/** Refuses what has no registration to make a record by; its parent would wait for the end of it, so it is told here. */
const refuse = async (input: ReleaseInput, about: Start, reasons: readonly Reason[]) => {
  if (input.parent) await notifyEnd(refusalOf(input, about.release, reasons));
  return refused(about, reasons);
};

/** Whether another release of the pair has the turn; a reason where the record of that one cannot be read. */
const underWay = async (
  { owner }: Turn,
  pair: string,
  release: string,
): Promise<{ readonly isBusy: boolean; readonly stuck?: Reason }> => {
  if (!owner || owner.release === release) return { isBusy: false };
  const { record, problem } = await tryRelease(pair, owner.release);
  if (problem === undefined) return { isBusy: record?.end === undefined };
  const text = `Release ${owner.release} has the turn of the pair, and its record cannot be read, so Tandem cannot end it. Free the turn as docs/operations.md says ("Fix a record that cannot be read"), then start this release again. ${problem}`;
  return { isBusy: true, stuck: reason('turn-stuck', oneLine(text, LONGEST_PROBLEM)) };
};

/** What the machine is told of a release that has a record. */
const answer = (record: ReleaseRecord) => ({
  outcome: record.reasons.length === 0 ? ('accepted' as const) : ('rejected' as const),
  pair: record.pair,
  release: record.release,
  targets: movingTargets(record).map(({ name }) => name),
  cause: '',
});

/** Whether the pair is registered soundly. */
const registrationOf = async (pair: string) => {
  const found = await findRegistration(pair);
  if ('registration' in found) return found;
  return { reasons: [unregistered(pair, found)] };
};

const stuck = (before: string): Reason =>
  reason(
    'turn-stuck',
    `Release ${before} before this one needs attention: only a release that a person starts after it may touch the pair`,
  );

/** Lets the machine try again where a release waits; what it has waited for before it was started first or again counts no more. */
const waitIfSo = async (
  policy: Policy,
  found: Verdict,
  { pair, release, tries }: Pick<Start, 'release' | 'tries'> & { readonly pair: string },
): Promise<void> => {
  if (waitFor(policy, found, NO_WAITS) === undefined) return;
  const waits = tries === 0 ? NO_WAITS : await readWaits(pair, release);
  const kind = waitFor(policy, found, waits);
  if (kind === undefined) return;
  await keepWaits(pair, release, withWait(waits, kind));
  throw new NotYetError(inWords(found.reasons));
};

/** What AWS refuses to tell is a reason against the release, with a record and a message; what may pass is tried again. */
const untold = (error: unknown): Validated => {
  const isRefused = (error as { $fault?: string }).$fault === 'client' && !isPassing(error);
  if (!isRefused) throw error;
  const text = `AWS refused to tell what the release must know before it starts: ${errorText(error)}`;
  return { wanted: {}, versions: {}, verdict: fail(reason('target-missing', text)), red: [] };
};

/** What a registration and everything behind it say about a release that started at `since`. */
const look = async (
  input: ReleaseInput,
  registration: Registration,
  { release, tries }: Start,
  since: string,
): Promise<Validated> => {
  const wrong = checkWanted(input, registration);
  if (wrong.length > 0) return { wanted: {}, versions: {}, verdict: fail(...wrong), red: [] };
  const turn = await readTurn(input.pair);
  const before = stuckBehind(turn, { release, since, byEvent: input.eventId !== undefined });
  const { isBusy, stuck: unreadable } = await underWay(turn, input.pair, release);
  const { wanted, versions, verdict, red } = await validate(input, registration, isBusy).catch(
    untold,
  );
  const reasons = await pushedBefore(input, release);
  reasons.push(...(await takenBackBefore(input, registration, wanted)));
  if (before !== undefined) reasons.push(stuck(before));
  if (unreadable) reasons.push(unreadable);
  const found = reasons.length > 0 ? worst([fail(...reasons), verdict]) : verdict;
  await waitIfSo(policyOf(registration, input), found, { pair: input.pair, release, tries });
  return { wanted, versions, verdict: found, red };
};

/** The fact that a person let the release start under red alarms, where one did. */
const excusedFacts = ({ underRed }: ReleaseRecord): readonly Happened[] =>
  underRed
    ? [{ kind: 'alarms-excused', data: { reason: underRed.reason, alarms: underRed.alarms } }]
    : [];

/** The first facts of a release. */
const firstFacts = (input: ReleaseInput, record: ReleaseRecord): readonly Happened[] => [
  { kind: 'asked', data: askedOf(input) },
  ...excusedFacts(record),
  ...(record.risk ? [{ kind: 'risk-estimated' as const, data: record.risk }] : []),
];

/** The fact that the release has its turn. */
const checkedAgain: Happened = { kind: 'checked-again', data: {} };

const first = async (input: ReleaseInput, about: Start) => {
  const found = await registrationOf(input.pair);
  if ('reasons' in found) return refuse(input, about, found.reasons);
  const { wanted, versions, verdict, red } = await look(
    input,
    found.registration,
    about,
    about.now,
  );
  const record = planRelease(input, found.registration, {
    ...about,
    owner: about.execution,
    wanted,
    versions,
    reasons: verdict.reasons,
    red,
  });
  await rememberImages(record);
  const said = await withRisk(record);
  await openRelease(said, {
    at: about.now,
    by: { person: input.requestedBy },
    what: firstFacts(input, said),
  });
  return answer(record);
};

/** After a wait all of it is looked at again: the release before may have ended in any way, and people may have deployed. */
const again = async (input: ReleaseInput, about: Start, { targets, times }: ReleaseRecord) => {
  const found = await registrationOf(input.pair);
  const wanted = Object.fromEntries(Object.values(targets).map((one) => [one.name, one.wanted]));
  const seen =
    'reasons' in found
      ? { reasons: found.reasons, red: [] }
      : await look({ ...input, targets: wanted }, found.registration, about, times.started).then(
          ({ verdict, red }) => ({ reasons: verdict.reasons, red }),
        );
  const record = await changeRelease(
    input.pair,
    about.release,
    (current) =>
      'reasons' in found
        ? planLost(current, seen.reasons)
        : planAgain(current, input, found.registration, seen.reasons, {
            red: seen.red,
            now: about.now,
          }),
    { at: about.now, fact: (after) => [...excusedFacts(after), checkedAgain] },
  );
  return answer(record);
};

const start = async (input: ReleaseInput, about: Start) => {
  const open = await findRelease(input.pair, about.release);
  const used = open && nameUsed(open, about.begun);
  if (used) return refuse(input, about, [used]);
  // A step that is retried finds what its first try wrote.
  if (open && open.phase !== 'Waiting') return answer(open);
  const answered = open ? await again(input, about, open) : await first(input, about);
  logger.info('release validated', {
    pair: input.pair,
    release: about.release,
    outcome: answered.outcome,
  });
  return answered;
};

/** Checks what was asked for against what is there, and opens the record of the release. */
export const handler = step(ValidateRelease, async ({ execution, input, now, tries, begun }) => {
  const release = execution.slice(execution.lastIndexOf(':') + 1);
  const about = { release, execution, now, tries, begun };
  const read = readInput(input);
  if (read.kind === 'broken') return refused(about, read.reasons);
  if (read.kind === 'release') return start(read.input, about);
  const taken = await takeOver(read.release, about);
  return 'reasons' in taken ? refused({ ...about, release: read.release }, taken.reasons) : taken;
});
