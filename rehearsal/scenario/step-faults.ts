/** Names what is wrong with a step of a scenario: by its verb, which the schema's union of all steps does not know. */
import type * as z from 'zod';
import { faultSentences, meant } from '../../core/text/faults.ts';
import { Step } from './steps.ts';

type Option = z.ZodObject;

const readOptions = (): ReadonlyMap<string, Option> => {
  const union = (Step as unknown as z.ZodLazy<z.ZodUnion<readonly Option[]>>).unwrap();
  return new Map(union.options.map((option) => [Object.keys(option.shape)[0]!, option]));
};

let known: ReadonlyMap<string, Option> | undefined;

/** The schema of each step by its verb, which is its first member; made once, since a file may have thousands of steps. */
const options = (): ReadonlyMap<string, Option> => {
  known ??= readOptions();
  return known;
};

type Path = readonly PropertyKey[];

/** How people count: as the errors of a step that fails while it is played. */
const placeOf = (path: Path): string => `step ${Number(path.at(-1)) + 1}`;

const stepFaults = (place: string, step: unknown): readonly string[] => {
  const byVerb = options();
  const verbs = [...byVerb.keys()];
  if (typeof step !== 'object' || step === null)
    return [`${place} is no step: an object that begins with its verb`];
  const [first = ''] = Object.keys(step);
  const verb = Object.hasOwn(step, first) && byVerb.has(first) ? first : undefined;
  const said = verb ?? Object.keys(step).find((member) => byVerb.has(member));
  if (said === undefined)
    return [
      `${place}: there is no verb "${first}"${meant(first, verbs) || '.'} The verbs: ${verbs.join(', ')}`,
    ];
  const read = byVerb.get(said)!.safeParse(step);
  return read.success ? [] : valueFaults(`${place} (${said})`, step, read.error);
};

/** The value at a path inside another one. */
const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, part) => (inner as Record<PropertyKey, unknown>)?.[part], value);

/** Path of the step that a fault is in, the outermost one; undefined of a fault that is in none. */
const stepPath = (path: Path): Path | undefined => {
  const index = path.findIndex(
    (part, n) => typeof part === 'number' && (path[n - 1] === 'steps' || path[n - 1] === 'do'),
  );
  return index < 0 ? undefined : path.slice(0, index + 1);
};

const valueFaults = (whole: string, value: unknown, error: z.core.$ZodError): readonly string[] => {
  const sentences = error.issues.flatMap((issue) => {
    const step = stepPath(issue.path);
    if (step) return stepFaults(`${whole && `${whole} → `}${placeOf(step)}`, at(value, step));
    return faultSentences({ issues: [issue] }, whole || 'the file').map((sentence) =>
      whole && issue.path.length > 0 ? `${whole}: ${sentence}` : sentence,
    );
  });
  return [...new Set(sentences)];
};

/** One sentence for each fault of a scenario. */
export const scenarioFaults = (scenario: unknown, error: z.core.$ZodError): readonly string[] =>
  valueFaults('', scenario, error);
