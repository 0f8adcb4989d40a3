/** Scenarios in which nothing speaks against the release: whatever is slow, late, lost or tried again, it must be promoted. */
import type { Scenario, Side } from './scenario.ts';

const isGoodSide = ({ nature, hook, refusesLaunch, ...others }: Side): boolean =>
  nature.fails === undefined &&
  nature.hangs === undefined &&
  nature.installSeconds <= 90 &&
  !hook.lost &&
  hook.seconds < 60 &&
  !refusesLaunch &&
  others.stop === undefined &&
  others.goOn === undefined &&
  others.moved === undefined &&
  others.foreign === undefined;

/** A word whose response is lost is said again, and one that ends the guard is, too, while the wait is shown. */
const isGoodWord = (met: string): boolean =>
  met.startsWith('word: unanswered') || met === 'word: ineffective guard';

/** Whether a release must be promoted; `met` is what of the scenario has happened. */
export const isHarmless = (scenario: Scenario, met: ReadonlySet<string>): boolean => {
  const { policy, alarm, crashes, gaps } = scenario;
  const words = [...met].filter((one) => one.startsWith('word: '));
  return (
    scenario.sides.every(isGoodSide) &&
    scenario.proof === 'pass' &&
    (policy.approval ?? 'none') === 'none' &&
    !alarm.red &&
    !alarm.poor &&
    !scenario.blind &&
    scenario.commands.length === 0 &&
    crashes.every(({ kind }) => kind === 'retry' || kind === 'silent') &&
    gaps.every(({ what, seconds }) => what === undefined && seconds <= 30) &&
    scenario.pauses.every(({ what }) => what === undefined) &&
    words.every(isGoodWord) &&
    !scenario.older
  );
};
