/** The risk of a release as people read it. */
import type { Risk } from './risk.ts';

const percent = (share: number): string => {
  const value = 100 * share;
  if (value > 99) return 'above 99';
  return value < 1 ? 'below 1' : String(Math.round(value));
};

/** Releases below which the interval is too wide to help anybody. */
const FEWEST = 10;

/** How far the figure can be trusted: its interval, or that too few releases of the past are known. */
const trust = ({ low, high, releases = FEWEST }: Risk): string => {
  if (releases >= FEWEST) return `${percent(low)} to ${percent(high)} %`;
  if (releases === 0) return 'a guess: no release before it';
  return `a guess: only ${releases} release${releases === 1 ? '' : 's'} before it`;
};

/** The figure, and how far it can be trusted: `about 18 % (6 to 40 %)`. */
export const riskFigure = (risk: Risk): string =>
  `about ${percent(risk.probability)} % (${trust(risk)})`.replace(/about (above|below)/, '$1');

/** The figure with its reasons, in one line. */
const riskText = (risk: Risk): string => `${riskFigure(risk)}: ${risk.reasons.join('; ')}`;

/** The risk in a sentence. */
export const riskLine = (risk: Risk): string =>
  [`Risk of a rollback: ${riskText(risk)}`, risk.suggestion?.text ?? []].flat().join('. ');
