/** Brings events from a bus to the targets of the rules that match, as often and as late as the quirks say. */
import type { RetryPolicy, Target } from '@aws-sdk/client-eventbridge';
import type { Cloud } from '../../cloud.ts';
import { sendDeadLetter } from '../../delivery/dead-letter.ts';
import { deliver } from '../../delivery/deliver.ts';
import type { Timers } from '../../delivery/timers.ts';
import type { Rule } from './buses.ts';
import type { BusEvent } from './event.ts';
import type { Publish } from './put-events.ts';
import { sendToTarget } from './targets.ts';
import { inputOf } from './transform.ts';

/** AWS's defaults: 185 retries within 24 hours. */
const RETRIES = 185;
const OLDEST = 86_400;
/** Longest wait between two tries, in seconds; AWS says only "exponential back-off and jitter". */
const LONGEST_WAIT = 900;

/** What EventBridge writes into ERROR_CODE; anything else is SDK_CLIENT_ERROR. */
const ERROR_CODES: readonly (readonly [RegExp, string])[] = [
  [/AccessDenied|AuthorizationError|NotAuthorized/, 'NO_PERMISSIONS'],
  [/NotFound|DoesNotExist/, 'NO_RESOURCE'],
  [/Throttl|TooManyRequests/, 'THROTTLING'],
  [/^INVALID_JSON$/, 'INVALID_JSON'],
];

function* waitsOf({ MaximumRetryAttempts, MaximumEventAgeInSeconds }: RetryPolicy, cloud: Cloud) {
  let age = 0;
  for (let retry = 0; retry < (MaximumRetryAttempts ?? RETRIES); retry += 1) {
    const wait = Math.min(2 ** retry, LONGEST_WAIT) * (0.5 + cloud.random() / 2);
    age += wait;
    if (age > (MaximumEventAgeInSeconds ?? OLDEST)) return;
    yield wait;
  }
}

/** The two ways an event reaches its targets. */
export interface Router {
  /** An event on a bus: every enabled rule whose pattern matches. */
  readonly publish: Publish;
  /** An event of one rule's schedule. */
  fire(rule: Rule, event: BusEvent): void;
}

/** Routes in the background. */
export const router = (cloud: Cloud, timers: Timers): Router => {
  const send = (rule: Rule, target: Target, event: BusEvent) => {
    const context = { ruleArn: rule.arn, ruleName: rule.name, ingestionTime: event.time };
    const { RetryPolicy = {}, DeadLetterConfig } = target;
    deliver(timers, {
      attempt: async () =>
        sendToTarget(cloud, target, {
          input: inputOf(target, event, context),
          event,
          SourceArn: rule.arn,
        }),
      waits: waitsOf(RetryPolicy, cloud),
      failed: ({ error, retries, permanent }) => {
        if (!DeadLetterConfig?.Arn) {
          return cloud.note(`EventBridge rule ${rule.name} lost an event: ${error.message}`);
        }
        const spent = retries >= (RetryPolicy.MaximumRetryAttempts ?? RETRIES);
        return sendDeadLetter(cloud, {
          queue: DeadLetterConfig.Arn,
          sender: 'events.amazonaws.com',
          source: rule.arn,
          body: JSON.stringify(event),
          reasons: {
            RULE_ARN: rule.arn,
            TARGET_ARN: target.Arn,
            ERROR_CODE:
              ERROR_CODES.find(([name]) => name.test(error.name))?.[1] ?? 'SDK_CLIENT_ERROR',
            ERROR_MESSAGE: error.message,
            RETRY_ATTEMPTS: retries,
            EXHAUSTED_RETRY_CONDITION: permanent
              ? undefined
              : spent
                ? 'MaximumRetryAttempts'
                : 'MaximumEventAgeInSeconds',
          },
        });
      },
    });
  };

  /** Milliseconds after which each copy of an event arrives. */
  const arrivals = (): number[] => {
    if (cloud.quirks.events === 'late') return [30_000 + cloud.random() * 60_000];
    if (cloud.quirks.events === 'twice') return [0, 1_000 + cloud.random() * 9_000];
    return [0];
  };

  const arrive = (rules: () => readonly Rule[], event: BusEvent) => {
    for (const wait of arrivals()) {
      timers.after(wait, () => {
        for (const rule of rules()) {
          for (const target of rule.targets.values()) send(rule, target, event);
        }
      });
    }
  };

  return {
    publish: (bus, event, byService) => {
      if (byService && cloud.quirks.events === 'lost') return;
      arrive(
        () =>
          [...bus.rules.values()].filter(
            ({ state, pattern }) => state !== 'DISABLED' && pattern?.matches(event),
          ),
        event,
      );
    },
    fire: (rule, event) => arrive(() => (rule.state === 'DISABLED' ? [] : [rule]), event),
  };
};
