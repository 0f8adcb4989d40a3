import { alarmsOfPair, checkAlarmsGuard } from '../core/checks/alarm-guard.ts';
import { checkAlarms, redAlarms } from '../core/checks/alarms.ts';
import { checkAlias } from '../core/checks/alias.ts';
import { checkCurve, customConfigurations } from '../core/checks/curve.ts';
import { checkGroup } from '../core/checks/group.ts';
import { checkImageScan } from '../core/checks/image-scan.ts';
import { missingVersion } from '../core/checks/input.ts';
import { checkOlder } from '../core/checks/older.ts';
import { checkService } from '../core/checks/service.ts';
import { checkVersion } from '../core/checks/version.ts';
import type { Curve } from '../core/curve.ts';
import { goesBack } from '../core/intent.ts';
import { newerImage } from '../core/missed-push.ts';
import { curveOf, policyOf } from '../core/plan.ts';
import type { Policy } from '../core/policy.ts';
import { type Reason, reason } from '../core/reason.ts';
import type { Registration } from '../core/registration.ts';
import { type ReleaseInput, readImage, type Wanted } from '../core/release.ts';
import type { LambdaTarget, Target } from '../core/target.ts';
import { fail, pass, type Verdict, worst } from '../core/verdict.ts';
import { agesOf } from './ages.ts';
import { imagesOf } from './images.ts';
import { readAlarms } from './reading/alarms.ts';
import { readAlias } from './reading/alias.ts';
import { configurationNames, readGroup } from './reading/group.ts';
import { resolveImage } from './reading/image.ts';
import { readScan } from './reading/image-scan.ts';
import { readService } from './reading/service.ts';
import { readVersion } from './reading/version.ts';

/** What validation found: what each target shall run, by digest, and what speaks against it. */
export interface Validated {
  readonly wanted: Readonly<Record<string, Wanted>>;
  readonly verdict: Verdict;
  /** Names of the pair's alarms that are red. */
  readonly red: readonly string[];
}

interface Resolved {
  readonly wanted: Wanted;
  readonly reasons: readonly Reason[];
}

/** What speaks against a version of a function. One that is still being made speaks for nothing yet: Prepare waits for it. */
const against = async (target: LambdaTarget, wanted: string): Promise<readonly Reason[]> => {
  const version = wanted === 'latest' ? '$LATEST' : wanted;
  const reading = await readVersion(target, version);
  if (reading) {
    const { verdict, reasons } = checkVersion(target, version, reading);
    return verdict === 'fail' ? reasons : [];
  }
  // Without a function there is no alias either, which says more.
  if (wanted === 'latest') return [];
  return [missingVersion(target.name, wanted)];
};

const resolve = async (target: Target, wanted: Wanted): Promise<Resolved> => {
  if ('image' in wanted) {
    const found = await resolveImage(target.name, wanted.image);
    if (!('image' in found)) return { wanted, reasons: found.reasons };
    // A tag is looked up in our own registry: the same tag of another one may be anything.
    const { host } = readImage(wanted.image)!;
    return host === undefined || found.image.startsWith(`${host}/`)
      ? { wanted: { image: found.image }, reasons: [] }
      : {
          wanted,
          reasons: [
            reason(
              'foreign-repository',
              `${target.name} runs images of this account's registry only, not of ${host}`,
              { target: target.name },
            ),
          ],
        };
  }
  return {
    wanted,
    reasons: target.kind === 'lambda' ? await against(target, wanted.version) : [],
  };
};

/** What a push wants must still be the newest image: its event may have come late. */
const overtaken = async (target: Target, wanted: Wanted): Promise<readonly Reason[]> => {
  if (target.kind !== 'ecs' || !('image' in wanted)) return [];
  const digest = wanted.image.slice(wanted.image.indexOf('@') + 1);
  const newer = newerImage(await imagesOf(target.repository), digest);
  return newer
    ? [
        reason(
          'superseded',
          `${target.repository}:${newer.tags.join(', ')} was pushed after this image of ${target.name}, and a push releases the newest only; start a release by hand to go back`,
          { target: target.name },
        ),
      ]
    : [];
};

