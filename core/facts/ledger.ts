/** The ledger of a release: its facts in words, those left out that people need not know. */
import { SUCCEEDING } from '../release/end.ts';
import type { Actor, Fact } from './fact.ts';
import type { Data, Kind } from './kinds.ts';
import { sentenceOf } from './sentences.ts';

/** A line of the ledger. */
export interface LedgerLine {
  readonly at: string;
  readonly what: string;
  /** Kind of the fact. */
  readonly kind: string;
  readonly by: Actor;
  /** It speaks against the release, or somebody must know of it. */
  readonly isBad: boolean;
}

/** When a fact is bad news; kinds that are not here never are. */
const BAD: { readonly [One in Kind]?: (data: Data<One>) => boolean } = {
  superseded: () => true,
  busy: () => true,
  proven: ({ verdict }) => verdict !== 'pass',
  'approval-answered': ({ state }) => state === 'rejected',
  ordered: ({ command }) => command === 'abort',
  'barrier-answered': ({ answer }) => answer === 'Failed',
  scaling: ({ did }) => did === 'failed',
  decided: ({ decision }) => decision === 'rollback',
  'taken-over': () => true,
  'rolled-back': ({ step: { did }, refused }) => refused !== undefined || did === 'give-up',
  ended: ({ end }) => !SUCCEEDING.includes(end),
};

const isBad = ({ kind, data }: Fact): boolean => {
  const tell = BAD[kind as Kind] as ((data: unknown) => boolean) | undefined;
  try {
    return tell?.(data) ?? false;
  } catch {
    // A newer Tandem tells it otherwise.
    return false;
  }
};

/** The lines of some facts, in their order. */
export const ledgerOf = (facts: readonly Fact[]): readonly LedgerLine[] =>
  facts.flatMap((fact) => {
    const { at, kind, by } = fact;
    if (kind === 'carried-over') {
      const { lines = [] } = fact.data as Partial<Data<'carried-over'>>;
      return lines.map((line) => ({ ...line, kind, by, isBad: false }));
    }
    const what = sentenceOf(fact);
    return what === undefined ? [] : [{ at, what, kind, by, isBad: isBad(fact) }];
  });
