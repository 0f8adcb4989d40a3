/** Reads by which figures releases of an account were judged, and how its pairs judge today. */
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { PairSettings, settingsParameter } from '../core/drivers/registration.ts';
import { KeptFigures } from '../core/judge/kept-figures.ts';
import { figuresKey } from '../core/keys.ts';
import { TABLE } from '../core/names.ts';
import type { ReleaseRecord } from '../core/record/record.ts';
import type { JudgeSettings } from '../core/release/judge-settings.ts';
import type { Account } from './account.ts';

/** Reads the figures of a release: undefined when there is none, `unreadable` when another version of Tandem wrote it. */
export const figuresReader = (account: Account) => {
  const dynamodb = account.client(DynamoDBClient);
  return async ({
    pair,
    release,
  }: Pick<ReleaseRecord, 'pair' | 'release'>): Promise<KeptFigures | 'unreadable' | undefined> => {
    const Key = marshall({ ...figuresKey(pair, release) });
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName: TABLE, Key }));
    if (!Item) return undefined;
    const { success, data } = KeptFigures.safeParse(unmarshall(Item).body);
    return success ? data : 'unreadable';
  };
};

/** Reads the settings of the judge that a pair has today; undefined when it is not registered any more. */
export const settingsReader = (account: Account) => {
  const ssm = account.client(SSMClient);
  return async (pair: string): Promise<JudgeSettings | undefined> => {
    const Name = settingsParameter(pair);
    const { Parameter } = await ssm
      .send(new GetParameterCommand({ Name }))
      .catch((error: unknown) => {
        if (error instanceof ParameterNotFound) return { Parameter: undefined };
        throw error;
      });
    return Parameter?.Value === undefined
      ? undefined
      : PairSettings.parse(JSON.parse(Parameter.Value)).policy.judgement;
  };
};
