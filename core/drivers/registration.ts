import * as z from 'zod/mini';
import { keptBeside } from '../images/registry-image.ts';
import { patternProblem } from '../images/tag-pattern.ts';
import { Policy } from '../release/policy.ts';
import { type Reason, reason } from '../release/reason.ts';
import { faultText } from '../text/faults.ts';
import { isSeen, oneLine } from '../text/one-line.ts';
import { Name, Text } from '../text/schema.ts';
import { Target } from './target.ts';

/** What a push of an image releases beside the image (design: "What a push releases is declared"). */
export const Join = z.enum(['manual', 'tagged', 'image-last']);
export type Join = z.infer<typeof Join>;

/** A pattern of image tags in which every part stands for one harmless character: what all its matches look like. */
const exampleOf = (pattern: string): string => pattern.replace(/\*|\?|\[[^\]]*\]/g, '0');

/** Characters of a wrong pattern that a sentence shows. */
const SHOWN = 60;

/** A pattern of the tags whose pushes count; one that can never match is refused. */
const Tag = Text.check(
  z.maxLength(128),
  z.superRefine((pattern, context) => {
    const kept = keptBeside(exampleOf(pattern));
    const problem =
      patternProblem(pattern) ?? (kept && `it is the tag ${kept}, which is never released`);
    if (problem)
      context.issues.push({
        code: 'custom',
        input: pattern,
        message: `${isSeen(pattern) ? `"${oneLine(pattern, SHOWN)}"` : 'a text that nobody can see'} matches no image: ${problem}`,
      });
  }),
);

const MOST_PATTERNS = 20;

/** The pair's own part of its registration: SSM parameter `/tandem/<pair>/pair`. */
export const PairSettings = z.strictObject({
  pair: Name.check(z.describe('Name of the pair.')),
  join: z
    ._default(Join, 'tagged')
    .check(
      z.describe(
        'What a push of an image releases beside the image: `manual`: nothing, a push counts for nothing · `tagged`: a function whose tag `tandem:version` equals a tag of the image · `image-last`: every function as it is.',
      ),
    ),
  tags: z
    .optional(z.array(Tag).check(z.minLength(1, 'names no pattern'), z.maxLength(MOST_PATTERNS)))
    .check(
      z.describe(
        'Patterns of the image tags whose pushes start releases, e.g. `[0-9]*.[0-9]*.[0-9]*`.',
      ),
    ),
  policy: z
    ._default(Policy, () => Policy.parse({}))
    .check(z.describe('What each release of the pair must fulfil.')),
});
export type PairSettings = z.infer<typeof PairSettings>;

/** A pair as the orchestrator knows it. */
export interface Registration extends PairSettings {
  readonly targets: Readonly<Record<string, Target>>;
}

/** SSM path of everything that belongs to a pair. */
export const pairPath = (pair: string): string => `/tandem/${pair}/`;
/** SSM parameter that holds the pair's settings. */
export const settingsParameter = (pair: string): string => `${pairPath(pair)}pair`;
/** SSM parameter that holds one target. */
export const targetParameter = (pair: string, target: string): string =>
  `${pairPath(pair)}targets/${target}`;

/** A pair's registration, or what is wrong with it. */
export type FoundRegistration =
  | { readonly registration: Registration }
  | { readonly problem: 'unknown' }
  | { readonly problem: 'broken'; readonly text: string };

const parse = <Schema extends z.ZodMiniType>(
  schema: Schema,
  text: string,
): { value: z.output<Schema> } | { text: string } => {
  try {
    const result = schema.safeParse(JSON.parse(text));
    return result.success ? { value: result.data } : { text: faultText(result.error, 'it') };
  } catch (error) {
    return { text: (error as Error).message };
  }
};

/** Reads a registration out of the SSM parameters below the pair's path: values by name. */
export const parseRegistration = (
  pair: string,
  parameters: ReadonlyMap<string, string>,
): FoundRegistration => {
  const settings = parameters.get(settingsParameter(pair));
  if (settings === undefined) return { problem: 'unknown' };
  const parsed = parse(PairSettings, settings);
  if ('text' in parsed) {
    return { problem: 'broken', text: `${settingsParameter(pair)}: ${parsed.text}` };
  }
  const targets: Record<string, Target> = {};
  for (const [name, text] of parameters) {
    if (name === settingsParameter(pair)) continue;
    const target = parse(Target, text);
    if ('text' in target) return { problem: 'broken', text: `${name}: ${target.text}` };
    targets[target.value.name] = target.value;
  }
  return { registration: { ...parsed.value, targets } };
};

/** That an account has no pair of a name, in a sentence; `known` are the pairs that it has, undefined where they were not read. */
export const unknownPair = (pair: string, known?: readonly string[]): string => {
  const has = known && ` (the account has ${known.join(', ') || 'none'})`;
  return `There is no pair ${pair}${has ?? ''}: correct the name, or deploy its stack`;
};

/** The reason against a release whose pair is not registered, or not soundly; `known` are the pairs there are. */
export const unregistered = (
  pair: string,
  found: Exclude<FoundRegistration, { registration: Registration }>,
  known?: readonly string[],
): Reason =>
  found.problem === 'unknown'
    ? reason('unknown-pair', unknownPair(pair, known))
    : reason('broken-registration', `The registration of ${pair} is broken: ${found.text}`);
