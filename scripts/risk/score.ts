/** How good predicted probabilities are. */

/** A prediction and what came. */
export interface Predicted {
  readonly probability: number;
  readonly bad: boolean;
  /** Whose release it was. */
  readonly project?: string;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const count = (predicted: readonly Predicted[]): number =>
  predicted.filter(({ bad }) => bad).length;

/** Probability that a bad one is ranked above a good one; ties count half (Mann and Whitney). */
export const areaUnderCurve = (predicted: readonly Predicted[]): number => {
  const sorted = [...predicted].sort((a, b) => a.probability - b.probability);
  const bad = count(predicted);
  let ranks = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (sorted[end + 1]?.probability === sorted[start]!.probability) end += 1;
    ranks += ((start + end) / 2 + 1) * count(sorted.slice(start, end + 1));
    start = end + 1;
  }
  return (ranks - (bad * (bad + 1)) / 2) / (bad * (predicted.length - bad));
};

/** The same among releases of one project only: what the projects have apart does not count. */
export const areaWithinProjects = (predicted: readonly Predicted[]): number => {
  let [sum, weights] = [0, 0];
  for (const project of new Set(predicted.map((one) => one.project))) {
    const own = predicted.filter((one) => one.project === project);
    const weight = count(own) * (own.length - count(own));
    if (weight === 0) continue;
    sum += weight * areaUnderCurve(own);
    weights += weight;
  }
  return sum / weights;
};

/** Mean squared error of the probabilities. */
export const brier = (predicted: readonly Predicted[]): number =>
  mean(predicted.map(({ probability, bad }) => (probability - (bad ? 1 : 0)) ** 2));

/** Mean of -ln of the probability of what came. */
export const logLoss = (predicted: readonly Predicted[]): number =>
  mean(predicted.map(({ probability, bad }) => -Math.log(bad ? probability : 1 - probability)));

/** Share of the bad ones among the riskiest `share` of all. */
export const captured = (predicted: readonly Predicted[], share: number): number => {
  const sorted = [...predicted].sort((a, b) => b.probability - a.probability);
  return count(sorted.slice(0, Math.round(sorted.length * share))) / count(predicted);
};

/** Tenths of the predictions by their probability: what was said on average, and what came. */
export const deciles = (predicted: readonly Predicted[]) => {
  const sorted = [...predicted].sort((a, b) => a.probability - b.probability);
  return Array.from({ length: 10 }, (_, tenth) => {
    const own = sorted.slice(
      Math.floor((tenth * sorted.length) / 10),
      Math.floor(((tenth + 1) * sorted.length) / 10),
    );
    return { said: mean(own.map(({ probability }) => probability)), came: count(own) / own.length };
  });
};

/** Expected calibration error over tenths of equal size. */
export const calibrationError = (predicted: readonly Predicted[]): number =>
  mean(deciles(predicted).map(({ said, came }) => Math.abs(said - came)));
