/** The page about the state machines: a graph each, a sentence a state, and the words that releases are told in. */

import { RELEASE_MACHINE, ROLLBACK_MACHINE, STEP_NAMES } from '../../core/names.ts';
import { ENDS, SUCCEEDING } from '../../core/release/end.ts';
import { PHASES } from '../../core/release/phase.ts';
import { REASON_CODES } from '../../core/release/reason.ts';
import { commonFailures, diagramOf, type Machine, type State } from './diagram.ts';

/** `take-turn` by the name that a definition gives it: `TakeTurn`. */
const STEP_OF = new Map<string, string>(
  STEP_NAMES.map((step) => [
    step.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    step,
  ]),
);

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** What a state runs: a handler, the other machine, or nothing of its own. */
const runs = ({ Arguments = {} }: State): string => {
  const [, key = ''] = /^\$\{(\w+)\}$/.exec(Arguments.FunctionName ?? '') ?? [];
  const step = STEP_OF.get(key);
  if (step) return `[${step}](../handlers/steps/${step}.ts)`;
  return Arguments.StateMachineArn ? `[${ROLLBACK_MACHINE}](#${ROLLBACK_MACHINE})` : '';
};

const rowsOf = ({ States }: Machine, within = ''): readonly (readonly string[])[] =>
  Object.entries(States).flatMap(([name, state]) => [
    [`${within}${name}`, state.Comment, runs(state)],
    ...(state.ItemProcessor ? rowsOf(state.ItemProcessor, `${within}${name} › `) : []),
  ]);

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

const failureSentences = (machine: Machine): readonly string[] =>
  [...commonFailures(machine)].map(
    ([next, names]) =>
      `Not drawn: ${listed(names)} go on at **${next}** when they fail and trying again did not help.`,
  );

const sectionOf = (name: string, machine: Machine): readonly string[] => [
  `## ${name}`,
  machine.Comment ?? '',
  diagramOf(machine),
  ...failureSentences(machine),
  table(['State', 'What it does', 'Runs'], rowsOf(machine)),
];

const words = (meanings: Readonly<Record<string, string>>): readonly (readonly string[])[] =>
  Object.entries(meanings).map(([word, meaning]) => [`\`${word}\``, meaning]);

/** Text of the page. */
export const machinePage = (release: Machine, rollback: Machine): string =>
  `${[
    '# State machines',
    '<!-- Written by scripts/docs.ts from the definitions and from core/. Do not edit. -->',
    'Two machines drive every release. Both are plain Amazon States Language in JSONata; what they hold is order, what they decide is decided in [core/protocol/next.ts](../core/protocol/next.ts).',
    ...sectionOf(RELEASE_MACHINE, release),
    ...sectionOf(ROLLBACK_MACHINE, rollback),
    '## Phases',
    'A release is in one phase at a time. The record of the release names it; the machine does not.',
    table(['Phase', 'Meaning'], words(PHASES)),
    '## Ends',
    'The end of a release. A failing end is the error name of the execution.',
    table(
      ['End', 'Execution', 'Meaning'],
      Object.entries(ENDS).map(([end, meaning]) => [
        `\`${end}\``,
        SUCCEEDING.some((one) => one === end) ? 'succeeds' : 'fails',
        meaning,
      ]),
    ),
    '## Reason codes',
    'Why something happened. Reports, mails, exit codes and the ledger carry these codes and no others.',
    table(['Code', 'Meaning'], words(REASON_CODES)),
  ].join('\n\n')}\n`;
