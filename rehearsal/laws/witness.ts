/** Watches a scenario while it is played: who did what, whose ends were reported, and which records were edited by hand. */

import type { Call } from 'tandem-sandbox';
import { RELEASES } from '../../core/keys.ts';
import { DUTY_ROLE } from '../scenario/person/person.ts';
import type { Stage } from '../stage/stage.ts';
import type { Deed, FunctionMove } from './law.ts';

/** What was seen so far. */
export interface Witness {
  readonly deeds: readonly Deed[];
  readonly moves: readonly FunctionMove[];
  readonly told: ReadonlySet<string>;
  readonly edited: ReadonlySet<string>;
}

const DEEDS: ReadonlySet<string> = new Set([
  'CreateDeployment',
  'ContinueDeployment',
  'StopDeployment',
  'UpdateAlias',
]);

/** Who called: a role of Tandem, CodeDeploy with the role of a group, or a person. */
const callerOf = ({ principal }: Call): 'tandem' | 'codedeploy' | 'person' => {
  if (principal.kind !== 'role' || principal.arn.endsWith(`/${DUTY_ROLE}`)) return 'person';
  return principal.session === 'codedeploy' ? 'codedeploy' : 'tandem';
};

/** The release whose end a message tells, if it tells one. */
const toldIn = (input: unknown): string | undefined => {
  const { Message, MessageAttributes } = input as {
    readonly Message: string;
    readonly MessageAttributes?: Readonly<Record<string, { readonly StringValue?: string }>>;
  };
  if (MessageAttributes?.kind?.StringValue !== 'release-ended') return undefined;
  return JSON.parse(JSON.parse(Message).default).releaseId;
};

/** The version that an AppSpec deploys to a function, if it does. */
const versionIn = (input: any): string | undefined =>
  /"TargetVersion":\s*"(\w+)"/.exec(input.revision?.appSpecContent?.content ?? '')?.[1];

/** Begins to watch. */
export const witnessOf = ({ sandbox: { clock, watch } }: Stage): Witness => {
  const deeds: Deed[] = [];
  const moves: FunctionMove[] = [];
  const told = new Set<string>();
  const edited = new Set<string>();
  /** When others last deployed each version. */
  const deployedByOthers = new Map<string, number>();

  watch((call, outcome) => {
    const { service, operation } = call;
    const input = (call.input ?? {}) as Readonly<Record<string, any>>;
    const at = Math.floor(clock.now());
    const caller = callerOf(call);
    if (caller === 'tandem' && DEEDS.has(operation))
      deeds.push({ at, operation, input, deploymentId: input.deploymentId });
    if ('error' in outcome) return;
    if (service === 'sns' && operation === 'Publish') {
      const release = toldIn(input);
      if (release !== undefined) told.add(release);
    }
    if (service === 'dynamodb' && operation === 'UpdateItem' && caller === 'person') {
      const key: string | undefined = input.Key?.sk?.S;
      if (key?.startsWith(RELEASES)) edited.add(key.slice(RELEASES.length));
    }
    if (operation === 'CreateDeployment' && caller === 'person') {
      const version = versionIn(input);
      if (version !== undefined) deployedByOthers.set(version, at);
    }
    if (service === 'lambda' && operation === 'UpdateAlias' && input.FunctionVersion) {
      const version: string = input.FunctionVersion;
      const wanted =
        caller === 'person'
          ? at
          : caller === 'codedeploy'
            ? deployedByOthers.get(version)
            : undefined;
      const by = wanted === undefined ? 'us' : 'others';
      moves.push({ at, function: input.FunctionName, version, by, wanted: wanted ?? at });
    }
  });
  return { deeds, moves, told, edited };
};
