/** The risk of a release as people read it. */
import type { Risk } from './risk.ts';

const percent = (share: number): string => {
  const value = 100 * share;
  if (value > 99) return 'above 99';
  return value < 1 ? 'below 1' : String(Math.round(value));
};

/** The figure with its interval: `about 18 % (6 to 40 %)`. */
export const riskFigure = ({ probability, low, high }: Risk): string =>
  `about ${percent(probability)} % (${percent(low)} to ${percent(high)} %)`.replace(
    /about (above|below)/,
    '$1',
  );

/** The figure with its reasons, in one line. */
export const riskText = (risk: Risk): string => `${riskFigure(risk)}: ${risk.reasons.join('; ')}`;

/** The risk as a line of the ledger. */
export const riskLine = (risk: Risk): string =>
  [`Risk of being taken back: ${riskText(risk)}`, risk.suggestion?.text ?? []].flat().join('. ');
