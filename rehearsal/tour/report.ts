import { targetTexts } from '../../core/people/summary.ts';
import { clockText } from '../../core/text/durations.ts';
import type { ReleaseOutcome } from '../stage/outcome.ts';
import { styled } from '../terminal/terminal.ts';
import { labelled } from '../terminal/wrap.ts';
import { describeCount, type TrafficCount } from '../traffic/traffic-count.ts';
import { blameText, type MachineLoad, speedText } from './machine.ts';

/** One release of the tour with what was expected of it and what its users met. */
export interface Chapter {
  readonly title: string;
  readonly expected: string;
  readonly outcome: ReleaseOutcome;
  readonly traffic: TrafficCount;
  /** Release time in seconds of the first bad sign, and of the reading that showed every user back. */
  readonly badSign?: { readonly at: number; readonly allBack: number };
}

/** The whole tour. */
export interface Story {
  readonly chapters: readonly Chapter[];
  /** Everything that users sent, from the first request to the last: also before, between and after the releases. */
  readonly total: TrafficCount;
  readonly realSeconds: number;
  /** What other programs left of the machine. */
  readonly machine: MachineLoad;
}

/** Whether a chapter ended as it should, with every target on one revision and no request lost. */
const isAsExpected = ({ expected, outcome, traffic }: Chapter): boolean =>
  outcome.end === expected &&
  traffic.lost === 0 &&
  outcome.targets.length > 0 &&
  outcome.targets.every(({ live, from, to }) => live === (expected === 'Promoted' ? to : from));

/** Whether a number of releases were shown, all ended as they should, and nothing at all was lost. */
export const isGood = ({ chapters, total }: Story, releases: number): boolean =>
  chapters.length === releases && chapters.every(isAsExpected) && total.lost === 0;

/** Width of the labels in front of what is told. */
const LABEL = 9;

const told = (label: string, text: string, width: number): readonly string[] =>
  labelled(`   ${styled('gray', label.padEnd(LABEL))}`, text, width);

const endText = ({ outcome, expected }: Chapter): string => {
  const good = outcome.end === expected;
  const text = styled(
    ['bold', outcome.end === 'Promoted' ? 'green' : 'yellow'],
    outcome.title ?? outcome.end,
  );
  return good ? `${text}, as it should` : `${text}, ${styled('red', `expected was ${expected}`)}`;
};

const backText = ({ at, allBack }: NonNullable<Chapter['badSign']>): string => {
  // Whole seconds, so that the duration is the difference of the times beside it.
  const [sign, back] = [Math.floor(at), Math.floor(allBack)];
  const lasted = clockText((back - sign) * 1000);
  return `in ${lasted} (first bad sign ${clockText(sign * 1000)}; all traffic on blue ${clockText(back * 1000)}, read three times)`;
};

const chapterLines = (chapter: Chapter, number: number, width: number): readonly string[] => {
  const { outcome, traffic, title, badSign } = chapter;
  return [
    '',
    styled('bold', `${number}. ${title}`),
    ...told('release', outcome.id, width),
    `   ${styled('gray', 'end'.padEnd(LABEL))}${endText(chapter)}`,
    ...outcome.targets.flatMap((target) => {
      const { from, to, live } = targetTexts(target);
      return told(
        target.name,
        `${from} → ${target.to ? to : 'nothing new'}, users are on ${live}`,
        width,
      );
    }),
    ...(outcome.proof ? told('proved', outcome.proof, width) : []),
    ...(outcome.warmed ? told('warmed', outcome.warmed, width) : []),
    ...(outcome.evidence ? told('evidence', outcome.evidence, width) : []),
    ...outcome.reasons.flatMap(({ code, text }) => told('because', `${text} (${code})`, width)),
    ...(badSign ? told('back', backText(badSign), width) : []),
    ...told('users', describeCount(traffic), width),
    ...told(
      'cost',
      `${outcome.transitions} state transitions; the execution took ${clockText(outcome.seconds * 1000)} of release time, ${outcome.realSeconds} real seconds`,
      width,
    ),
  ];
};

const HELD_BACK =
  'Held back: requests not sent because 32 were already open; this machine could not keep up.';

const PASSED_ON =
  'A request that web passes on to api, and that api fails, counts as failed by that version of web.';

/** Whether versions of both halves have failed users. */
const bothFailed = ({ failedBy }: TrafficCount): boolean =>
  ['web ', 'api '].every((half) => Object.keys(failedBy).some((who) => who.startsWith(half)));

const totalLines = ({ chapters, total }: Story, width: number): readonly string[] => {
  const within = chapters.reduce((sum, { traffic }) => sum + traffic.requests, 0);
  const outside = `In all, with ${total.requests - within} requests before, between and after the releases`;
  return [
    ...labelled('', `${outside}: ${describeCount(total)}.`, width),
    ...(chapters.some(({ traffic }) => bothFailed(traffic)) ? labelled('', PASSED_ON, width) : []),
    ...(total.heldBack > 0 ? labelled('', HELD_BACK, width) : []),
    ...total.losses.flatMap((loss) => labelled(`   ${styled('red', 'lost')} `, loss, width)),
  ];
};

const verdictOf = (good: boolean, isBusy: boolean): string => {
  if (good) return styled('green', 'All as expected');
  return isBusy ? styled('yellow', 'Spoilt by a busy machine') : styled('red', 'Not as expected');
};

/** What happened, release by release, as lines of at most `width` characters. */
export const reportLines = (story: Story, releases: number, width: number): readonly string[] => {
  const { chapters, realSeconds, machine } = story;
  const good = isGood(story, releases);
  const blame = good ? undefined : blameText(machine);
  const verdict = verdictOf(good, blame !== undefined);
  return [
    '',
    styled('bold', 'What happened'),
    ...chapters.flatMap((chapter, index) => chapterLines(chapter, index + 1, width)),
    '',
    ...totalLines(story, width),
    `${verdict}: ${chapters.length} releases in ${realSeconds.toFixed(0)} seconds (${speedText(machine)}).`,
    ...(blame ? labelled('', blame, width) : []),
  ];
};
