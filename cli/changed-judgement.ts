/** A changed `judgement`, out of what a person typed: a file, single members, or both. */
import { JudgeSettings } from '../core/release/judge-settings.ts';
import { readNamedJson } from '../rehearsal/terminal/named-file.ts';

/** What a person may say of the policy. */
export interface ChangeOptions {
  /** File with members of `judgement`, as JSON. */
  readonly policy?: string;
  /** `<member>=<value>`, one for each member; they replace what the file says. */
  readonly set?: readonly string[];
}

const MEMBERS = Object.keys(JudgeSettings.shape);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const POLICY = 'members of judgement as one JSON object, like { "margin": 1.5 }';

const ofFile = async (path: string): Promise<object> => {
  const value = await readNamedJson(path, `Name a file that holds ${POLICY}`);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new Error(`${path} holds no policy: ${POLICY}`);
};

const ofText = (text: string): readonly [string, unknown] => {
  const [, member, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (member === undefined || value === undefined)
    throw new Error(`"${text}" is not <member>=<value>, for example margin=1.5`);
  return [member, parsed(value) ?? value];
};

/** What is to be changed; undefined when nothing is. Throws a sentence that names the member which is wrong. */
export const changesOf = async ({
  policy,
  set = [],
}: ChangeOptions): Promise<object | undefined> => {
  if (policy === undefined && set.length === 0) return undefined;
  const changes = {
    ...(policy === undefined ? {} : await ofFile(policy)),
    ...Object.fromEntries(set.map(ofText)),
  };
  changedJudgement(JudgeSettings.parse({}), changes);
  return changes;
};

/** The policy with changes. Throws a sentence that names the member which is wrong. */
export const changedJudgement = (today: JudgeSettings, changes: object): JudgeSettings => {
  const { success, data, error } = JudgeSettings.safeParse({ ...today, ...changes });
  if (success) return data;
  const strange = Object.keys(changes).find((name) => !MEMBERS.includes(name));
  if (strange !== undefined)
    throw new Error(`judgement has no member ${strange}; it has ${MEMBERS.join(', ')}`);
  const { path, message } = error.issues[0]!;
  const member = String(path[0]);
  const value = JSON.stringify((changes as Record<string, unknown>)[member]);
  throw new Error(`judgement cannot have ${member} ${value}: ${message}`);
};
