import { REASON_CODES } from '../core/reason.ts';
import type { ReleaseOutcome } from './outcome.ts';
import { clockText } from './progress.ts';
import { styled, type Terminal } from './terminal.ts';
import type { TrafficCount } from './traffic.ts';

/** One release of the tour with what was expected of it and what its users met. */
export interface Chapter {
  readonly title: string;
  readonly expected: string;
  readonly outcome: ReleaseOutcome;
  readonly traffic: TrafficCount;
  /** Release time in seconds of the first bad sign, and of the reading that showed every user back. */
  readonly badSign?: { readonly at: number; readonly allBack: number };
}

const list = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([who, count]) => `${count} by ${who}`)
    .join(', ');

/** Whether a chapter ended as it should, with every target on one revision and no request lost. */
export const isAsExpected = ({ expected, outcome, traffic }: Chapter): boolean =>
  outcome.end === expected &&
  traffic.lost === 0 &&
  outcome.targets.length > 0 &&
  outcome.targets.every(({ live, from, to }) => live === (expected === 'Promoted' ? to : from));

const endText = ({ outcome, expected }: Chapter): string => {
  const good = outcome.end === expected;
  const text = styled(['bold', outcome.end === 'Promoted' ? 'green' : 'yellow'], outcome.end);
  return good ? `${text}, as it should` : `${text}, ${styled('red', `expected was ${expected}`)}`;
};

const chapterLines = (chapter: Chapter, number: number): readonly string[] => {
  const { outcome, traffic, title } = chapter;
  const label = (text: string) => styled('gray', text.padEnd(10));
  return [
    '',
    `${styled('bold', `${number}. ${title}`)}  ${styled('gray', outcome.id)}`,
    `   ${label('end')} ${endText(chapter)}`,
    ...outcome.targets.map(
      ({ name, from, to, live }) =>
        `   ${label(name)} ${from} → ${to}, users are on ${styled('bold', live)}`,
    ),
    ...(outcome.proof ? [`   ${label('proved')} ${outcome.proof}`] : []),
    ...outcome.reasons.map(
      ({ code, text }) =>
        `   ${label('because')} ${text} ${styled('gray', `(${code}: ${REASON_CODES[code]})`)}`,
    ),
    ...(chapter.badSign
      ? [
          `   ${label('back')} first bad sign at ${clockText(chapter.badSign.at)}, every user back at ${clockText(chapter.badSign.allBack)}`,
        ]
      : []),
    `   ${label('users')} ${traffic.requests} requests, ${traffic.failed} failed${
      traffic.failed > 0 ? ` (${list(traffic.failedBy)})` : ''
    }, ${traffic.lost === 0 ? styled('green', '0 lost') : styled('red', `${traffic.lost} lost`)}`,
    ...traffic.losses.map((loss) => `   ${label('')} lost: ${loss}`),
    `   ${label('cost')} ${outcome.transitions} state transitions, ${clockText(outcome.seconds)} of release time in ${outcome.realSeconds} real seconds`,
  ];
};

/** Prints what happened, release by release. */
export const printReport = (
  terminal: Terminal,
  chapters: readonly Chapter[],
  about: { readonly realSeconds: number; readonly speed: number },
): void => {
  const good = chapters.every(isAsExpected);
  const requests = chapters.reduce((sum, { traffic }) => sum + traffic.requests, 0);
  const lost = chapters.reduce((sum, { traffic }) => sum + traffic.lost, 0);
  terminal.line();
  terminal.line(styled('bold', 'What happened'));
  for (const [index, chapter] of chapters.entries()) {
    for (const text of chapterLines(chapter, index + 1)) terminal.line(text);
  }
  terminal.line();
  terminal.line(
    `${good ? styled('green', 'All as expected') : styled('red', 'Not as expected')}: ${chapters.length} releases, ${requests} requests, ${lost} lost, ${about.realSeconds.toFixed(0)} seconds (release time ran ${about.speed} times as fast).`,
  );
};
