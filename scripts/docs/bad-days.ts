/** The page of failure scenarios: what may go wrong, how a release ends then, and the scenario that shows it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Scenario } from '../../rehearsal/scenario/scenario.ts';

type About = Scenario['about'];

/** Chapters of the page in their order. */
const CHAPTERS: Readonly<Record<About, string>> = {
  input: 'The input of a release',
  trigger: 'Pushes and events',
  turn: 'The turn of a pair',
  people: 'People',
  checks: 'Checks before and while users meet green',
  permissions: 'Permissions',
  targets: 'Shapes of a pair',
  protocol: 'The pair protocol',
};

/** The settings of the quirk switches, as the page shows them. */
const SETTINGS: Readonly<Record<Scenario['quirks'], string>> = {
  every: 'all',
  documented: 'as documented',
  other: 'the other way round',
  lost: 'events lost',
  twice: 'events twice',
  idle: 'after idle weeks',
};

interface Day {
  readonly file: string;
  readonly scenario: Scenario;
}

const daysIn = (folder: string): readonly Day[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({
      file,
      scenario: Scenario.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))),
    }));

/** An end as a page says it: input that cannot be read is rejected before there is a record. */
const endText = (end: string): string => `\`${end === 'Refused' ? 'Rejected' : end}\``;

const endsOf = ({ expect: { releases, counts = {} } }: Scenario): string => {
  const counted = Object.entries(counts).map(([end, count]) => `${count} × ${endText(end)}`);
  if (counted.length > 1) return counted.join(', ');
  const ends = [...new Set(releases.map(({ end }) => endText(end)))];
  return ends.length === 0 ? 'nothing starts' : ends.join(', ');
};

const reasonsOf = ({ expect }: Scenario): string =>
  [...new Set(expect.releases.flatMap(({ reasons }) => reasons))]
    .map((code) => `\`${code}\``)
    .join(', ');

const rowOf = ({ file, scenario }: Day): string =>
  `| ${[
    scenario.fault,
    endsOf(scenario),
    reasonsOf(scenario),
    SETTINGS[scenario.quirks],
    `[${file.replace('.json', '')}](../samples/scenarios/${file})${scenario.thorough ? ' (thorough)' : ''}`,
  ].join(' | ')} |`;

const chapterOf = (about: About, days: readonly Day[]): readonly string[] => {
  const own = days.filter(({ scenario }) => scenario.about === about);
  return own.length === 0
    ? []
    : [
        `## ${CHAPTERS[about]}`,
        [
          '| Fault | End | Reasons | Settings | Test |',
          '| --- | --- | --- | --- | --- |',
          ...own.map(rowOf),
        ].join('\n'),
      ];
};

/** Text of the page, made of the scenario files in a folder. */
export const badDaysPage = (folder: string): string => {
  const days = daysIn(folder);
  return `${[
    '# Failure scenarios',
    '<!-- Written by scripts/docs.ts from samples/scenarios/. Do not edit. -->',
    `What may go wrong, and how the release ends: ${days.length} scenarios. Each is a file that is played in virtual time with the templates, machines and bundles that AWS would get. The test fails if the fault never occurs, or if no step misses a permission that the scenario removes. After every scenario the same laws hold: a documented end with a reason, every target on one revision or \`NeedsAttention\`, the turn free.`,
    'AWS does not document some of its behaviour. *Settings* names the readings of it under which a scenario is played. *All* means as documented, the other way round, events lost and events twice: `npm test` plays one of the first two, `npm run test:thorough` all four. Scenarios marked *thorough* are long, or variations of another one. Only `npm run test:thorough` plays them; where there are four settings it plays two of most of them (with `SCENARIOS=every`: all of each). Ends and reasons are explained with the [state machines](../statemachines/README.md).',
    ...Object.keys(CHAPTERS).flatMap((about) => chapterOf(about as About, days)),
  ].join('\n\n')}\n`;
};
