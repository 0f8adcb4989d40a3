import {
  movingTargets,
  type ReleaseRecord,
  type Revision,
  type TargetRecord,
} from '../record/record.ts';
import { fateAtEnd } from '../release/fate.ts';
import { goesBack } from '../release/intent.ts';
import { type Reason, reason } from '../release/reason.ts';

/** A revision by what it consists of: the digest of a service's image, the hash of a function's code; or by its name, where only its settings are new. */
export interface Content {
  readonly target: string;
  readonly content: string;
}

/** What became of a revision last. */
export interface RevisionFate {
  readonly release: string;
  /** When that release ended. */
  readonly at: string;
  readonly isTakenBack: boolean;
}

const contentOf = (revision: Revision | undefined): string | undefined =>
  revision?.digest ?? revision?.codeSha256;

/** Names of the settings of one side, where a release named a task definition: the one that was named may be cloned. */
const settingsOf = (
  { wanted, ...target }: TargetRecord,
  side: 'from' | 'to',
): readonly string[] => {
  if (!('taskDefinition' in wanted) || target.from?.ref === target.to?.ref) return [];
  const own = target[side]!.name;
  return side === 'to' ? [...new Set([own, wanted.taskDefinition])] : [own];
};

/**
 * Contents of one side of each target. Where both sides consist of the same, or nobody knows of what blue did, an image
 * that a release did not name is not what it brought.
 */
const contents = (targets: readonly TargetRecord[], side: 'from' | 'to'): readonly Content[] =>
  targets.flatMap((target) => {
    const [from, to] = [contentOf(target.from), contentOf(target.to)];
    const isNamed = !('taskDefinition' in target.wanted) || from !== undefined;
    const content = isNamed && from !== to ? contentOf(target[side]) : undefined;
    return [...(content === undefined ? [] : [content]), ...settingsOf(target, side)].map(
      (one) => ({ target: target.name, content: one }),
    );
  });

/**
 * Revisions that a release rolled back from users: its own, of the targets that its reasons name, else of every target
 * that users met; and where it went back, what users were on before. What was refused before any user met it is none, and
 * neither is what was left as it is because the record is outdated.
 */
export const takenBackBy = (record: ReleaseRecord): readonly Content[] => {
  const moving = movingTargets(record);
  const fate = fateAtEnd(record);
  if (goesBack(record)) return fate === 'stayed' ? contents(moving, 'from') : [];
  if (fate !== 'rolled back' || record.outdated !== undefined) return [];
  const met = moving.filter(({ shifted }) => shifted);
  const blamed = met.filter(({ name }) => record.reasons.some(({ target }) => target === name));
  return contents(blamed.length > 0 ? blamed : met, 'to');
};

/** Revisions that a release has promoted: users are on them now, even if they were rolled back before. */
export const promotedBy = (record: ReleaseRecord): readonly Content[] =>
  fateAtEnd(record) === 'stayed' ? contents(movingTargets(record), 'to') : [];

/** Why a revision that was rolled back is not released again without a reason for it. */
export const takenBackReason = (
  target: string,
  wanted: string,
  { release, at }: RevisionFate,
): Reason =>
  reason(
    'taken-back-before',
    `${wanted} of ${target} was rolled back by release ${release} at ${at}. Release a fixed one; or to release it again all the same, say why: npx tandem start … --again "<why>" ("again" in the input)`,
    { target },
  );
