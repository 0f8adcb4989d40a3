/** What Lambda remembers: functions, their revisions, versions and aliases. */
import { isDeepStrictEqual } from 'node:util';
import type { Caller, Cloud } from '../../cloud.ts';
import { functionArn, type Reference, referenceOf } from './arns.ts';
import type { Code } from './code.ts';
import { lambdaError } from './errors.ts';
import type { FunctionUnit } from './hosts/host.ts';
import { type Idleness, idleness } from './invocations/idleness.ts';
import { roleKeys } from './role-keys.ts';
import type { Settings } from './settings.ts';

/** Service milliseconds until a new function or version is Active and an update Successful (AWS: about 2 s for a zip). */
const SETTLING = 2000;

/** The same in a VPC, where a network interface is made first (AWS: "several minutes" at the first one, then less). */
const SETTLING_IN_VPC = 90_000;

const settlingOf = ({ shown }: Settings): number => {
  const { SubnetIds = [] } = (shown.VpcConfig ?? {}) as { SubnetIds?: readonly string[] };
  return SubnetIds.length > 0 ? SETTLING_IN_VPC : SETTLING;
};

/** Code and configuration of `$LATEST` at some time, or of a published version. */
export interface Revision {
  readonly version: string;
  readonly settings: Settings;
  readonly code: Code;
  readonly unit: FunctionUnit;
  /** Service time. */
  readonly modified: number;
  readonly settled: number;
  /** The RevisionId while it settles and the one afterwards: the end of an update changes it (aws-sdk issue 377). */
  readonly ids: readonly [string, string];
  /** What `$LATEST` was before; it serves until this one has settled. */
  readonly previous?: Revision;
}

/** An alias of a function. */
export interface Alias {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** Shares of further versions, e.g. `{ '7': 0.1 }`. */
  readonly weights: Readonly<Record<string, number>>;
  readonly revisionId: string;
}

/** A function with all that belongs to it. */
export interface LambdaFunction {
  readonly name: string;
  readonly region: string;
  readonly arn: string;
  latest: Revision;
  readonly versions: Map<string, Revision>;
  lastVersion: number;
  readonly aliases: Map<string, Alias>;
  readonly tags: Map<string, string>;
  reservedConcurrency?: number | undefined;
  /** Invocations in progress. */
  running: number;
}

/** The functions of all Regions. */
export interface Functions {
  in(region: string): Map<string, LambdaFunction>;
  /** Finds what a caller names; throws ResourceNotFoundException. */
  find(
    input: { FunctionName?: string; Qualifier?: string },
    caller: Caller,
  ): { readonly fn: LambdaFunction; readonly reference: Reference };
  create(region: string, name: string, content: Content, settled?: boolean): LambdaFunction;
  /** Gives `$LATEST` other code or settings. */
  update(fn: LambdaFunction, content: Partial<Content>): void;
  /** Publishes `$LATEST`, unless the last version is the same already. */
  publish(fn: LambdaFunction, description?: string, settled?: boolean): Revision;
  isSettled(revision: Revision): boolean;
  readonly idleness: Idleness;
  revisionId(revision: Revision): string;
}

/** What makes one revision differ from another. */
interface Content {
  readonly settings: Settings;
  readonly code: Code;
}

/** The alias that a qualifier names, if it names one. */
export const aliasOf = (fn: LambdaFunction, qualifier: string | undefined): Alias | undefined =>
  qualifier === undefined ? undefined : fn.aliases.get(qualifier);

/** The revision that a qualifier stands for (of a split alias: its main version); throws ResourceNotFoundException. */
export const revisionOf = (fn: LambdaFunction, qualifier: string | undefined): Revision => {
  if (qualifier === undefined || qualifier === '$LATEST') return fn.latest;
  const found = fn.versions.get(aliasOf(fn, qualifier)?.version ?? qualifier);
  if (found) return found;
  if (aliasOf(fn, qualifier)?.version === '$LATEST') return fn.latest;
  throw lambdaError('ResourceNotFoundException', `Function not found: ${fn.arn}:${qualifier}`);
};

const UUID = (cloud: Cloud): string =>
  [8, 4, 4, 4, 12].map((length) => cloud.id(length, '0123456789abcdef')).join('-');

/** A new RevisionId, request id and the like. */
export const newId = UUID;

/** An empty Lambda. */
export const emptyFunctions = (cloud: Cloud): Functions => {
  const regions = new Map<string, Map<string, LambdaFunction>>();
  const inRegion = (region: string) => {
    const functions = regions.get(region) ?? new Map<string, LambdaFunction>();
    regions.set(region, functions);
    return functions;
  };

  const revision = (
    { name, region }: { name: string; region: string },
    version: string,
    { settings, code }: Content,
    more: { previous?: Revision; settled?: boolean } = {},
  ): Revision => {
    const now = cloud.clock.now();
    const id = UUID(cloud);
    const day = new Date(now).toISOString().slice(0, 10).replaceAll('-', '/');
    const unit: FunctionUnit = {
      id,
      name,
      version,
      region,
      runtime: settings.Runtime,
      folder: code.folder,
      codeSha256: code.sha256,
      handler: settings.Handler,
      memory: settings.MemorySize,
      timeout: settings.Timeout,
      environment: settings.Environment,
      logStream: `${day}/[${version}]${cloud.id(32, '0123456789abcdef')}`,
      keys: roleKeys(cloud, region, settings.Role, name),
    };
    return {
      version,
      settings,
      code,
      unit,
      modified: now,
      settled: more.settled ? now : now + settlingOf(settings),
      ids: [id, more.settled ? id : UUID(cloud)],
      ...(more.previous && { previous: more.previous }),
    };
  };

  const isSettled = ({ settled }: Revision) => cloud.clock.now() >= settled;

  return {
    in: inRegion,
    isSettled,
    idleness: idleness(cloud),
    revisionId: (of) => of.ids[isSettled(of) ? 1 : 0],
    find: (input, caller) => {
      const reference = referenceOf(cloud, input, caller);
      const fn = inRegion(caller.region).get(reference.name);
      if (fn) return { fn, reference };
      throw lambdaError(
        'ResourceNotFoundException',
        `Function not found: ${reference.qualifiedArn}`,
      );
    },
    create: (region, name, content, settled = false) => {
      const fn: LambdaFunction = {
        name,
        region,
        arn: functionArn(cloud, region, name),
        latest: revision({ name, region }, '$LATEST', content, { settled }),
        versions: new Map(),
        lastVersion: 0,
        aliases: new Map(),
        tags: new Map(),
        running: 0,
      };
      inRegion(region).set(name, fn);
      return fn;
    },
    update: (fn, content) => {
      const { previous: _older, ...previous } = fn.latest;
      fn.latest = revision(fn, '$LATEST', { ...fn.latest, ...content }, { previous });
    },
    publish: (fn, description, settled = false) => {
      const last = fn.versions.get(`${fn.lastVersion}`);
      const { settings, code } = fn.latest;
      const undescribed = ({ settings: { Description: _, ...rest } }: Content) => rest;
      if (
        last?.code.sha256 === code.sha256 &&
        isDeepStrictEqual(undescribed(last), undescribed(fn.latest))
      )
        return last;
      fn.lastVersion += 1;
      const version = `${fn.lastVersion}`;
      const described = { ...settings, Description: description ?? settings.Description };
      const published = revision(fn, version, { settings: described, code }, { settled });
      fn.versions.set(version, published);
      return published;
    },
  };
};
