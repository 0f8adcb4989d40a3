import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { ReleasePair, type ReleasePairProps } from '../../infra/pair/release-pair.ts';
import { importedFunction, importedRoles, importedService } from './imported.ts';

const env = { account: '111122223333', region: 'eu-west-1' };

const pairIn = (
  propsOf: (stack: Stack) => Partial<ReleasePairProps>,
  settings: { readonly env?: typeof env } = { env },
) => {
  const stack = new Stack(new App(), 'shop', settings);
  new ReleasePair(stack, 'Shop', { pair: 'shop', ...propsOf(stack) });
  const template = Template.fromStack(stack);
  const of = (type: string): any[] =>
    Object.values(template.findResources(type)).map(({ Properties }) => Properties);
  return {
    alarms: of('AWS::CloudWatch::Alarm'),
    dashboards: of('AWS::CloudWatch::Dashboard'),
  };
};

const both = (stack: Stack) => ({
  ecs: { ...importedService(stack), taskRoles: importedRoles(stack) },
  lambda: importedFunction(stack),
});

/** The widgets of a body whose references are shown as `?`. */
const widgetsOf = ({ DashboardBody }: any): any[] =>
  JSON.parse(
    DashboardBody['Fn::Join'][1]
      .map((part: unknown) => (typeof part === 'string' ? part : '?'))
      .join(''),
  ).widgets;

/** Metric math of a graph or an alarm, without what makes ids the graph's own. */
const mathOf = (texts: readonly string[]): string[] =>
  [...new Set(texts.map((text) => text.replace(/_(blue|green)(_p\d+)?/g, '')))].sort();

describe('the dashboard of a pair', () => {
  const { alarms, dashboards } = pairIn(both);
  const widgets = widgetsOf(dashboards[0]);
  const graphs = widgets.filter(({ type }) => type === 'metric').map((one) => one.properties);

  it('draws the thresholds of the alarms, and no others', () => {
    const drawn = graphs.flatMap(({ annotations }) => annotations?.horizontal ?? []);

    expect(drawn).toHaveLength(4);
    expect(new Set(drawn.map(({ value }) => value))).toEqual(
      new Set(alarms.map(({ Threshold }) => Threshold)),
    );
  });

  it('computes error rates and latency as the alarms do, over the same minute', () => {
    const math = graphs.flatMap(({ metrics }) =>
      metrics.flatMap(([{ expression }]: any[]) => expression ?? []),
    );
    const judged = math.filter((text) => text.startsWith('IF('));
    const watched = alarms.flatMap(({ Metrics }) =>
      Metrics.flatMap(({ Expression }: any) => Expression ?? []),
    );
    const periods = graphs.flatMap(({ metrics }) =>
      metrics.map((entry: any[]) => entry.at(-1).period),
    );

    // The latency of a function is drawn by version, which no alarm's metric math could.
    expect(mathOf(watched).filter((text) => !mathOf(judged).includes(text))).toEqual([
      'IF(volume >= 10, milliseconds)',
    ]);
    expect(mathOf(judged).filter((text) => !mathOf(watched).includes(text))).toEqual([]);
    expect(new Set(periods)).toEqual(new Set([60]));
  });

  it('has a row for each target, and titles that say whose', () => {
    const { dashboards: several } = pairIn((stack) => ({
      lambda: [importedFunction(stack), importedFunction(stack, 'mail')],
    }));
    const titles = widgetsOf(several[0]).map(({ properties }) => properties.title as string);

    for (const target of ['api', 'mail'])
      expect(titles.filter((title) => title.startsWith(`${target}: `))).toHaveLength(3);
  });

  it('has a name that no other Region of the account takes', () => {
    expect(dashboards[0].DashboardName).toBe('tandem-shop-eu-west-1');
    expect(pairIn(both, {}).dashboards[0].DashboardName).toEqual({
      'Fn::Join': ['', ['tandem-shop-', { Ref: 'AWS::Region' }]],
    });
  });

  it('is left out where nobody wants it', () => {
    expect(pairIn((stack) => ({ ...both(stack), dashboard: false })).dashboards).toEqual([]);
  });
});
