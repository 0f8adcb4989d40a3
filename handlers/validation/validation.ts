import { alarmsOfPair, checkAlarmsGuard } from '../../core/alarms/alarm-guard.ts';
import { checkAlarms, redAlarms } from '../../core/alarms/alarms.ts';
import { checkCurve, customConfigurations } from '../../core/checks/curve.ts';
import { checkImageScan } from '../../core/checks/image-scan.ts';
import { checkOlder } from '../../core/checks/older.ts';
import { driverOf } from '../../core/drivers/drivers.ts';
import type { Registration } from '../../core/drivers/registration.ts';
import type { Target } from '../../core/drivers/target.ts';
import { newerImage } from '../../core/images/missed-push.ts';
import { curveOf, policyOf } from '../../core/protocol/plan.ts';
import { countingTags } from '../../core/pushes/join.ts';
import type { Curve } from '../../core/release/curve.ts';
import { imageOf, type ReleaseInput, type Wanted, wantedText } from '../../core/release/input.ts';
import { goesBack } from '../../core/release/intent.ts';
import type { Policy } from '../../core/release/policy.ts';
import { type Reason, reason } from '../../core/release/reason.ts';
import { fail, pass, type Verdict, worst } from '../../core/release/verdict.ts';
import { configurationNames } from '../drivers/codedeploy/group.ts';
import type { Resolved } from '../drivers/driver.ts';
import { validatingOf } from '../drivers/validating.ts';
import { readAlarms } from '../reading/alarms.ts';
import { readScan } from '../reading/image-scan.ts';
import { latestPush, rememberPush } from '../table/images.ts';
import { imagesOf } from './images.ts';
import { versionTagsOf } from './version-tags.ts';
import { wantedVersion } from './wanted-version.ts';

/** What validation found: what each target shall run, by digest, and what speaks against it. */
export interface Validated {
  readonly wanted: Readonly<Record<string, Wanted>>;
  /** The version of each image that people know it by. */
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly verdict: Verdict;
  /** Names of the pair's alarms that are red. */
  readonly red: readonly string[];
}

/** What a push wants must still be the newest image that counts: its event may have come late. */
const overtaken = async (
  registration: Registration,
  target: Target,
  wanted: Wanted,
  pushed: ReleaseInput['pushed'],
): Promise<readonly Reason[]> => {
  const image = imageOf(wanted);
  const repository = driverOf(target).repositoryOf(target);
  if (repository === undefined || image === undefined) return [];
  const { pair, tags } = registration;
  const digest = image.slice(image.indexOf('@') + 1);
  const [images, versionTags, latest] = await Promise.all([
    imagesOf(repository),
    tags ? {} : versionTagsOf(registration),
    pushed
      ? rememberPush(pair, repository, { digest, at: pushed.at })
      : latestPush(pair, repository),
  ]);
  const counting = images.filter((one) => countingTags(registration, versionTags, one).length > 0);
  const newer = newerImage(counting, { digest, at: pushed?.at }, latest);
  return newer
    ? [
        reason(
          'superseded',
          `${repository}:${newer.tags.join(', ')} was pushed after this image of ${target.name}, and a push releases the newest only; start a release by hand to roll back`,
          { target: target.name },
        ),
      ]
    : [];
};

/** Whether the 2×2 asks blue of a target: it has a contract, or one that calls it has. */
const takesPart = ({ targets }: Registration, { name, contract }: Target): boolean =>
  contract !== undefined || Object.values(targets).some((one) => one.contract?.calls === name);

const checkTarget = (
  registration: Registration,
  target: Target,
  mayBeIll: boolean,
): Promise<Verdict> =>
  validatingOf(target).checkTarget(target, { mayBeIll, asksBlue: takesPart(registration, target) });

/** Whether what a rollback asks for came before what runs now. */
const checkAge = async (target: Target, asked: Wanted, { wanted, reasons }: Resolved) => {
  if (reasons.length > 0) return pass;
  const ages = await validatingOf(target).agesOf(target, wanted);
  const revision = 'version' in asked ? `Version ${asked.version}` : wantedText(asked);
  return worst(ages.map((one) => checkOlder(target.name, revision, one)));
};

/** What the scan of the image says, if the policy asks for one. */
const checkScan = async (
  target: Target,
  { pulled }: Resolved,
  { imageScan }: Policy,
): Promise<Verdict> => {
  const repository = driverOf(target).repositoryOf(target);
  if (!imageScan || repository === undefined || pulled === undefined) return pass;
  const scan = await readScan(repository, pulled);
  return checkImageScan(target.name, `${repository}@${pulled}`, imageScan, scan);
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
  const custom = customConfigurations(curve, targets);
  return checkCurve(curve, targets, custom.length === 0 ? [] : await configurationNames());
};

/**
 * Looks at everything a release depends on, before anything is made or moved. While another release of the pair is
 * under way, its split traffic and its red alarms say nothing about this one, which waits for its end; and one that
 * rolls back is started because of alarms.
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
  const resolved = await Promise.all(
    entries.map(({ target, wanted }) => validatingOf(target).resolve(target, wanted)),
  );
  const mayBeRed = underWay || input.underRedAlarms !== undefined;
  const alarms = isBack ? { verdict: pass, red: [] } : await checkAllAlarms(registration, mayBeRed);
  const verdicts = await Promise.all([
    ...(underWay ? [] : targets.map((target) => checkTarget(registration, target, isBack))),
    ...(underWay || !isBack
      ? []
      : entries.map(({ target, wanted }, index) => checkAge(target, wanted, resolved[index]!))),
    ...targets.map((target) => validatingOf(target).checkGroup(target, { ...policy, asks })),
    alarms.verdict,
    checkTheCurve(curveOf(registration, input), targets),
    ...(isBack
      ? []
      : entries.map(({ target }, index) => checkScan(target, resolved[index]!, policy))),
  ]);
  const late = input.eventId
    ? await Promise.all(
        entries.map(({ target }, index) =>
          overtaken(registration, target, resolved[index]!.wanted, input.pushed),
        ),
      )
    : [];
  const versions = await Promise.all(
    entries.map(async ({ name, wanted }, index) => [
      name,
      await wantedVersion(registration, input, wanted, resolved[index]!.tags),
    ]),
  );
  const reasons = [...late.flat(), ...resolved.flatMap((one) => one.reasons)];
  return {
    versions: Object.fromEntries(versions),
    wanted: Object.fromEntries(entries.map(({ name }, index) => [name, resolved[index]!.wanted])),
    verdict: worst([reasons.length > 0 ? fail(...reasons) : pass, ...verdicts]),
    red: alarms.red,
  };
};
