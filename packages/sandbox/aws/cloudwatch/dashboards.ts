/** Dashboards: kept and given back, never drawn. */
import { AwsError } from '../../aws-error.ts';
import type { Cloud, Operation } from '../../cloud.ts';

interface Dashboard {
  readonly name: string;
  readonly body: string;
  readonly modifiedAt: number;
}

const TYPES = ['alarm', 'chart', 'custom', 'explorer', 'log', 'metric', 'text'];

/** Widgets that a dashboard may have. */
const MOST_WIDGETS = 500;

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What AWS would refuse in a body whatever its widgets show. */
const problemOf = (text: string): string | undefined => {
  let body: any;
  try {
    body = JSON.parse(text);
  } catch {
    return 'The dashboard body is not valid JSON.';
  }
  if (!isObject(body) || !('widgets' in body) || !Array.isArray(body.widgets)) {
    return 'The dashboard body must have an array of widgets.';
  }
  const { widgets } = body;
  if (widgets.length > MOST_WIDGETS) {
    return `The dashboard body has more than ${MOST_WIDGETS} widgets.`;
  }
  const wrong = widgets.findIndex(
    (widget) =>
      !isObject(widget) ||
      !TYPES.includes((widget as any).type) ||
      !isObject((widget as any).properties),
  );
  return wrong < 0 ? undefined : `/widgets/${wrong} needs a known type, and properties.`;
};

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
      const problem = problemOf(DashboardBody);
      if (problem) throw new AwsError('DashboardInvalidInputError', problem);
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
