import * as z from 'zod/mini';
import { Curve } from './curve.ts';
import { filled, Person } from './filled.ts';
import { goesBack, Intent } from './intent.ts';
import { oneLine } from './one-line.ts';
import { PolicyOverride } from './policy.ts';
import { Change } from './risk/change.ts';
import { Moment, Name, Text } from './schema.ts';

/** Largest input of a release in bytes; Step Functions takes 256 KiB, our payloads stay small. */
export const LARGEST_INPUT = 64 * 1024;

/** What one target shall run: an image for a service, a version for a function. */
export const Wanted = z.union(
  [
    z.strictObject({
      /** `repository:tag` or `repository@sha256:…`, with or without the registry's host. */
      image: Text.check(z.maxLength(512)),
    }),
    z.strictObject({
      /**
       * A revision of the family that runs, as `family:revision`, or `latest`: the newest active one. Its settings are
       * released, with its own image or with the one named beside it.
       */
      taskDefinition: Text.check(z.maxLength(268)),
      image: z.optional(Text.check(z.maxLength(512))),
    }),
    z.strictObject({
      /** Number of a published version, or `latest`: publish what $LATEST holds now. */
      version: Text.check(z.maxLength(64)),
    }),
  ],
  {
    error:
      'must be { "image": "<repository>:<tag>" }, { "taskDefinition": "<family>:<revision>" } or { "version": "<number or latest>" }',
  },
);
export type Wanted = z.infer<typeof Wanted>;

/** The image that is named for a target; undefined for a function, and for a task definition with its own image. */
export const imageOf = (wanted: Wanted): string | undefined =>
  'image' in wanted ? wanted.image : undefined;

/** What is wanted, as a text for people. */
export const wantedText = (wanted: Wanted): string => {
  if ('version' in wanted) return `version ${wanted.version}`;
  const definition = 'taskDefinition' in wanted ? wanted.taskDefinition : undefined;
  return [definition, wanted.image].filter((one) => one !== undefined).join(' with ');
};

/** Longest name in the address of a parent, in characters. */
const LONGEST_ADDRESS = 256;

/** Who started a release as a part of something larger, and is told its end. It may live in another Region. */
export const Parent = z.strictObject({
  /** What it is: a train, a wave. */
  kind: Text.check(z.maxLength(LONGEST_ADDRESS)),
  id: Text.check(z.maxLength(LONGEST_ADDRESS)),
  region: Text.check(z.maxLength(LONGEST_ADDRESS)),
  /** Address on the notifications topic: the end carries it as the message attribute `replyTo`, by which a subscription can filter. */
  replyTo: Text.check(z.maxLength(LONGEST_ADDRESS)),
});
export type Parent = z.infer<typeof Parent>;

/** Why somebody overrides what would refuse a release. */
const Why = filled(1024);

const MOST_AUTHORS = 50;

/** The input of a release: what StartExecution of `tandem-release` takes. */
export const ReleaseInput = z.strictObject({
  $schema: z.optional(z.string()),
  pair: Name,
  /** What moves. A target that is not named is left alone. */
  targets: z
    .record(Name, Wanted)
    .check(z.refine((targets) => Object.keys(targets).length > 0, 'names no target')),
  requestedBy: Person,
  /** Who wrote what it brings, by the names that their callers have; with four eyes none of them approves it. */
  authors: z.optional(z.array(Person).check(z.maxLength(MOST_AUTHORS))),
  reason: z._default(z.string().check(z.maxLength(1024)), ''),
  /** What it brings, in numbers that git knows: its risk is told by them, and nothing is decided. */
  change: z.optional(Change),
  curve: z.optional(Curve),
  policy: z.optional(PolicyOverride),
  /** `rollback` goes back to older revisions: at once unless a curve is named, under red alarms too, without a proof. */
  intent: z._default(Intent, 'release'),
  /** Why a revision goes again that a release took back from users before; without it that is refused. No push has it. */
  again: z.optional(Why),
  /** Why it may start under alarms that are red already, e.g. because it fixes what made them red. For people, never for a push. */
  underRedAlarms: z.optional(Why),
  /** Id of the event that started the release; given by triggers. */
  eventId: z.optional(Text.check(z.maxLength(128))),
  /** Tag of the image whose push started the release, and when it was pushed; given by triggers. */
  pushed: z.optional(z.strictObject({ tag: Text.check(z.maxLength(300)), at: Moment })),
  parent: z.optional(Parent),
});
export type ReleaseInput = z.infer<typeof ReleaseInput>;

/** Who asked for what, and why, where a reason was given: the first line of the ledger. */
export const askedText = ({
  requestedBy,
  targets,
  intent,
  reason,
  again,
}: ReleaseInput): string => {
  const verb = goesBack({ intent }) ? 'go back with' : 'release';
  const why = oneLine(reason);
  return `${requestedBy} asked to ${verb} ${Object.keys(targets).join(' and ')}${why ? `: ${why}` : ''}${again === undefined ? '' : `; also if it was rolled back before: ${oneLine(again)}`}`;
};

/** The other input of the machine: carry on a release whose execution is gone. */
export const RecoverInput = z.strictObject({
  $schema: z.optional(z.string()),
  /** Id of the release. */
  recover: Text.check(z.maxLength(80)),
});
export type RecoverInput = z.infer<typeof RecoverInput>;

/** Whether a text may be the id of a release: the name of its execution. */
export const isReleaseId = (text: string): boolean => /^[0-9A-Za-z_-]{1,80}$/.test(text);

/** The pair that the input of an execution names; undefined when it names none. */
export const pairIn = (input: string | undefined): string | undefined => {
  try {
    const { pair } = JSON.parse(input ?? '{}');
    return typeof pair === 'string' ? pair : undefined;
  } catch {
    return undefined;
  }
};

/** What an image reference names. */
export interface ImageReference {
  /** Registry host, if the reference has one. */
  readonly host?: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Reads `[host/]repository[:tag][@sha256:…]`; undefined when it is none. */
export const readImage = (image: string): ImageReference | undefined => {
  const found =
    /^(?:(?<host>[a-z0-9.-]+\.[a-z]+(?::\d+)?)\/)?(?<repository>[a-z0-9]+(?:[._/-][a-z0-9]+)*)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/.exec(
      image,
    )?.groups;
  if (!found?.repository || (!found.tag && !found.digest)) return undefined;
  return {
    repository: found.repository,
    ...(found.host === undefined ? {} : { host: found.host }),
    ...(found.tag === undefined ? {} : { tag: found.tag }),
    ...(found.digest === undefined ? {} : { digest: found.digest }),
  };
};
