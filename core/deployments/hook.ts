import type { ReleaseRecord } from '../record/record.ts';
import type { Marker } from './marker.ts';

/** What a hook call is, before any check: let through, checked (or held), or refused with a sentence. */
export type HookOrder =
  | { readonly order: 'pass'; readonly why: string }
  | { readonly order: 'check' }
  | { readonly order: 'refuse'; readonly why: string };

/** What a hook knows of the deployment that called it. */
export interface HookCall {
  readonly creator: string | undefined;
  readonly marker: Marker | undefined;
  readonly record: ReleaseRecord | undefined;
  /** Whether the execution that owns the release is still running. */
  readonly ownerRuns: boolean;
  /** Whether the pair that owns the deployment group lets others deploy. */
  readonly foreignAllowed: boolean;
}

/** Which calls are held, passed or refused (design: first match). */
export const hookOrder = ({
  creator,
  marker,
  record,
  ownerRuns,
  foreignAllowed,
}: HookCall): HookOrder => {
  if (creator === 'codeDeployRollback') return { order: 'pass', why: "CodeDeploy's own rollback" };
  if (marker?.direction === 'rollback') return { order: 'pass', why: 'a rollback of Tandem' };
  if (!marker) {
    return foreignAllowed
      ? { order: 'pass', why: 'the pair allows foreign deployments' }
      : { order: 'refuse', why: 'not started by Tandem' };
  }
  if (!record) return { order: 'refuse', why: `release ${marker.release} is unknown` };
  if (record.end) return { order: 'refuse', why: `release ${marker.release} has ended` };
  if (record.decision === 'rollback')
    return { order: 'refuse', why: 'the release is rolling back' };
  if (!ownerRuns && record.decision === 'none') {
    return { order: 'refuse', why: 'the execution of the release has ended' };
  }
  return { order: 'check' };
};
