/** The input of a release, out of a file and of what a person typed. */

import { readInput } from '../core/checks/input.ts';
import type { Curve } from '../core/release/curve.ts';
import type { ReleaseInput } from '../core/release/input.ts';
import { brief } from '../core/text/first-fault.ts';
import { readNamedJson } from '../rehearsal/terminal/named-file.ts';

/** What options say of a release; what a file says too is replaced by it. */
export interface InputOptions {
  readonly pair?: string;
  /** `<target>=<image or version>`, one for each target. */
  readonly target?: readonly string[];
  readonly reason?: string;
  /** Why a revision is released again that was rolled back before. */
  readonly again?: string;
  readonly by?: string;
  readonly author?: readonly string[];
  /** Why it may start under alarms that are red already. */
  readonly underRedAlarms?: string;
  readonly curve?: Curve;
  /** Minutes of the bake and of the guard. */
  readonly bake?: number;
  readonly guard?: number;
  /** Path of a JSON file with the facts of the change. */
  readonly change?: string;
}

const NAME_ONE =
  'Name a file, for example samples/releases/both.json, or use --pair and --target, for example: --pair storefront --target web=storefront-web:2.0.0';

const CHANGE_FILE =
  'Name a JSON file with the facts of the change: docs/judgement.md says how to make it from git';

const TARGET = '<target>=<image or version>, for example web=storefront-web:2.0.0 or api=latest';

const revisionOf = (text: string) =>
  /^(\d+|\$?latest)$/i.test(text) ? { version: text } : { image: text };

const targetsOf = ({ target = [] }: InputOptions): Record<string, unknown> =>
  Object.fromEntries(
    target.map((one) => {
      const [, name, revision] = /^([^=]+)=(.+)$/.exec(one) ?? [];
      if (!name || !revision) throw new Error(`"${one}" is not ${TARGET}`);
      return [name, revisionOf(revision)];
    }),
  );

/** Members without those that nobody has given. */
const given = (members: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

/** The input of a release, out of a file's JSON and the options. Throws a sentence when it is none. @internal */
export const inputOf = (
  file: unknown,
  options: Omit<InputOptions, 'change'>,
  caller: string,
  change?: unknown,
): ReleaseInput => {
  const { pair, reason, again, by, author, underRedAlarms, curve, bake, guard } = options;
  const base = typeof file === 'object' && file !== null ? (file as Record<string, unknown>) : {};
  const targets = { ...(base.targets as object | undefined), ...targetsOf(options) };
  const minutes = given({ bakeMinutes: bake, guardMinutes: guard });
  const read = readInput({
    requestedBy: caller,
    ...base,
    targets,
    ...given({ pair, reason, again, requestedBy: by, authors: author, underRedAlarms }),
    ...given({ curve, change }),
    ...(Object.keys(minutes).length > 0
      ? { policy: { ...(base.policy as object | undefined), ...minutes } }
      : {}),
  });
  if (read.kind === 'release') return read.input;
  const texts = read.kind === 'broken' ? read.reasons.map(({ text }) => listed(text)) : [];
  throw new Error(texts.join(' ') || 'A release needs a pair and its targets, not "recover"');
};

/** The faults of a text one below the other, or the only one in its sentence. */
const listed = (text: string): string => {
  const [head = '', ...faults] = text.split(/\s*✖ /);
  return faults.length < 2 ? brief(text) : [head, ...faults].join('\n✖ ');
};

/** Reads the files that a person has named; gives what makes the input for a caller. Throws a sentence. */
export const readRelease = async (
  file: string | undefined,
  options: InputOptions,
): Promise<(caller: string) => ReleaseInput> => {
  if (file === undefined && options.pair === undefined && options.target === undefined)
    throw new Error(`What is to be released? ${NAME_ONE}`);
  const content = file === undefined ? undefined : await readNamedJson(file, NAME_ONE);
  const change =
    options.change === undefined ? undefined : await readNamedJson(options.change, CHANGE_FILE);
  return (caller) => inputOf(content, options, caller, change);
};
