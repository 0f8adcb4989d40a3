import { AwsError } from './aws-error.ts';
import type { Clock } from './clock/clock.ts';
import type { Call, CallFunction, Permission, Principal, Service } from './cloud.ts';
import type { Fault } from './faults.ts';

/** Says whether a principal may do what an operation asks for; throws the service's own refusal if not. */
export type Authorize = (
  principal: Principal,
  permissions: readonly Permission[],
  call: Call,
) => void;

/** One line of the record of calls: who really used which action on which resource, and how often. */
export interface UsedPermission {
  readonly role: string;
  readonly action: string;
  readonly resource: string;
  calls: number;
}

/** The choke point: the only place where IAM, faults, the record of calls and the busy count live. */
export interface ChokePoint {
  readonly call: CallFunction;
  register(service: Service): void;
  inject(fault: Fault): { readonly hits: () => number; remove(): void };
  /** Permissions that roles have used so far. */
  used(): readonly UsedPermission[];
  /** Tells of every call once it has been answered; gives the way to stop. */
  watch(listener: (call: Call, outcome: Outcome) => void): () => void;
}

/** A fault, what it has done so far, and what calls that it may answer anew were answered the last time. */
interface Injected {
  readonly fault: Fault;
  seen: number;
  hits: number;
  readonly answers: Map<string, unknown>;
}

/** What a call asks, whoever does. */
const questionOf = ({ region, operation, input }: Call): string =>
  JSON.stringify([region, operation, input]);

/** How a call ended. */
type Outcome = { readonly answer: unknown } | { readonly error: unknown };

export const chokePoint = (clock: Clock, authorize: Authorize): ChokePoint => {
  const services = new Map<string, Service>();
  const used = new Map<string, UsedPermission>();
  const listeners = new Set<(call: Call, outcome: Outcome) => void>();
  const faults: Injected[] = [];

  const permissionsOf = (service: Service, call: Call): readonly Permission[] =>
    service.permissions?.[call.operation]?.(call.input ?? {}, call) ?? [
      { action: `${service.id}:${call.operation}`, resource: '*' },
    ];

  const record = (call: Call, permissions: readonly Permission[]) => {
    if (call.principal.kind !== 'role') return;
    for (const { action, resource, somewhere } of permissions) {
      if (somewhere) continue;
      const key = `${call.principal.arn} ${action} ${resource}`;
      const line = used.get(key) ?? { role: call.principal.arn, action, resource, calls: 0 };
      line.calls += 1;
      used.set(key, line);
    }
  };

  const run = async (call: Call): Promise<unknown> => {
    const service = services.get(call.service);
    const operation =
      service &&
      Object.hasOwn(service.operations, call.operation) &&
      service.operations[call.operation];
    if (!service || !operation) {
      throw new AwsError(
        'UnknownOperationException',
        `${call.service}.${call.operation} is not part of this sandbox`,
      );
    }
    const permissions = permissionsOf(service, call);
    authorize(call.principal, permissions, call);
    record(call, permissions);
    return operation(call.input ?? {}, call);
  };

  const faultOf = (call: Call): Injected | undefined => {
    for (const entry of faults) {
      const { fault, answers } = entry;
      if (!fault.matches(call)) continue;
      if (fault.effect.kind === 'stale' && !answers.has(questionOf(call))) continue;
      entry.seen += 1;
      if (entry.seen <= (fault.skip ?? 0) || entry.hits >= (fault.times ?? 1)) continue;
      entry.hits += 1;
      fault.onHit?.(call);
      return entry;
    }
    return undefined;
  };

  /** Keeps an answer for the faults that may give it once more. */
  const keep = (call: Call, answer: unknown): void => {
    for (const { fault, answers } of faults)
      if (fault.effect.kind === 'stale' && fault.matches(call))
        answers.set(questionOf(call), structuredClone(answer));
  };

  /** Answers a call, or lets a fault answer in its place. */
  const answerTo = async (request: Call, injected: Injected | undefined): Promise<unknown> => {
    const effect = injected?.fault.effect;
    if (effect?.kind === 'swallow') return effect.answer;
    if (effect?.kind === 'stale') return injected!.answers.get(questionOf(request));
    const answer = await run(request);
    keep(request, answer);
    return answer;
  };

  const tell = (request: Call, outcome: Outcome) => {
    for (const listener of listeners) listener(request, outcome);
  };

  const never = () => new Promise<never>(() => undefined);

  /** Lets a call take effect when its caller has given it up; nobody hears the answer. */
  const runLater = (request: Call, milliseconds: number) =>
    clock.after(milliseconds, () => void clock.busy(() => run(request)).catch(() => undefined));

  const call: CallFunction = async (request) => {
    const injected = faultOf(request);
    const effect = injected?.fault.effect;
    if (effect?.kind === 'hang') return never();
    return clock.busy(async () => {
      try {
        if (effect?.kind === 'late') runLater(request, effect.milliseconds);
        if (effect?.kind === 'refuse' || effect?.kind === 'late') throw effect.error;
        if (effect?.kind === 'before') await effect.action(request);
        if (effect?.kind === 'twice') await run(request);
        const answer = await answerTo(request, injected);
        if (effect?.kind === 'after') await effect.action(request);
        if (effect?.kind === 'lose-response') throw effect.error;
        tell(request, { answer });
        return answer;
      } catch (error) {
        tell(request, { error });
        throw error;
      }
    });
  };

  return {
    call,
    register: (service) => void services.set(service.id, service),
    inject: (fault) => {
      const entry: Injected = { fault, seen: 0, hits: 0, answers: new Map() };
      faults.push(entry);
      return {
        hits: () => entry.hits,
        remove: () => void faults.splice(faults.indexOf(entry), 1),
      };
    },
    used: () => [...used.values()],
    watch: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};
