import { pairPath } from '../../core/drivers/registration.ts';
import { Target } from '../../core/drivers/target.ts';
import { proofSummary } from '../../core/proof/proof-table.ts';
import { warmText } from '../../core/proof/warmed.ts';
import { endTitle, judgedOf, notJudgedText } from '../../core/record/judged-words.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import type { JudgedState } from '../../core/release/judged.ts';
import type { Reason } from '../../core/release/reason.ts';
import { versionsOf } from '../../core/release/revision-words.ts';
import { toMilliseconds } from '../../core/text/time.ts';
import { readingBackOf } from './drivers/drivers.ts';
import type { Ended, Stage } from './stage.ts';

/** Where one target ended, read back after the end. */
interface TargetOutcome {
  readonly name: string;
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  /** What users reach now: a revision's printable name, or `mixed`. */
  readonly live: string;
  /** The versions of these that people know. */
  readonly fromVersion?: string;
  readonly toVersion?: string;
  readonly liveVersion?: string;
  readonly unchanged?: true;
}

/** What became of one release. */
export interface ReleaseOutcome {
  readonly id: string;
  readonly pair: string;
  readonly end: string;
  /** The end as a headline, how far each target was judged, and what it was not judged by. */
  readonly title?: string;
  readonly judged?: Readonly<Record<string, JudgedState>>;
  readonly evidence?: string;
  readonly reasons: readonly Reason[];
  readonly targets: readonly TargetOutcome[];
  /** What was proven before any user met green, in one line; a release that came less far has none. */
  readonly proof?: string;
  /** How green was warmed up, in one line. */
  readonly warmed?: string;
  /** State transitions that AWS would bill, retries and the rollback machine included. */
  readonly transitions: number;
  /** Release time in seconds. */
  readonly seconds: number;
  readonly realSeconds: number;
  /** Seconds of release time from the first bad sign until every user was back. */
  readonly rollbackSeconds?: number;
}

/** What is deleted serves nothing. */
const nothing = (error: Error): string => {
  if (/NotFound/.test(error.name)) return 'nothing';
  throw error;
};

/** A registration as it is stored. An older stack names no driver; one that a scenario has broken is still served. */
const readTarget = ({ Value }: { readonly Value: string }): Target => {
  const stored = JSON.parse(Value);
  return Target.safeParse(stored).data ?? stored;
};

/** Reads back what every target of the pair serves now, whatever anybody says. */
export const readLive = async (stage: Stage): Promise<Readonly<Record<string, string>>> => {
  const { Parameters } = await stage.sandbox.call('ssm', 'GetParametersByPath', {
    Path: `${pairPath(stage.pair)}targets`,
    Recursive: true,
  });
  const targets: Target[] = Parameters.map(readTarget);
  const live = await Promise.all(
    targets.map(async (target) => [
      target.name,
      await readingBackOf(target).live(stage.sandbox.call, target).catch(nothing),
    ]),
  );
  return Object.fromEntries(live);
};

/** Transitions of the release and of every machine that it started. */
const transitionsOf = async ({ sandbox }: Stage, arn: string, release: string): Promise<number> => {
  const machine = arn.replace(':execution:', ':stateMachine:').replace(/:[^:]+$/, '');
  const rollback = machine.replace(/[^:]+$/, 'tandem-rollback');
  const { executions } = await sandbox.call('states', 'ListExecutions', {
    stateMachineArn: rollback,
  });
  let total = sandbox.transitions(arn);
  for (const { executionArn } of executions) {
    const { input } = await sandbox.call('states', 'DescribeExecution', { executionArn });
    if (JSON.parse(input).release === release) total += sandbox.transitions(executionArn);
  }
  return total;
};

const rollbackSeconds = ({ times }: ReleaseRecord): { rollbackSeconds?: number } =>
  times.firstBadSign && times.allBack
    ? {
        rollbackSeconds: Math.round(
          (toMilliseconds(times.allBack) - toMilliseconds(times.firstBadSign)) / 1000,
        ),
      }
    : {};

/** Collects what became of a release: from its record, and from what is live. */
export const outcomeOf = async (
  stage: Stage,
  arn: string,
  ended: Ended,
  realSeconds: number,
): Promise<ReleaseOutcome> => {
  const id = arn.slice(arn.lastIndexOf(':') + 1);
  const record = await stage.record(id);
  const live = await readLive(stage);
  const targets = Object.values(record?.targets ?? {}).map(
    ({ name, registration, from, to, unchanged }): TargetOutcome => ({
      name,
      kind: registration.kind,
      from: from?.name ?? live[name] ?? '',
      to: to?.name ?? '',
      live: live[name] ?? '',
      ...versionsOf({ from, to }, live[name]),
      ...(unchanged ? { unchanged: true } : {}),
    }),
  );
  const end = record?.end ?? ended.error ?? ended.status;
  return {
    id,
    pair: stage.pair,
    end,
    ...(record?.end
      ? {
          title: endTitle(record, record.end),
          judged: judgedOf(record),
          evidence: notJudgedText(record, record.end),
        }
      : {}),
    ...(record?.warmed ? { warmed: warmText(record.warmed) } : {}),
    reasons: record?.reasons ?? [],
    targets,
    ...(record?.proof ? { proof: proofSummary(record.proof) } : {}),
    transitions: await transitionsOf(stage, arn, id),
    seconds: Math.round((ended.endedAt - ended.startedAt) / 1000),
    realSeconds: Math.round(realSeconds * 10) / 10,
    ...(record ? rollbackSeconds(record) : {}),
  };
};