const checkTarget = async (target: Target, isBack: boolean): Promise<Verdict> =>
  target.kind === 'ecs'
    ? checkService(target, await readService(target), isBack)
    : checkAlias(target, await readAlias(target));

/** Whether what a rollback asks for came before what runs now. */
const checkAge = async (target: Target, asked: Wanted, { wanted, reasons }: Resolved) => {
  if (reasons.length > 0) return pass;
  const revision = 'image' in asked ? asked.image : `Version ${asked.version}`;
  return checkOlder(target.name, revision, await agesOf(target, wanted));
};

/** What the scan of the image says, if the policy asks for one. */
const checkScan = async (
  target: Target,
  { wanted, reasons }: Resolved,
  { imageScan }: Policy,
): Promise<Verdict> => {
  if (!imageScan || target.kind !== 'ecs' || !('image' in wanted) || reasons.length > 0)
    return pass;
  const { digest = '' } = readImage(wanted.image)!;
  const scan = await readScan(target.repository, digest);
  return checkImageScan(target.name, `${target.repository}@${digest}`, imageScan, scan);
};

/** What the alarms of a pair say before a release: whether they guard it, and which are red. */
const checkAllAlarms = async (
  registration: Registration,
  mayBeRed: boolean,
): Promise<{ readonly verdict: Verdict; readonly red: readonly string[] }> => {
  const names = alarmsOfPair(registration);
  const alarms = await readAlarms(names);
  const targets = Object.values(registration.targets).map((one) => ({
    name: one.name,
    registration: one,
  }));
  const verdict = worst([
    checkAlarmsGuard(registration, alarms),
    ...(mayBeRed ? [] : [checkAlarms(names, alarms, 'before-start', { targets })]),
  ]);
  return { verdict, red: redAlarms(alarms).map(({ name }) => name) };
};

const checkTheCurve = async (curve: Curve, targets: readonly Target[]): Promise<Verdict> => {
  const custom = customConfigurations(
    curve,
    targets.map(({ kind }) => kind),
  );
  return checkCurve(curve, targets, custom.length === 0 ? [] : await configurationNames());
};

/**
 * Looks at everything a release depends on, before anything is made or moved. While another release of the pair is
 * under way, its split traffic and its red alarms say nothing about this one, which waits for its end; and one that
 * goes back is started because of alarms.
 */
export const validate = async (
  input: ReleaseInput,
  registration: Registration,
  underWay: boolean,
): Promise<Validated> => {
  const entries = Object.entries(input.targets).flatMap(([name, wanted]) => {
    const target = registration.targets[name];
    return target ? [{ name, wanted, target }] : [];
  });
  const targets = entries.map(({ target }) => target);
  const policy = policyOf(registration, input);
  const isBack = goesBack(input);
  const asks = policy.approval === 'required';
  const resolved = await Promise.all(entries.map(({ target, wanted }) => resolve(target, wanted)));
  const mayBeRed = underWay || input.underRedAlarms !== undefined;
  const alarms = isBack ? { verdict: pass, red: [] } : await checkAllAlarms(registration, mayBeRed);
  const verdicts = await Promise.all([
    ...(underWay ? [] : targets.map((target) => checkTarget(target, isBack))),
    ...(underWay || !isBack
      ? []
      : entries.map(({ target, wanted }, index) => checkAge(target, wanted, resolved[index]!))),
    ...targets.map(async (target) =>
      checkGroup(target, await readGroup(target), { ...policy, asks }),
    ),
    alarms.verdict,
    checkTheCurve(curveOf(registration, input), targets),
    ...(isBack
      ? []
      : entries.map(({ target }, index) => checkScan(target, resolved[index]!, policy))),
  ]);
  const late = input.eventId
    ? await Promise.all(
        entries.map(({ target }, index) => overtaken(target, resolved[index]!.wanted)),
      )
    : [];
  const reasons = [...late.flat(), ...resolved.flatMap((one) => one.reasons)];
  return {
    wanted: Object.fromEntries(entries.map(({ name }, index) => [name, resolved[index]!.wanted])),
    verdict: worst([reasons.length > 0 ? fail(...reasons) : pass, ...verdicts]),
    red: alarms.red,
  };
};
