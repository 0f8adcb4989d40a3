/** Dashboards: kept and given back, never drawn. */
import { AwsError } from '../../aws-error.ts';
import type { Cloud, Operation } from '../../cloud.ts';

interface Dashboard {
  readonly name: string;
  readonly body: string;
  readonly modifiedAt: number;
}

/** PutDashboard, GetDashboard, ListDashboards, DeleteDashboards. Dashboards belong to the account, not to a Region. */
export const dashboardOperations = (cloud: Cloud): Record<string, Operation> => {
  const dashboards = new Map<string, Dashboard>();
  const arnOf = (name: string) => `arn:aws:cloudwatch::${cloud.account}:dashboard/${name}`;
  const find = (name: string): Dashboard => {
    const found = dashboards.get(name);
    if (found) return found;
    throw new AwsError('DashboardNotFoundError', `Dashboard ${name} does not exist`, {
      status: 404,
    });
  };

  return {
    PutDashboard: ({ DashboardName = '', DashboardBody = '' }) => {
      if (!/^[A-Za-z0-9_-]{1,255}$/.test(DashboardName)) {
        throw new AwsError('DashboardInvalidInputError', 'The dashboard name is not valid.');
      }
      try {
        JSON.parse(DashboardBody);
      } catch {
        throw new AwsError('DashboardInvalidInputError', 'The dashboard body is not valid JSON.');
      }
      const modifiedAt = cloud.clock.now();
      dashboards.set(DashboardName, { name: DashboardName, body: DashboardBody, modifiedAt });
      return { DashboardValidationMessages: [] };
    },

    GetDashboard: ({ DashboardName }) => {
      const { name, body } = find(DashboardName);
      return { DashboardArn: arnOf(name), DashboardBody: body, DashboardName: name };
    },

    ListDashboards: ({ DashboardNamePrefix = '' }) => ({
      DashboardEntries: [...dashboards.values()]
        .filter(({ name }) => name.startsWith(DashboardNamePrefix))
        .map(({ name, body, modifiedAt }) => ({
          DashboardName: name,
          DashboardArn: arnOf(name),
          LastModified: new Date(modifiedAt),
          Size: Buffer.byteLength(body),
        })),
    }),

    DeleteDashboards: ({ DashboardNames = [] }) => {
      for (const { name } of DashboardNames.map(find)) dashboards.delete(name);
      return {};
    },
  };
};
