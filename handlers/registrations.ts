import { GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import * as z from 'zod/mini';
import {
  PairSettings,
  pairPath,
  type Registration,
  settingsParameter,
} from '../core/registration.ts';
import { Target } from '../core/target.ts';

const ssm = new SSMClient();

/** A pair's registration, or a sentence that says what is wrong with it. */
export type Found =
  | { readonly registration: Registration }
  | { readonly problem: 'unknown' }
  | { readonly problem: 'broken'; readonly text: string };

const parametersBelow = async (path: string): Promise<ReadonlyMap<string, string>> => {
  const parameters = new Map<string, string>();
  let token: string | undefined;
  do {
    const page = await ssm.send(
      new GetParametersByPathCommand({
        Path: path,
        Recursive: true,
        ...(token ? { NextToken: token } : {}),
      }),
    );
    for (const { Name, Value } of page.Parameters ?? []) {
      if (Name && Value) parameters.set(Name, Value);
    }
    token = page.NextToken;
  } while (token);
  return parameters;
};

const parse = <Schema extends z.ZodMiniType>(
  schema: Schema,
  text: string,
): { value: z.output<Schema> } | { text: string } => {
  try {
    const result = schema.safeParse(JSON.parse(text));
    return result.success ? { value: result.data } : { text: z.prettifyError(result.error) };
  } catch (error) {
    return { text: (error as Error).message };
  }
};

/** Reads the registration that the construct wrote under `/tandem/<pair>/`. */
export const findRegistration = async (pair: string): Promise<Found> => {
  const parameters = await parametersBelow(pairPath(pair));
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

/** Registrations of all pairs; a broken one is left out. */
export const allRegistrations = async (): Promise<readonly Registration[]> => {
  const names = [...(await parametersBelow('/tandem/')).keys()].flatMap(
    (name) => /^\/tandem\/([^/]+)\/pair$/.exec(name)?.[1] ?? [],
  );
  const found = await Promise.all(names.map(findRegistration));
  return found.flatMap((one) => ('registration' in one ? [one.registration] : []));
};
