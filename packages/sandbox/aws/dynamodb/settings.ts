/** Settings of tables that dynalite lacks: time to live and backups. They are kept and told, nothing expires or is restored. */
import { AwsError } from '../../aws-error.ts';
import type { Cloud, Operation } from '../../cloud.ts';
import type { Engine } from './engine.ts';
import { withNames } from './table-names.ts';

interface Settings {
  timeToLive?: { readonly AttributeName: string; readonly Enabled: boolean };
  /** When point-in-time recovery was switched on, in seconds of service time. */
  recoverableSince?: number | undefined;
}

/** The operations on settings, and what forgets those of a deleted table. */
export interface TableSettings {
  readonly operations: Record<string, Operation>;
  forget(region: string, table: string): void;
}

/** UpdateTimeToLive, DescribeTimeToLive, UpdateContinuousBackups, DescribeContinuousBackups. */
export const tableSettings = (
  cloud: Cloud,
  engineOf: (region: string) => Engine,
): TableSettings => {
  const known = new Map<string, Settings>();

  /** The settings of a table; throws ResourceNotFoundException if there is no such table. */
  const settingsOf = async (input: any, region: string): Promise<Settings> => {
    const { TableName } = withNames(input);
    await engineOf(region).send('DescribeTable', { TableName });
    const key = `${region}/${TableName}`;
    const settings = known.get(key) ?? {};
    known.set(key, settings);
    return settings;
  };

  const backups = ({ recoverableSince }: Settings) => ({
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription:
        recoverableSince === undefined
          ? { PointInTimeRecoveryStatus: 'DISABLED' }
          : {
              PointInTimeRecoveryStatus: 'ENABLED',
              EarliestRestorableDateTime: recoverableSince,
              LatestRestorableDateTime: cloud.clock.now() / 1000,
            },
    },
  });

  return {
    forget: (region, table) => void known.delete(`${region}/${table}`),
    operations: {
      UpdateTimeToLive: async ({ TimeToLiveSpecification: wanted, ...input }, { region }) => {
        const settings = await settingsOf(input, region);
        if ((settings.timeToLive?.Enabled ?? false) === wanted.Enabled) {
          throw new AwsError(
            'ValidationException',
            `TimeToLive is already ${wanted.Enabled ? 'enabled' : 'disabled'}`,
          );
        }
        settings.timeToLive = wanted;
        return { TimeToLiveSpecification: wanted };
      },

      DescribeTimeToLive: async (input, { region }) => {
        const { timeToLive } = await settingsOf(input, region);
        return {
          TimeToLiveDescription: timeToLive?.Enabled
            ? { TimeToLiveStatus: 'ENABLED', AttributeName: timeToLive.AttributeName }
            : { TimeToLiveStatus: 'DISABLED' },
        };
      },

      UpdateContinuousBackups: async (
        { PointInTimeRecoverySpecification: wanted, ...input },
        { region },
      ) => {
        const settings = await settingsOf(input, region);
        settings.recoverableSince = wanted.PointInTimeRecoveryEnabled
          ? (settings.recoverableSince ?? cloud.clock.now() / 1000)
          : undefined;
        return backups(settings);
      },

      DescribeContinuousBackups: async (input, { region }) =>
        backups(await settingsOf(input, region)),
    },
  };
};
