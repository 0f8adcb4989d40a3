import { AwsError, type Call, type Fault } from 'tandem-sandbox';
import { payload } from '../stage/payload.ts';
import type { FaultStep, Step } from './steps.ts';

const memberAt = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((found, key) => (found as Record<string, unknown> | undefined)?.[key], value);

/** Whether a text follows a pattern in which `*` stands for anything. */
const follows = (text: string, pattern: string): boolean =>
  new RegExp(`^${pattern.split('*').map(RegExp.escape).join('.*')}$`, 's').test(text);

/** What a fault needs of the scenario that it happens in. */
interface Surroundings {
  /** Plays steps while the call waits. */
  readonly play: (steps: readonly Step[]) => Promise<void>;
  /** Called when the fault hits its first call. */
  readonly onFirstHit?: () => void;
  /** Target that a call is about. */
  readonly targetOf: (call: Call) => string | undefined;
}

const matches =
  (
    { service, operation, role, target, where = {} }: FaultStep,
    { targetOf }: Pick<Surroundings, 'targetOf'>,
  ) =>
  (call: Call): boolean => {
    if (call.service !== service || call.operation !== operation) return false;
    if (target !== undefined && targetOf(call) !== target) return false;
    const caller = call.principal.kind === 'role' ? call.principal.arn : call.principal.kind;
    if (role !== undefined && !caller.includes(role)) return false;
    return Object.entries(where).every(([path, pattern]) => {
      const found = memberAt(call.input, path);
      return follows(typeof found === 'string' ? found : (JSON.stringify(found) ?? ''), pattern);
    });
  };

/** An answer as the service gives it: what a function returned is bytes. */
const answerOf = (answer: unknown): unknown =>
  typeof answer === 'object' && answer !== null && 'Payload' in answer
    ? { ...answer, Payload: payload(answer.Payload) }
    : answer;

/** Makes the fault that a scenario describes; its steps run while the call waits. */
export const faultOf = (
  step: FaultStep,
  { play, targetOf, onFirstHit = () => undefined }: Surroundings,
): Fault => {
  const { name, effect } = step;
  let hits = 0;
  const common = {
    name,
    onHit: () => {
      hits += 1;
      if (hits === 1) onFirstHit();
    },
    matches: matches(step, { targetOf }),
    ...(step.skip === undefined ? {} : { skip: step.skip }),
    ...(step.times === undefined ? {} : { times: step.times }),
  };
  if (effect === 'hang' || effect === 'twice' || effect === 'stale')
    return { ...common, effect: { kind: effect } };
  if (effect === 'swallow')
    return { ...common, effect: { kind: effect, answer: answerOf(step.answer) } };
  if (effect === 'before' || effect === 'after') {
    return { ...common, effect: { kind: effect, action: () => play(step.do ?? []) } };
  }
  const {
    name: code = 'InternalFailure',
    message = 'injected by the scenario',
    status = 500,
  } = step.error ?? {};
  const error = new AwsError(code, message, { status });
  if (effect !== 'late') return { ...common, effect: { kind: effect, error } };
  return { ...common, effect: { kind: effect, error, milliseconds: (step.minutes ?? 0) * 60_000 } };
};
