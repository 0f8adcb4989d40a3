/** Reads which policy the pair of a sandbox shall have: that of an environment, and whether it asks for approvals. */
import { join } from 'node:path';
import { Policy } from '../../core/release/policy.ts';
import { faultText } from '../../core/text/faults.ts';
import { readNamedJson } from '../terminal/named-file.ts';

/** What a person wants of the policy. */
export interface PolicyWishes {
  /** Name of the environment whose policy it is: `<folder>/<name>.json`. */
  readonly environment?: string;
  /** Whether a release needs an approval, whatever the environment says. */
  readonly approval?: boolean;
}

/** The policy of an environment's file; the stacks' own defaults where it names none. Throws a sentence. */
const policyOf = async (folder: string, name: string): Promise<unknown> => {
  const file = join(folder, `${name}.json`);
  const instead = 'Name an environment by its file in environments/, for example production';
  const environment = (await readNamedJson(file, instead)) as { policy?: unknown } | null;
  return environment?.policy ?? {};
};

/** The policy of the pair in a sandbox; undefined where nobody wishes for another one than the sample's. */
export const sandboxPolicy = async (
  { environment, approval }: PolicyWishes,
  folder = 'environments',
): Promise<Policy | undefined> => {
  if (environment === undefined && !approval) return undefined;
  const given = environment === undefined ? {} : await policyOf(folder, environment);
  const read = Policy.safeParse(given);
  if (!read.success)
    throw new Error(`environments/${environment}.json: policy: ${faultText(read.error, 'it')}`);
  return approval ? { ...read.data, approval: 'required' } : read.data;
};
