/** What changes in the settings of a target from one revision to the next: environment, size, roles. */
import * as z from 'zod/mini';
import { oneLine } from '../text/one-line.ts';
import { Text } from '../text/schema.ts';

/** Settings of a revision by their names, e.g. `memory` or `environment LOG_LEVEL`. */
export type Settings = Readonly<Record<string, string>>;

/** Longest value that is shown, in characters. */
const LONGEST = 120;

/** Most changes of one target that are kept: a record has room for some kilobytes of them. */
const MOST = 20;

/** One setting that differs. A value that may be a secret is never kept: both are left out. */
export const SettingChange = z.strictObject({
  what: Text,
  change: z.enum(['added', 'removed', 'changed']),
  from: z.optional(z.string()),
  to: z.optional(z.string()),
});
export type SettingChange = z.infer<typeof SettingChange>;

/** Words of a name, or of a value such as `--token=…`, that stand for a secret. */
const SECRET_WORD =
  /secret|pass|pwd|token|credential|key|auth|private|cert|dsn|salt|signature|bearer|jwt|cookie|session|webhook|(?:^|[^a-z])(?:pw|pin|sas)(?![a-z])/i;

/** An address that names a user, or a key in PEM. */
const SECRET_VALUE = /:\/\/[^/\s]*@|-----BEGIN/;

/** A setting whose value a team writes; of every other one AWS says what it may be. */
const WRITTEN_BY_TEAMS = /^(?:[^ ]+: )?(?:environment |command$|entry point$|user$)/;

/** A word, a name in camel case, a number, or a number with its unit: `debug`, `us-east-1` and `30s` have no other parts. */
const PLAIN =
  /^(?:[A-Z]{1,20}\d{0,2}|[A-Z]?[a-z]{1,20}(?:[A-Z][a-z]+)*\d{0,2}|\d{1,12}[A-Za-z]{0,3})$/;

/** Whether a text may be a password or a token that a machine made: a part of it is neither a word nor a number. */
const isOpaque = (text: string): boolean =>
  text.split(/[^\p{L}\p{N}]+/u).some((part) => part !== '' && !PLAIN.test(part));

const isSecret = (what: string, ...values: readonly (string | undefined)[]): boolean => {
  const isTold = [what, ...values].some(
    (text = '') => SECRET_WORD.test(text) || SECRET_VALUE.test(text),
  );
  return isTold || (WRITTEN_BY_TEAMS.test(what) && values.some((text = '') => isOpaque(text)));
};

const changeOf = (what: string, from: string | undefined, to: string | undefined) => {
  const change = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
  if (isSecret(what, from, to)) return { what, change } as const;
  return {
    what,
    change,
    ...(from === undefined ? {} : { from: oneLine(from, LONGEST) }),
    ...(to === undefined ? {} : { to: oneLine(to, LONGEST) }),
  } as const;
};

/** What differs between the settings of two revisions, in the order of the names; of what is beyond the first 20, only how many. */
export const settingChanges = (from: Settings, to: Settings): SettingChange[] => {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .sort()
    .filter((what) => from[what] !== to[what]);
  const more = names.length - MOST;
  return [
    ...names.slice(0, MOST).map((what) => changeOf(what, from[what], to[what])),
    ...(more > 0 ? [{ what: `${more} more settings`, change: 'changed' as const }] : []),
  ];
};

/** A change as a line for people: `memory: 512 → 1024`, `environment FEATURE_GLOVES: added, on`, `secret DB: changed`. */
export const settingText = ({ what, change, from, to }: SettingChange): string => {
  if (from !== undefined && to !== undefined) return `${what}: ${from} → ${to}`;
  const value = from ?? to;
  return `${what}: ${change}${value === undefined ? '' : `, ${value === '' ? 'empty' : value}`}`;
};
