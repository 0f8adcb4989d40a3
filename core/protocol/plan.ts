import { alarmsOfPair } from '../alarms/alarm-guard.ts';
import { underRedOf } from '../alarms/known-red.ts';
import type { Registration } from '../drivers/registration.ts';
import type { Target } from '../drivers/target.ts';
import type { ReleaseRecord, TargetRecord } from '../record/record.ts';
import type { Curve } from '../release/curve.ts';
import type { ReleaseInput, Wanted } from '../release/input.ts';
import { goesBack } from '../release/intent.ts';
import type { PolicyOverride } from '../release/policy.ts';
import type { Reason } from '../release/reason.ts';
import { oneLine } from '../text/one-line.ts';

const planTarget = (
  name: string,
  registration: Target,
  wanted: Wanted,
  version: string | undefined,
): TargetRecord => ({
  name,
  wanted,
  ...(version === undefined ? {} : { version }),
  registration,
  unchanged: false,
  launching: false,
  shifted: false,
  released: false,
  back: [],
  lane: { live: '', share: 0, status: 'not started' },
  equalReads: 0,
});

const given = (override: PolicyOverride = {}) =>
  Object.fromEntries(Object.entries(override).filter(([, value]) => value !== undefined));

/** The policy of a release: the pair's, with what the release itself asks for. */
export const policyOf = (
  { policy }: Pick<Registration, 'policy'>,
  { policy: override }: Pick<ReleaseInput, 'policy'>,
) => ({ ...policy, ...given(override) });

/** How traffic moves: as the release says, or else as the pair's policy does; the rollback is short. */
export const curveOf = (
  registration: Pick<Registration, 'policy'>,
  input: Pick<ReleaseInput, 'curve' | 'intent'>,
): Curve => input.curve ?? (goesBack(input) ? { type: 'all-at-once' } : registration.policy.curve);

/** Opens the record of a release: what it wants, under which policy, and what is already known against it. */
export const planRelease = (
  input: ReleaseInput,
  registration: Registration,
  about: {
    readonly release: string;
    readonly owner: string;
    readonly now: string;
    /** What each target shall run, images by digest. */
    readonly wanted: Readonly<Record<string, Wanted>>;
    /** The version of what each target shall run, where it is known. */
    readonly versions?: Readonly<Record<string, string | undefined>>;
    readonly reasons: readonly Reason[];
    /** Names of the pair's alarms that are red now. */
    readonly red?: readonly string[];
    /** When that was read, if it was later than `now`. */
    readonly readAt?: string;
  },
): ReleaseRecord => {
  const targets = Object.entries(about.wanted).flatMap(([name, wanted]) => {
    const target = registration.targets[name];
    return target
      ? [[name, planTarget(name, target, wanted, about.versions?.[name])] as const]
      : [];
  });
  const leftAlone = Object.entries(registration.targets).filter(
    ([name]) => !Object.hasOwn(input.targets, name),
  );
  const policy = policyOf(registration, input);
  const underRed = underRedOf(input, about.red ?? [], about.readAt ?? about.now);
  return {
    pair: registration.pair,
    release: about.release,
    owner: about.owner,
    intent: input.intent,
    requestedBy: oneLine(input.requestedBy),
    ...(input.authors ? { authors: input.authors.map((author) => oneLine(author)) } : {}),
    reason: oneLine(input.reason),
    ...(input.change ? { change: input.change } : {}),
    ...(input.parent ? { parent: input.parent } : {}),
    policy,
    curve: curveOf(registration, input),
    alarms: goesBack(input) ? [] : [...alarmsOfPair(registration)],
    ...(underRed ? { underRed } : {}),
    phase: 'Validating',
    decision: 'none',
    reasons: [...about.reasons],
    targets: Object.fromEntries(targets),
    leftAlone: Object.fromEntries(leftAlone),
    hooks: [],
    failedHooks: [],
    commands: { hold: false },
    times: { started: about.now },
    signals: 0,
  };
};

/**
 * The record of a release that has waited for its turn, as if it were planned now: the pair may have been deployed
 * anew meanwhile. What each target shall run stays what was asked for at first.
 */
export const planAgain = (
  record: ReleaseRecord,
  input: ReleaseInput,
  registration: Registration,
  reasons: readonly Reason[],
  { red = [], now }: { readonly red?: readonly string[]; readonly now: string },
): ReleaseRecord => {
  // Whoever took the release over meanwhile knows more than this reading.
  if (record.phase !== 'Waiting') return record;
  const { release, owner, times } = record;
  const before = Object.values(record.targets);
  const wanted = Object.fromEntries(before.map((target) => [target.name, target.wanted]));
  const versions = Object.fromEntries(before.map(({ name, version }) => [name, version]));
  const about = { release, owner, now: times.started, wanted, versions, reasons, red, readAt: now };
  const { policy, curve, alarms, underRed, targets, leftAlone, phase } = planRelease(
    input,
    registration,
    about,
  );
  return {
    ...record,
    policy,
    curve,
    alarms,
    ...(underRed ? { underRed } : {}),
    targets,
    leftAlone,
    phase,
    reasons: [...reasons, ...record.reasons],
  };
};

/** The record of a release whose registration is gone or broken when it has its turn. */
export const planLost = (record: ReleaseRecord, reasons: readonly Reason[]): ReleaseRecord =>
  record.phase === 'Waiting'
    ? { ...record, phase: 'Validating', reasons: [...reasons, ...record.reasons] }
    : record;
