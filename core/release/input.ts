import * as z from 'zod/mini';
import { filled, Person } from '../text/filled.ts';
import { Moment, Name, Text } from '../text/schema.ts';
import { Change } from './change.ts';
import { Curve } from './curve.ts';
import { Intent } from './intent.ts';
import { PolicyOverride } from './policy.ts';

/** Largest input of a release in bytes; Step Functions takes 256 KiB, our payloads stay small. */
export const LARGEST_INPUT = 64 * 1024;

/** What one target shall run: an image for a service, a version for a function. */
export const Wanted = z.union(
  [
    z.strictObject({
      image: Text.check(z.maxLength(512)).check(
        z.describe(
          "`repository:tag` or `repository@sha256:…`, with or without the registry's host.",
        ),
      ),
    }),
    z.strictObject({
      taskDefinition: Text.check(z.maxLength(268)).check(
        z.describe(
          'A revision of the family that runs, as `family:revision`, or `latest`: the newest active one. Its settings are released, with its own image or with the one named beside it.',
        ),
      ),
      image: z
        .optional(Text.check(z.maxLength(512)))
        .check(
          z.describe(
            'Image that the task definition gets: `repository:tag` or `repository@sha256:…`; left out: its own one.',
          ),
        ),
    }),
    z.strictObject({
      version: Text.check(z.maxLength(64)).check(
        z.describe('Number of a published version, or `latest`: publish what $LATEST holds now.'),
      ),
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
  kind: Text.check(z.maxLength(LONGEST_ADDRESS)).check(z.describe('What it is: a train, a wave.')),
  id: Text.check(z.maxLength(LONGEST_ADDRESS)).check(
    z.describe('Id of the parent, by which it knows itself.'),
  ),
  region: Text.check(z.maxLength(LONGEST_ADDRESS)).check(
    z.describe('Region in which the parent lives.'),
  ),
  replyTo: Text.check(z.maxLength(LONGEST_ADDRESS)).check(
    z.describe(
      'Address on the notifications topic: the end carries it as the message attribute `replyTo`, by which a subscription can filter.',
    ),
  ),
});
export type Parent = z.infer<typeof Parent>;

/** Why somebody overrides what would refuse a release. */
const Why = filled(1024);

const MOST_AUTHORS = 50;

/** The input of a release: what StartExecution of `tandem-release` takes. */
export const ReleaseInput = z.strictObject({
  $schema: z.optional(z.string()).check(z.describe('Address of this schema, for editors.')),
  pair: Name.check(z.describe('Name of the pair.')),
  targets: z.record(Name, Wanted).check(
    z.refine((targets) => Object.keys(targets).length > 0, 'names no target'),
    z.describe('What moves, by target. A target that is not named is left alone.'),
  ),
  requestedBy: Person.check(z.describe('Who asks for the release.')),
  authors: z
    .optional(z.array(Person).check(z.maxLength(MOST_AUTHORS)))
    .check(
      z.describe(
        'Authors of the change, by the names of their callers; with fourEyes none of them can approve it.',
      ),
    ),
  reason: z
    ._default(z.string().check(z.maxLength(1024)), '')
    .check(z.describe('Why it is released: people read it in ledger and messages.')),
  change: z
    .optional(Change)
    .check(
      z.describe(
        'What it brings, in numbers that git knows: Tandem estimates its risk by them, and decides nothing by it.',
      ),
    ),
  curve: z
    .optional(Curve)
    .check(z.describe('How traffic moves; left out: as the policy of the pair says.')),
  policy: z
    .optional(PolicyOverride)
    .check(z.describe('Members of the policy that this release sets for itself.')),
  intent: z
    ._default(Intent, 'release')
    .check(
      z.describe(
        '`rollback` moves users to older revisions: at once unless a curve is named, under red alarms too, without a proof.',
      ),
    ),
  again: z
    .optional(Why)
    .check(
      z.describe(
        'Why a revision is released again that was rolled back before; without it such a release is rejected. No push has it.',
      ),
    ),
  underRedAlarms: z
    .optional(Why)
    .check(
      z.describe(
        'Why it may start under alarms that are red already, e.g. because it fixes what made them red. For people, never for a push.',
      ),
    ),
  eventId: z
    .optional(Text.check(z.maxLength(128)))
    .check(z.describe('Id of the event that started the release; given by triggers.')),
  pushed: z
    .optional(
      z.strictObject({
        tag: Text.check(z.maxLength(300), z.describe('Tag of the image.')),
        at: Moment.check(z.describe('When it was pushed.')),
      }),
    )
    .check(
      z.describe(
        'Tag of the image whose push started the release, and when it was pushed; given by triggers.',
      ),
    ),
  parent: z
    .optional(Parent)
    .check(
      z.describe(
        'Who started the release as a part of something larger; Tandem reports its end to it.',
      ),
    ),
});
export type ReleaseInput = z.infer<typeof ReleaseInput>;

/** The data of the first fact of a release: what was asked for. */
export const askedOf = ({ requestedBy, intent, targets, reason, again }: ReleaseInput) => ({
  by: requestedBy,
  intent,
  targets: Object.keys(targets),
  reason,
  ...(again === undefined ? {} : { again }),
});

/** The other input of the machine: carry on a release whose execution is gone. */
export const RecoverInput = z.strictObject({
  $schema: z.optional(z.string()).check(z.describe('Address of this schema, for editors.')),
  recover: Text.check(z.maxLength(80)).check(z.describe('Id of the release.')),
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
