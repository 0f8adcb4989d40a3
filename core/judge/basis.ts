/** What a judgement rests on: every number that the judge was given, kept so small that each judgement can be made again. */
import * as z from 'zod/mini';
import type { Series } from '../analysis/tally.ts';
import { Profile } from '../analysis/warm-up.ts';
import { hashOf } from '../facts/fact.ts';
import { asJson, canonical, type Json, patched, patchOf } from '../facts/patch.ts';
import { Reason } from '../release/reason.ts';
import { Name } from '../text/schema.ts';
import { figuresOf, type KeptFigures, TargetFigures } from './kept-figures.ts';
import { TaskExits } from './task-exits.ts';

/** What is known of a target besides its figures. */
export const Beside = z.strictObject({
  profile: z.optional(Profile),
  exits: z.optional(TaskExits),
  /** What was found unusual: twelve hours of figures are not kept for it. */
  unusual: z.array(Reason),
});
export type Beside = z.infer<typeof Beside>;

const Known = z.strictObject({ figures: z.optional(TargetFigures), ...Beside.shape });

/** What is known of each target that is judged. */
export const Basis = z.record(Name, Known);
export type Basis = z.infer<typeof Basis>;

/** One basis as it is kept: what differs from the one before, which it names; from nothing where it names none. */
const Line = z.strictObject({ prev: z.string(), patch: z.record(z.string(), z.unknown()) });

/** The basis of figures and of what is known besides them. */
export const basisOf = (
  figures: KeptFigures['targets'],
  beside: Readonly<Record<string, Beside>>,
): Basis =>
  Object.fromEntries(
    Object.entries(beside).map(([name, one]) => {
      const known = figuresOf({ targets: figures }, name);
      return [name, { ...one, ...(known ? { figures: known } : {}) }];
    }),
  );

type JsonObject = { readonly [name: string]: Json };

/** Changes every series of a basis: rows are kept by their numbers, so that a patch holds only those that changed. */
const withRows = (basis: JsonObject, change: (series: JsonObject) => Json): JsonObject => {
  const eachMember = (value: Json | undefined, edit: (member: JsonObject) => Json): JsonObject =>
    Object.fromEntries(
      Object.entries((value ?? {}) as JsonObject).map(([name, member]) => [
        name,
        edit(member as JsonObject),
      ]),
    );
  return eachMember(basis, ({ figures, ...beside }) => {
    if (figures === undefined) return beside;
    const { tally, ...kept } = figures as JsonObject;
    if (tally === undefined) return { ...beside, figures: kept };
    const { errors, slow, metrics } = tally as JsonObject;
    const counted = {
      errors: change(errors as JsonObject),
      ...(slow === undefined ? {} : { slow: change(slow as JsonObject) }),
      ...(metrics === undefined ? {} : { metrics: eachMember(metrics, change) }),
    };
    return { ...beside, figures: { ...kept, tally: counted } };
  });
};

const asPatched = (basis: Basis): JsonObject =>
  withRows(asJson(basis) as JsonObject, (series) => ({
    ...series,
    rows: Object.fromEntries((series as Series).rows.map((row) => [String(row[0]), row])),
  }));

const asBasis = (kept: JsonObject): Basis => {
  const byNumber = ([a = 0]: number[], [b = 0]: number[]) => a - b;
  return Basis.parse(
    withRows(kept, (series) => ({
      ...series,
      rows: Object.values(series.rows as { [number: string]: number[] }).sort(byNumber),
    })),
  );
};

/** A basis that is kept, with the name of its bytes. */
export interface KeptBasis {
  readonly hash: string;
  readonly basis: Basis;
}

/** The line that keeps a basis behind the one before, with the name of its bytes; undefined where nothing differs. */
export const lineOf = (
  before: KeptBasis | undefined,
  basis: Basis,
): { readonly hash: string; readonly line: string } | undefined => {
  const patch = patchOf(before ? asPatched(before.basis) : {}, asPatched(basis));
  if (!patch) return undefined;
  const line = canonical({ prev: before?.hash ?? '', patch });
  return { hash: hashOf(line), line };
};

/** Reads bases by the names of their bytes out of their lines, in any order; undefined where one is missing or cannot be read. */
export const basesOf = (lines: readonly string[]): ((hash: string) => Basis | undefined) => {
  const all = new Map(lines.map((line) => [hashOf(line), line]));
  const known = new Map<string, JsonObject>([['', {}]]);
  const keptAt = (hash: string): JsonObject | undefined => {
    const way: { readonly hash: string; readonly patch: Json }[] = [];
    let next = hash;
    while (!known.has(next)) {
      const { success, data } = Line.safeParse(JSON.parse(all.get(next) ?? 'null'));
      if (!success) return undefined;
      way.push({ hash: next, patch: data.patch as JsonObject });
      next = data.prev;
    }
    for (const one of way.reverse()) {
      known.set(one.hash, patched(known.get(next)!, one.patch) as JsonObject);
      next = one.hash;
    }
    return known.get(hash);
  };
  return (hash) => {
    const kept = keptAt(hash);
    try {
      return kept && asBasis(kept);
    } catch {
      // Another version of Tandem knows more of a target.
      return undefined;
    }
  };
};
