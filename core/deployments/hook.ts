import type { ReleaseRecord } from '../record/record.ts';

/** What a hook call is, before any check: let through, checked (or held), or refused with a sentence. */
export type HookOrder =
  | { readonly order: 'pass'; readonly why: string }
  | { readonly order: 'check' }
  | { readonly order: 'refuse'; readonly why: string };

/** What a hook knows of the deployment that called it. */
export interface HookCall {
  /** The platform made its deployment itself, to undo another one. */
  readonly isOwnRollback: boolean;
  /** Whose it is, where it carries a marker of Tandem. */
  readonly marker:
    | { readonly release: string; readonly direction: 'forward' | 'rollback' }
    | undefined;
  readonly record: ReleaseRecord | undefined;
  /** Whether the execution that owns the release is still running. */
  readonly ownerRuns: boolean;
  /** Whether the pair of its target lets others deploy. */
  readonly foreignAllowed: boolean;
}

/** Which calls are held, passed or refused (design: first match). */
export const hookOrder = ({
  isOwnRollback,
  marker,
  record,
  ownerRuns,
  foreignAllowed,
}: HookCall): HookOrder => {
  if (isOwnRollback) return { order: 'pass', why: "the platform's own rollback" };
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
