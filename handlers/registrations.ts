import { GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import {
  type FoundRegistration,
  pairPath,
  parseRegistration,
  type Registration,
} from '../core/registration.ts';

const ssm = new SSMClient();

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

/** Reads the registration that the construct wrote under `/tandem/<pair>/`. */
export const findRegistration = async (pair: string): Promise<FoundRegistration> =>
  parseRegistration(pair, await parametersBelow(pairPath(pair)));

/** Registrations of all pairs; a broken one is left out. */
export const allRegistrations = async (): Promise<readonly Registration[]> => {
  const names = [...(await parametersBelow('/tandem/')).keys()].flatMap(
    (name) => /^\/tandem\/([^/]+)\/pair$/.exec(name)?.[1] ?? [],
  );
  const found = await Promise.all(names.map(findRegistration));
  return found.flatMap((one) => ('registration' in one ? [one.registration] : []));
};
