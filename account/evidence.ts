/** Reads by which figures releases of an account were judged, and how its pairs judge today. */
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { Evidence } from '../core/judge/evidence.ts';
import { evidenceKey } from '../core/keys.ts';
import { TABLE } from '../core/names.ts';
import type { ReleaseRecord } from '../core/record/record.ts';
import type { JudgementPolicy } from '../core/release/judge-settings.ts';
import { PairSettings, settingsParameter } from '../core/release/registration.ts';
import type { Account } from './account.ts';

/** Reads the evidence of a release: undefined when there is none, `unreadable` when another version of Tandem wrote it. */
export const evidenceReader = (account: Account) => {
  const dynamodb = account.client(DynamoDBClient);
  return async ({
    pair,
    release,
  }: Pick<ReleaseRecord, 'pair' | 'release'>): Promise<Evidence | 'unreadable' | undefined> => {
    const Key = marshall({ ...evidenceKey(pair, release) });
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName: TABLE, Key }));
    if (!Item) return undefined;
    const { success, data } = Evidence.safeParse(unmarshall(Item).body);
    return success ? data : 'unreadable';
  };
};

/** Reads the policy by which a pair judges today; undefined when it is not registered any more. */
export const judgementReader = (account: Account) => {
  const ssm = account.client(SSMClient);
  return async (pair: string): Promise<JudgementPolicy | undefined> => {
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
