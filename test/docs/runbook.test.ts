/** The runbook has a paragraph for every reason, and the guide for people on duty a row for every end and every alarm. */
import { describe, expect, it } from 'vitest';
import { ENDS } from '../../core/release/end.ts';
import { REASON_CODES } from '../../core/release/reason.ts';
import { synthesize } from '../infra/synthesized.ts';
import { pageAt, rowsOf, sectionsOf } from './pages.ts';

const sections = sectionsOf(pageAt('docs/runbook.md'));

/** Paragraphs about codes: their headings are code. */
const paragraphs = sections.flatMap(({ level, title, text }) => {
  const [, code] = /^`(.+)`$/.exec(title) ?? [];
  return level === 3 && code !== undefined ? [{ code, text }] : [];
});

/** The groups of core/release/reason.ts, by its comments, each with its codes. */
const groups = (() => {
  const [, list = ''] = /REASON_CODES = \{\n([\s\S]*?)\n\} as const/.exec(
    pageAt('core/release/reason.ts').text,
  )!;
  return list
    .split(/^ {2}\/\/ /m)
    .slice(1)
    .map((group) => ({
      title: group.slice(0, group.indexOf('\n')),
      codes: [...group.matchAll(/^ {2}'?([a-z-]+)'?:/gm)].map(([, code]) => code),
    }));
})();

/** What the first column of a section's table names. */
const namedIn = (title: string): readonly string[] => {
  const section = sectionsOf(pageAt('docs/operations.md')).find((one) => one.title === title);
  return rowsOf(section?.text ?? '').flatMap(([first = '']) => /^`(.+)`$/.exec(first)?.[1] ?? []);
};

describe('docs/runbook.md', () => {
  it('has one paragraph for every reason code, and none for a code that does not exist', () => {
    expect(paragraphs.map(({ code }) => code)).toEqual(Object.keys(REASON_CODES));
  });

  it('has them in the groups of core/release/reason.ts', () => {
    const titles = sections.filter(({ level }) => level === 2).map(({ title }) => title);
    const found = titles.map((title) => {
      const own = sections.slice(sections.findIndex((one) => one.title === title) + 1);
      const next = own.findIndex(({ level }) => level === 2);
      const codes = (next < 0 ? own : own.slice(0, next)).map((one) => one.title.slice(1, -1));
      return { title: title.toLowerCase(), codes };
    });

    expect(found.filter(({ codes }) => codes.length > 0)).toEqual(groups);
  });

  it.each(paragraphs)('says of $code what it means, how to see it and what to do', ({ text }) => {
    expect(text.split('. ').length).toBeGreaterThan(2);
    expect(text).toMatch(/`(npx tandem|aws) [^`]+`/);
  });
});

describe('docs/operations.md', () => {
  it('says what to do at every end', () => {
    expect(namedIn('What to do at each end')).toEqual(Object.keys(ENDS));
  });

  it('has the commands that show what serves users after NeedsAttention', () => {
    const [, after = ''] = pageAt('docs/operations.md').text.split('\n### NeedsAttention\n');
    const [text] = after.split('\n## ');

    for (const command of [
      'npx tandem get',
      'aws lambda get-alias',
      'aws elbv2 describe-rules',
      'aws ecs describe-services',
    ])
      expect(text).toContain(command);
  });

  it('says what to do at every alarm of the orchestrator', () => {
    const alarms = Object.values(synthesize().tandem.findResources('AWS::CloudWatch::Alarm'));

    expect([...namedIn('Alarms on Tandem itself')].sort()).toEqual(
      alarms.map(({ Properties }) => Properties.AlarmName).sort(),
    );
  });
});
