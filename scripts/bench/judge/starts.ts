/** How the settings of learned starts were chosen: by cross-validation over services. */
import { profileOf } from '../../../backtest/decisions.ts';
import type { Past } from '../../../backtest/file.ts';
import { replay } from '../../../backtest/replay.ts';
import { DEFAULT_PARAMETERS } from '../../../core/analysis/default-parameters.ts';
import { DEFAULT_FIT, learnedOf, type StartFit } from '../../../core/analysis/warm-up.ts';
import { median, print } from '../print.ts';

/** Settings to choose among. */
const FITS: readonly StartFit[] = [false, true].flatMap((isFalling) =>
  [1, 3].map((prior) => ({ prior, isFalling })),
);

/** Good releases that a service has learned from: what is believed at first, and much later. */
const HISTORIES = [5, 10, 30] as const;

/** Releases of a service under some setting. */
interface Result {
  readonly service: Past['service'];
  readonly isBad: boolean;
  readonly isStopped: boolean;
  readonly requests: number;
}

/** Decides on the releases of a service that are not learned from: its test releases, and the bad ones of its history. */
const resultsOf = (pasts: readonly Past[], service: Past['service'], fit: StartFit): Result[] => {
  const own = pasts.filter((one) => one.service === service);
  const good = own.filter(({ part, label }) => part === 'history' && label === 'good');
  const judged = own.filter(({ part, label }) => part !== 'history' || label === 'bad');
  return HISTORIES.flatMap((many) => {
    const profile = profileOf(good.slice(-many));
    const learned = profile && learnedOf(profile, fit);
    return judged.map(({ trace, lengths, label }) => {
      const { second, canaryRequests } = replay(trace, lengths, DEFAULT_PARAMETERS, learned);
      const isStopped = second !== null;
      return { service, isBad: label === 'bad', isStopped, requests: canaryRequests };
    });
  });
};

const count = (results: readonly Result[], is: (one: Result) => boolean): number =>
  results.filter(is).length;

const meanRequests = (results: readonly Result[]): number => {
  const bad = results.filter(({ isBad }) => isBad);
  return bad.reduce((sum, { requests }) => sum + requests, 0) / bad.length;
};

/** Whether a setting is better: it stops fewer good releases, or finds more bad ones, or needs fewer requests for that. */
const isBetter = (one: readonly Result[], other: readonly Result[]): boolean => {
  const ranked = (results: readonly Result[]) => [
    count(results, ({ isBad, isStopped }) => !isBad && isStopped),
    -count(results, ({ isBad, isStopped }) => isBad && isStopped),
    meanRequests(results),
  ];
  const [own, others] = [ranked(one), ranked(other)];
  const first = own.findIndex((value, index) => value !== others[index]);
  return first >= 0 && own[first]! < others[first]!;
};

const nameOf = ({ prior, isFalling }: StartFit): string =>
  `${isFalling ? 'falling' : 'each slot by itself'}, ${prior} added`;

const rowOf = (name: string, results: readonly Result[]): readonly string[] => {
  const [bad, good] = [true, false].map((is) => results.filter(({ isBad }) => isBad === is));
  const stops = (all: readonly Result[]) => count(all, ({ isStopped }) => isStopped);
  return [
    name,
    `${stops(bad!)} of ${bad!.length}`,
    `${stops(good!)} of ${good!.length}`,
    String(median(bad!.filter(({ isStopped }) => isStopped).map(({ requests }) => requests))),
    meanRequests(results).toFixed(0),
  ];
};

/** Prints what each setting finds, and what is found in each service by the one that is best on the others. */
export const crossValidateStarts = (pasts: readonly Past[]): void => {
  const services = [...new Set(pasts.map(({ service }) => service))];
  const all = FITS.map((fit) => ({
    fit,
    results: services.flatMap((service) => resultsOf(pasts, service, fit)),
  }));
  const best = (isIn: (result: Result) => boolean) =>
    all.reduce((one, other) =>
      isBetter(other.results.filter(isIn), one.results.filter(isIn)) ? other : one,
    );
  const validated = services.map((service) => {
    const { fit, results } = best((one) => one.service !== service);
    return { service, fit, results: results.filter((one) => one.service === service) };
  });
  print(
    `Learned starts after ${HISTORIES.join(', ')} good releases; the default is: ${nameOf(DEFAULT_FIT)}`,
    ['settings', 'bad stopped', 'good stopped', 'median requests', 'mean'],
    [
      ...all.map(({ fit, results }) => rowOf(nameOf(fit), results)),
      ...validated.map(({ service, fit, results }) =>
        rowOf(`service ${service}, chosen on the others: ${nameOf(fit)}`, results),
      ),
      rowOf(
        'cross-validated',
        validated.flatMap(({ results }) => results),
      ),
    ],
  );
};
