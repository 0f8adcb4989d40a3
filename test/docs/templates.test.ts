/** What the documentation says of the stacks stands in their templates. */
import type { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { STACKS } from '../../infra/app.ts';
import { synthesize } from '../infra/synthesized.ts';
import { pageAt, rowsOf, sectionsOf } from './pages.ts';

const templates = synthesize();

const resourcesOf = (template: Template): readonly any[] =>
  Object.values(template.toJSON().Resources);

/** Rows of the tables of a section, without the marks of code. */
const rows = (path: string, title: string): readonly (readonly string[])[] => {
  const section = sectionsOf(pageAt(path)).find((one) => one.title === title);
  return rowsOf((section?.text ?? '').replaceAll('`', ''))
    .slice(2)
    .map((row) => [...row]);
};

it('docs/clean-up.md lists every resource that stays when its stack goes, and no other one', () => {
  const listed = rows('docs/clean-up.md', 'What stays on purpose').map(
    ([stack, type]) => `${stack} ${type}`,
  );
  const retained = STACKS.flatMap((stack) =>
    resourcesOf(templates[stack])
      .filter(({ DeletionPolicy = 'Delete' }) => DeletionPolicy !== 'Delete')
      .map(({ Type }) => `${stack} ${Type}`),
  );

  expect([...listed].sort()).toEqual(retained.sort());
});

it('docs/deploy.md counts what costs money as the templates do', () => {
  const counted = rows('docs/deploy.md', 'What it costs');
  const found = counted.map(([type, stack]) => [
    type,
    stack,
    String(
      resourcesOf(templates[stack as keyof typeof templates]).filter(({ Type }) => Type === type)
        .length,
    ),
  ]);

  expect(counted.length).toBeGreaterThan(0);
  expect(counted).toEqual(found);
});

it('docs/deploy.md counts the metrics of the alarms as the templates do', () => {
  const metricsIn = (stack: 'tandem' | 'tandem-storefront'): readonly number[] =>
    Object.values(templates[stack].findResources('AWS::CloudWatch::Alarm')).map(
      ({ Properties: { Metrics } }) =>
        Metrics?.filter((one: { MetricStat?: unknown }) => one.MetricStat).length ?? 1,
    );

  expect([...metricsIn('tandem')].sort()).toEqual([1, 1, 1, 1, 1, 8]);
  expect(metricsIn('tandem-storefront')).toEqual(Array(9).fill(2));
});
