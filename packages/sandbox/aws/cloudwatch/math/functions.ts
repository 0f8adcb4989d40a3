/** The functions of metric math that this sandbox has. */
import type { Expression } from './parse.ts';
import { at, isList, isSeries, type Scope, seriesOf, timesOf, type Value, zip } from './value.ts';

type Run = (
  args: readonly Expression[],
  scope: Scope,
  evaluate: (argument: Expression) => Value,
) => Value;

/** Arguments of a function that takes from `least` to `most` of them. Throws SyntaxError. */
const expect = (name: string, args: readonly Expression[], least: number, most = least) => {
  if (args.length >= least && args.length <= most) return;
  throw new SyntaxError(
    `${name} takes ${least === most ? least : `${least} or ${most}`} arguments`,
  );
};

const each =
  (name: string, change: (value: number) => number): Run =>
  (args, _, evaluate) => {
    expect(name, args, 1);
    return zip(args.map(evaluate), ([value = 0]) => change(value));
  };

type Fold = (numbers: readonly number[]) => number;

const folds: Readonly<Record<string, Fold>> = {
  MAX: (numbers) => Math.max(...numbers),
  MIN: (numbers) => Math.min(...numbers),
  SUM: (numbers) => numbers.reduce((sum, value) => sum + value, 0),
  AVG: (numbers) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length,
};

/** Over time for a series, over the members for a list: a member without data at a time is not counted there. */
const aggregate =
  (name: string, fold: Fold): Run =>
  (args, _, evaluate) => {
    expect(name, args, 1);
    const [value = 0] = args.map(evaluate);
    if (typeof value === 'number') return value;
    if (isSeries(value)) return fold([...value.values()]);
    if (!value.some(isSeries)) return fold(value as readonly number[]);
    return seriesOf(timesOf(value), (time) =>
      fold(value.map((member) => at(member, time)).filter((number) => number !== undefined)),
    );
  };

/** IF(condition, then, else?): anything but 0 is true. */
const condition: Run = (args, _, evaluate) => {
  expect('IF', args, 2, 3);
  const [test = 0, yes = 0, no] = args.map(evaluate);
  if ([test, yes, no ?? 0].some(isList)) throw new SyntaxError('IF takes no lists');
  if (typeof test === 'number') {
    if (test !== 0) return yes;
    return no ?? new Map();
  }
  return seriesOf(timesOf([test]), (time) => {
    if (at(test, time) !== 0) return at(yes, time);
    return no === undefined ? undefined : at(no, time);
  });
};

/** FILL(series, value | series | REPEAT): puts something where data are missing. */
const fill: Run = (args, scope, evaluate) => {
  expect('FILL', args, 2);
  const [source, filling] = args as [Expression, Expression];
  const word = filling.kind === 'id' && /^[A-Z]/.test(filling.name) ? filling.name : undefined;
  if (word !== undefined && word !== 'REPEAT') {
    throw new SyntaxError(`FILL with ${word} is not part of this sandbox`);
  }
  const replacement = word ? undefined : evaluate(filling);
  const filled = (value: Value): Value => {
    if (typeof value === 'number') return value;
    if (isList(value)) return value.map(filled);
    let last: number | undefined;
    return seriesOf(scope.times, (time) => {
      last = value.get(time) ?? (replacement === undefined ? last : at(replacement, time));
      return last;
    });
  };
  return filled(evaluate(source));
};

/** PERIOD(metric): its period in seconds. */
const period: Run = (args, scope) => {
  expect('PERIOD', args, 1);
  const [metric] = args;
  if (metric?.kind !== 'id') throw new SyntaxError('PERIOD takes the id of a metric');
  return scope.periodOf(metric.name);
};

/** By name. A function that is not here is an error that names it. */
export const FUNCTIONS: Readonly<Record<string, Run>> = {
  ABS: each('ABS', Math.abs),
  CEIL: each('CEIL', Math.ceil),
  FLOOR: each('FLOOR', Math.floor),
  ...Object.fromEntries(Object.entries(folds).map(([name, fold]) => [name, aggregate(name, fold)])),
  IF: condition,
  FILL: fill,
  PERIOD: period,
};
