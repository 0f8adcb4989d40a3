/** What a target is sent: the event, a part of it, a constant, or a text made from parts of it. */
import type { InputTransformer, Target } from '@aws-sdk/client-eventbridge';
import { AwsError } from '../../aws-error.ts';
import type { BusEvent } from './event.ts';

/** The rule that matched, for the variables `aws.events.*`. */
export interface TransformContext {
  readonly ruleArn: string;
  readonly ruleName: string;
  readonly ingestionTime: string;
}

const STEP = /^(?:\.([\w-]+)|\['([^']+)'\]|\[(\d+)\])/;

/** The keys of a path such as `$.detail.state` or `$.resources[0]`. Throws ValidationException for any other form. */
export const pathKeys = (path: string): string[] => {
  const keys: string[] = [];
  let rest = path.slice(1);
  while (path.startsWith('$') && rest !== '') {
    const step = STEP.exec(rest);
    if (!step) break;
    keys.push(step[1] ?? step[2] ?? step[3] ?? '');
    rest = rest.slice(step[0].length);
  }
  if (path.startsWith('$') && rest === '') return keys;
  throw new AwsError('ValidationException', `Invalid path ${path}: dots, names and [n] only.`);
};

const select = (event: unknown, path: string): unknown =>
  pathKeys(path).reduce<any>(
    (value, key) => (value && Object.hasOwn(value, key) ? value[key] : undefined),
    event,
  );

/** Inside quotes a value is text that must not end the quotes; outside it is JSON. */
const inserted = (value: unknown, quoted: boolean): string => {
  if (value === undefined) return '';
  if (!quoted) return JSON.stringify(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
};

const fill = (template: string, variables: Readonly<Record<string, unknown>>): string => {
  let quoted = false;
  return template.replace(/\\.|"|<([\w.-]+)>/gs, (part, name) => {
    if (part === '"') quoted = !quoted;
    if (name === undefined || !Object.hasOwn(variables, name)) return part;
    return inserted(variables[name], quoted);
  });
};

const transform = (
  { InputPathsMap = {}, InputTemplate = '' }: InputTransformer,
  event: BusEvent,
  context: TransformContext,
): string => {
  const { detail: _, ...withoutDetail } = event;
  const variables: Record<string, unknown> = {
    'aws.events.rule-arn': context.ruleArn,
    'aws.events.rule-name': context.ruleName,
    'aws.events.event.ingestion-time': context.ingestionTime,
    'aws.events.event': withoutDetail,
    'aws.events.event.json': event,
  };
  for (const [name, path] of Object.entries(InputPathsMap)) variables[name] = select(event, path);
  const text = fill(InputTemplate, variables);
  if (isJson(text)) return text;
  throw new AwsError('INVALID_JSON', `The input transformer made no JSON: ${text}`);
};

/** Whether a text is JSON. */
export const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** The JSON text that a target gets. Throws INVALID_JSON where a transformer does not make JSON. */
export const inputOf = (target: Target, event: BusEvent, context: TransformContext): string => {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath) return JSON.stringify(select(event, target.InputPath) ?? null);
  if (target.InputTransformer) return transform(target.InputTransformer, event, context);
  return JSON.stringify(event);
};
