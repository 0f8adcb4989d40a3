import { alarmsOfPair, checkAlarmsGuard } from '../../core/alarms/alarm-guard.ts';
import { checkAlarms, redAlarms } from '../../core/alarms/alarms.ts';
import { checkCurve, customConfigurations } from '../../core/checks/curve.ts';
import { checkImageScan } from '../../core/checks/image-scan.ts';
import { missingVersion } from '../../core/checks/input.ts';
import { checkOlder } from '../../core/checks/older.ts';
import { checkGroup } from '../../core/drivers/codedeploy/group.ts';
import { checkService } from '../../core/drivers/codedeploy-ecs/service.ts';
import { checkAlias } from '../../core/drivers/codedeploy-lambda/alias.ts';
import { checkVersion } from '../../core/drivers/codedeploy-lambda/version.ts';
import { newerImage } from '../../core/images/missed-push.ts';
import { isSameRegistry } from '../../core/images/registry-host.ts';
import { curveOf, policyOf } from '../../core/protocol/plan.ts';
import { countingTags } from '../../core/pushes/join.ts';
import type { Curve } from '../../core/release/curve.ts';
import {
  imageOf,
  type ReleaseInput,
  readImage,
  type Wanted,
  wantedText,
} from '../../core/release/input.ts';
import { goesBack } from '../../core/release/intent.ts';
import type { Policy } from '../../core/release/policy.ts';
import { type Reason, reason } from '../../core/release/reason.ts';
import type { Registration } from '../../core/release/registration.ts';
import type { EcsTarget, LambdaTarget, Target } from '../../core/release/target.ts';
import { fail, pass, type Verdict, worst } from '../../core/release/verdict.ts';
import { configurationNames, readGroup } from '../drivers/codedeploy/group.ts';
import { readService } from '../drivers/codedeploy-ecs/service.ts';
import { readAlias } from '../drivers/codedeploy-lambda/alias.ts';
import { readVersion } from '../drivers/codedeploy-lambda/version.ts';
import { readAlarms } from '../reading/alarms.ts';
import { type ResolvedImage, resolveImage } from '../reading/image.ts';
import { readScan } from '../reading/image-scan.ts';
import { latestPush, rememberPush } from '../table/images.ts';
import { agesOf } from './ages.ts';
import { imagesOf } from './images.ts';
import { versionTagsOf } from './version-tags.ts';
import { type Resolved, wantedDefinition, wantedImage } from './wanted-definition.ts';
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

/** An image of our own registry: a tag is looked up there, and the same tag of another one may be anything. */
const resolveOwn = async (target: EcsTarget, asked: string): Promise<ResolvedImage> => {
  const found = await resolveImage(target.name, asked);
  if ('reasons' in found) return found;
  const { host } = readImage(asked)!;
  return host === undefined || isSameRegistry(host, readImage(found.image)?.host ?? '')
    ? found
    : {
        reasons: [
          reason(
            'foreign-repository',
            `${target.name} runs images of this account's registry only, not of ${host}`,
            { target: target.name },
          ),
        ],
      };
};

const resolve = async (target: Target, wanted: Wanted): Promise<Resolved> => {
  if (target.kind === 'lambda') {
    return {
      wanted,
      reasons: 'version' in wanted ? await against(target, wanted.version) : [],
    };
  }
  const own = (image: string) => resolveOwn(target, image);
  if ('taskDefinition' in wanted) return wantedDefinition(target, wanted, own);
  if ('image' in wanted) return wantedImage(target, wanted.image, await own(wanted.image));
  return { wanted, reasons: [] };
};

/** What a push wants must still be the newest image that counts: its event may have come late. */
const overtaken = async (
  registration: Registration,
  target: Target,
  wanted: Wanted,
  pushed: ReleaseInput['pushed'],
): Promise<readonly Reason[]> => {
  const image = imageOf(wanted);
  if (target.kind !== 'ecs' || image === undefined) return [];
  const { pair, tags } = registration;
  const { repository } = target;
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
          `${target.repository}:${newer.tags.join(', ')} was pushed after this image of ${target.name}, and a push releases the newest only; start a release by hand to go back`,
          { target: target.name },
        ),
      ]
    : [];
};

/** Whether the 2×2 asks blue of a target: it has a contract, or one that calls it has. */
const takesPart = ({ targets }: Registration, { name, contract }: Target): boolean =>
  contract !== undefined || Object.values(targets).some((one) => one.contract?.calls === name);

const checkTarget = async (
  registration: Registration,
  target: Target,
  mayBeIll: boolean,
): Promise<Verdict> =>
  target.kind === 'ecs'
    ? checkService(target, await readService(target), {
        mayBeIll,
        asksBlue: takesPart(registration, target),
      })
    : checkAlias(target, await readAlias(target));

/** Whether what a rollback asks for came before what runs now. */
const checkAge = async (target: Target, asked: Wanted, { wanted, reasons }: Resolved) => {
  if (reasons.length > 0) return pass;
  const ages = await agesOf(target, wanted);
  const revision = 'version' in asked ? `Version ${asked.version}` : wantedText(asked);
  return worst(ages.map((one) => checkOlder(target.name, revision, one)));
};

/** What the scan of the image says, if the policy asks for one. */
const checkScan = async (
  target: Target,
  { pulled }: Resolved,
  { imageScan }: Policy,
): Promise<Verdict> => {
  if (!imageScan || target.kind !== 'ecs' || pulled === undefined) return pass;
  const scan = await readScan(target.repository, pulled);
  return checkImageScan(target.name, `${target.repository}@${pulled}`, imageScan, scan);
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
    ...(underWay ? [] : targets.map((target) => checkTarget(registration, target, isBack))),
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
