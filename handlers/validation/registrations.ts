import { GetParametersByPathCommand, type Parameter } from '@aws-sdk/client-ssm';
import {
  type FoundRegistration,
  pairPath,
  parseRegistration,
  type Registration,
  settingsParameter,
} from '../../core/drivers/registration.ts';
import type { Written } from '../../core/pushes/adoption.ts';
import { ssm } from '../aws/ssm.ts';

/** A pair with the times at which its parameters were written. */
export interface Registered {
  readonly registration: Registration;
  readonly written: Written;
}

const parametersBelow = async (path: string): Promise<ReadonlyMap<string, Parameter>> => {
  const parameters = new Map<string, Parameter>();
  let token: string | undefined;
  do {
    const page = await ssm.send(
      new GetParametersByPathCommand({
        Path: path,
        Recursive: true,
        ...(token ? { NextToken: token } : {}),
      }),
    );
    for (const parameter of page.Parameters ?? []) {
      if (parameter.Name && parameter.Value) parameters.set(parameter.Name, parameter);
    }
    token = page.NextToken;
  } while (token);
  return parameters;
};

const readPair = async (pair: string) => {
  const parameters = await parametersBelow(pairPath(pair));
  const texts = [...parameters].map(([name, { Value = '' }]) => [name, Value] as const);
  return { parameters, found: parseRegistration(pair, new Map(texts)) };
};

/** Reads the registration that the construct wrote under `/tandem/<pair>/`. */
export const findRegistration = async (pair: string): Promise<FoundRegistration> =>
  (await readPair(pair)).found;

const writtenAt = ({ LastModifiedDate }: Parameter): number => LastModifiedDate?.getTime() ?? 0;

const registered = async (pair: string): Promise<readonly Registered[]> => {
  const { parameters, found } = await readPair(pair);
  if (!('registration' in found)) return [];
  const settings = parameters.get(settingsParameter(pair))!;
  const written = {
    version: settings.Version ?? 0,
    settingsAt: writtenAt(settings),
    at: Math.max(...[...parameters.values()].map(writtenAt)),
  };
  return [{ registration: found.registration, written }];
};

/** All pairs that are registered; one whose registration is broken is left out. */
export const allRegistrations = async (): Promise<readonly Registered[]> => {
  const names = [...(await parametersBelow('/tandem/')).keys()].flatMap(
    (name) => /^\/tandem\/([^/]+)\/pair$/.exec(name)?.[1] ?? [],
  );
  return (await Promise.all(names.map(registered))).flat();
};
