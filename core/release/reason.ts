import * as z from 'zod/mini';
import { fewOf } from '../text/few.ts';
import { oneLine } from '../text/one-line.ts';
import { Name, Text } from '../text/schema.ts';

/** Every code that a reason may carry, with what it means. Report, mail, exit code and ledger read nothing else. */
export const REASON_CODES = {
  // what was asked for
  'malformed-input': 'The input of the release does not follow its schema.',
  'input-too-large': 'The input of the release is larger than 64 KiB.',
  'name-used': 'An earlier release has this name.',
  'unknown-pair': 'No pair of this name is registered.',
  'broken-registration': 'The registration of the pair does not follow its schema.',
  'unknown-target': 'The pair has no target of this name.',
  'wrong-revision': 'The revision is not of the kind that the target runs.',
  'no-such-image': 'The image does not exist in the repository.',
  'foreign-repository': 'The image is of another repository than the one the target may run.',
  'image-vulnerable': 'A scan of the image found a vulnerability that the policy refuses.',
  'image-not-scanned': 'The image has no scan result.',
  'no-such-task-definition': 'The family of the service has no such active revision.',
  'role-not-allowed': 'The task definition names a role that the pair may not pass.',
  'no-such-version': 'The function has no such published version.',
  'latest-version': '$LATEST is not a version: traffic can only move between published versions.',
  'no-such-curve': 'A target has no deployment configuration for this curve.',
  // what is there before the start
  'target-missing': 'A resource of the target does not exist or cannot be read.',
  'target-unhealthy': 'The target does not run as its registration says.',
  'host-not-served': 'Checks would not reach the service by its listeners.',
  'already-shifting': 'The traffic of the target is split already.',
  'alarm-missing':
    'An alarm that should guard the release does not exist, or watches something else.',
  'alarm-red-before-start': 'An alarm that guards the release is red already.',
  busy: 'Another deployment runs in the deployment group.',
  'turn-stuck': 'A release before this one needs attention.',
  superseded: 'A newer release of the pair took the waiting place.',
  'taken-back-before':
    'A release rolled this revision back before, and no reason was given to release it again.',
  'nothing-to-do': 'Every target runs the wanted revision already.',
  // preparing and proving
  'function-changed': 'The function was changed while its version was published.',
  'version-pending': 'The function or its version was not finished in time.',
  'versions-unlike':
    'Two versions of a function with another role or dead-letter queue cannot share its traffic.',
  'not-ready': 'Green did not become ready for traffic in time.',
  'green-does-not-start': 'Tasks of green end or fail at their start, and none became healthy.',
  'smoke-failed': 'Green did not answer a smoke check as required.',
  'not-as-planned': 'What runs is not what was planned.',
  'contract-broken': 'Mixed versions do not understand each other.',
  'mixed-not-proven': 'Nothing proves that mixed versions understand each other.',
  // people
  'approval-rejected': 'A person rejected the release.',
  'approval-expired': 'Nobody approved the release in time.',
  'ready-wait-expired': 'The wait for traffic ended before the release continued.',
  aborted: 'A person aborted the release.',
  'held-too-long': 'A person held the release for longer than AWS waits.',
  // shifting, holding, guarding
  'alarm-red': 'An alarm went red.',
  'green-worse': 'Green fails more of its requests than blue, or is slower.',
  'green-crashes': 'Tasks of green exit by themselves, those of blue do not.',
  'figures-unread': 'Metrics could not be read, so green was not compared with blue.',
  unusual: 'A target behaves as never in the hours before, on both versions together.',
  'too-few-requests': 'Green had too few requests beside blue to show whether it is worse.',
  'too-little-data': 'An alarm has too little data to show that green is healthy.',
  'too-little-time': 'The time that AWS waits is too short for the whole bake.',
  'deployment-failed': 'AWS failed the deployment.',
  'deployment-stopped': 'AWS or a person stopped the deployment.',
  'deployment-refused': 'AWS refused to create the deployment.',
  'hook-lost': 'A lifecycle hook began but was never recorded.',
  'foreign-deployment': 'A deployment that Tandem did not start runs in the deployment group.',
  'shift-stuck': 'Traffic did not finish its shift in time.',
  'traffic-not-moved': 'The deployment succeeded, but users do not reach the new revision.',
  // the machinery itself
  'not-read': 'Alarms or targets could not be read for too long.',
  'step-failed': 'A step of the release failed.',
  'execution-ended': 'The execution of the release ended before the release did.',
  'scaling-suspended': 'The automatic scaling of a service could not be restored.',
  'take-back-failed': 'A target could not be rolled back.',
  'record-outdated': 'The record of the release is older than its deployments.',
} as const;

export const ReasonCode = z.enum(Object.keys(REASON_CODES) as [keyof typeof REASON_CODES]);
export type ReasonCode = keyof typeof REASON_CODES;

/** Why something happened: a code for machines, a sentence for people, and the numbers behind it. */
export const Reason = z.strictObject({
  code: ReasonCode,
  target: z.optional(Name),
  text: Text.check(z.maxLength(2000)),
  figures: z.optional(z.record(z.string(), z.number())),
  /** The sentence of an AWS service that it rests on, word by word, for the ledger. */
  quote: z.optional(Text.check(z.maxLength(2000))),
  /** What a person does about it now, line by line (core/way-back/manual-commands.ts). */
  run: z.optional(z.array(Text)),
});
export type Reason = z.infer<typeof Reason>;

/** Longest text of a reason in characters: a longer cause is cut so that a payload stays small. */
const LONGEST = 2000;

/** Makes a reason; the text is a whole sentence for a person who was just woken up. */
export const reason = (
  code: ReasonCode,
  text: string,
  about: Pick<Reason, 'target' | 'figures' | 'quote' | 'run'> = {},
): Reason => {
  const quote = oneLine(about.quote ?? '', LONGEST);
  return {
    code,
    ...(about.target ? { target: about.target } : {}),
    // A text of others may hold nothing that can be shown.
    text: oneLine(text, LONGEST) || REASON_CODES[code],
    ...(about.figures ? { figures: about.figures } : {}),
    ...(quote ? { quote } : {}),
    ...(about.run?.length ? { run: about.run.map((line) => oneLine(line)) } : {}),
  };
};

/** The reason as the ledger keeps it: with what it rests on. */
export const inFull = ({ text, quote }: Reason): string =>
  quote === undefined ? text : `${text} (in AWS's words: ${quote})`;

/** The reasons as one text for people, each with its code. */
export const inWords = (reasons: readonly Reason[]): string =>
  fewOf(reasons.map(({ code, text }) => `${text} (${code})`)).join(' ');

/** Reasons that a record keeps of what was asked for: whoever asks for thousands of things gets the first ones. */
const MOST = 20;

/** The first of some reasons, and one that says how many more there are. */
export const firstOf = (reasons: readonly Reason[]): readonly Reason[] => {
  const [next, ...more] = reasons.slice(MOST);
  if (next === undefined) return reasons;
  const text = `${more.length + 1} more such reasons speak against it`;
  return [...reasons.slice(0, MOST), reason(next.code, text)];
};

/** Whether two reasons say the same of the same target. @internal */
export const sameReason = (a: Reason, b: Reason): boolean =>
  a.code === b.code && a.target === b.target && a.text === b.text;

/** The reasons without those that say the same as an earlier one. */
export const distinct = (reasons: readonly Reason[]): Reason[] =>
  reasons.filter((one, index) => reasons.findIndex((other) => sameReason(other, one)) === index);
