/** Facts in words: the ledger, as people read it. */
import { provenText } from '../proof/proof-table.ts';
import { warmText } from '../proof/warmed.ts';
import { goesBack } from '../release/intent.ts';
import { inFull } from '../release/reason.ts';
import { movedText, revisionText } from '../release/revision-words.ts';
import { underRedText } from '../release/under-red-words.ts';
import { riskLine } from '../risk/words.ts';
import { oneLine } from '../text/one-line.ts';
import type { Data, Kind } from './kinds.ts';
import { rollbackStepText } from './rollback-words.ts';

const withReason = (text: string, reason: string): string => {
  const why = oneLine(reason);
  return why ? `${text}: ${why}` : text;
};

/** Who asked for what: `ada@example.com asked to release web and api: faster search`. */
const askedText = ({ by, intent, targets, reason, again }: Data<'asked'>): string => {
  const verb = goesBack({ intent }) ? 'roll back' : 'release';
  const asked = withReason(`${by} asked to ${verb} ${targets.join(' and ')}`, reason);
  return again === undefined
    ? asked
    : `${asked}; also if it was rolled back before: ${oneLine(again)}`;
};

const ORDERED: Readonly<Record<Data<'ordered'>['command'], string>> = {
  hold: 'Hold set',
  resume: 'Hold lifted',
  promote: 'Early promotion requested',
  abort: 'Abort requested',
};

/** An order in words: `Hold set by ada: the phones are ringing`. */
export const orderText = ({ command, by, reason }: Data<'ordered'>): string =>
  withReason(`${ORDERED[command]} by ${by}`, reason);

const scalingText = ({ target, did, why, run }: Data<'scaling'>): string | undefined => {
  const texts = {
    suspended: 'is suspended while traffic moves',
    'suspended-before': 'is still suspended by an earlier release',
    'suspended-still': undefined,
    left: `is left alone: ${why}`,
    restored: 'is restored',
    failed: `could not be restored: ${why}. By hand: ${run}`,
  };
  const text = texts[did];
  return text && `${target}: its automatic scaling ${text}`;
};

const decidedText = ({ decision, reasons, judged }: Data<'decided'>): string =>
  decision === 'rollback'
    ? `Rolling back: ${reasons.map(inFull).join('; ')}`
    : ['Decided: promote', ...judged].join('; ');

const rolledBackText = ({
  target,
  step,
  refused,
  again,
}: Data<'rolled-back'>): string | undefined => {
  if (again) return undefined;
  const text = `${target}: ${rollbackStepText(step)}`;
  return refused === undefined ? text : `${text}: refused: ${refused}`;
};

/** The sentence of each kind; undefined where people need not know. */
const SENTENCES: {
  readonly [One in Kind]: (data: Data<One>) => string | undefined;
} = {
  asked: askedText,
  'risk-estimated': riskLine,
  'alarms-excused': underRedText,
  queued: ({ behind }) => `Waits for its turn behind ${behind ?? 'another release'}`,
  superseded: ({ by }) => `${by} took its place`,
  'checked-again': () => 'The release has its turn; Tandem checks everything again',
  prepared: ({ target, from, to, unchanged }) =>
    unchanged
      ? `${target} runs ${revisionText(to)} already`
      : `${target}: ${movedText(from, to)} prepared`,
  launching: () => undefined,
  launched: ({ target, deployment }) => `${target}: deployment ${deployment} launched`,
  busy: ({ target, of }) =>
    `${target}: ${of === undefined ? 'its deployment group' : `the deployment group of ${of}`} is busy`,
  proven: provenText,
  warmed: (data) => `Green is warmed up (${warmText(data)})`,
  'approval-requested': () => 'Approval requested',
  'approval-answered': ({ state, by }) => `${state} by ${by}`,
  'promotion-requested': () => 'Promotion requested: the judge has doubts',
  ordered: orderText,
  'start-began': () => 'The common start begins',
  'letting-go': () => undefined,
  'let-go': ({ target }) => `${target}: shift started`,
  'not-let-go': () => undefined,
  'hook-held': ({ target, event }) => `${target}: holds ${event}`,
  'hook-failed': () => undefined,
  'barrier-answered': ({ target, answer }) => `${target}: hook answered ${answer}`,
  'guard-ended': () => 'The guard is over',
  'blue-let-go': () => undefined,
  scaling: scalingText,
  polled: () => undefined,
  'alarm-changed': () => undefined,
  woken: () => undefined,
  decided: decidedText,
  'handed-over': ({ to }) => `${to} continues the release: the execution before grew long`,
  'taken-over': ({ to, again }) => (again ? undefined : `${to} took the release over`),
  'rollback-began': () => undefined,
  'rolled-back': rolledBackText,
  ended: ({ title }) => `Ended: ${title}`,
  closed: () => undefined,
  'carried-over': () => undefined,
};

/**
 * A fact in words, on one line; undefined where people need not know it. A fact that only a newer Tandem can put into
 * words is shown by the name of its kind.
 */
export const sentenceOf = ({
  kind,
  data,
}: {
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
}): string | undefined => {
  const tell = Object.hasOwn(SENTENCES, kind) ? SENTENCES[kind as Kind] : () => kind;
  try {
    const text = (tell as (data: unknown) => string | undefined)(data);
    return text === undefined ? undefined : oneLine(text) || '…';
  } catch {
    return kind;
  }
};
