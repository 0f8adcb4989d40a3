import * as z from 'zod';
import type { Answered } from '../../core/checks/smoke.ts';
import {
  Contract,
  type ContractCase,
  type Mixed,
  mixedOf,
  type TriedCase,
  triedCell,
  unreachedCell,
} from '../../core/proof/contract.ts';
import type { Cell } from '../../core/proof/proof.ts';
import { movingTargets, pairTargets, type ReleaseRecord } from '../../core/record/record.ts';
import { type Party, partiesOf } from './parties.ts';

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');

/** Where an answer is not what the caller needs: the first place, in one line; undefined when it could live with it. */
const misfit = (body: string, schema: ContractCase['answer']): string | undefined => {
  const { error } = z.fromJSONSchema(schema as never).safeParse(parse(body));
  const [first, ...others] = error?.issues ?? [];
  if (!first) return undefined;
  const place = placeOf(first.path) || 'the answer';
  const more = others.length > 0 ? `, and ${others.length} more such places` : '';
  return `${place}: ${first.message.replace(/^Invalid input: /, '')}${more}`;
};

const tryCase = async (
  { name, request: { path }, answer: schema }: ContractCase,
  callee: Party,
): Promise<TriedCase> => {
  const answer: Answered = await callee.ask(path);
  if ('error' in answer) {
    const { error, unreached } = answer;
    return { name, path, ...(unreached ? { unreached: error } : { wrong: error }) };
  }
  const wrong = answer.status >= 400 ? `status ${answer.status}` : misfit(answer.body, schema);
  return { name, path, ...(wrong === undefined ? {} : { wrong }) };
};

const tryCell = async (caller: Party, callee: Party, path: string): Promise<Cell> => {
  const unread = (why: string) => unreachedCell(caller.side, callee.side, why);
  const answer = await caller.ask(path);
  if ('error' in answer) return unread(`its contract could not be read: ${answer.error}`);
  if (answer.status !== 200) {
    return unread(`its contract could not be read: status ${answer.status}`);
  }
  const contract = Contract.safeParse(parse(answer.body));
  if (!contract.success) return unread('its contract does not follow the schema');
  const tried = contract.data.cases.map((one) => tryCase(one, callee));
  return triedCell(caller.side, callee.side, await Promise.all(tried));
};

/**
 * The 2×2: while traffic shifts, blue and green of each side meet, and green meets what the release leaves alone.
 * Every revision of a caller says which requests it makes; every revision of the callee must answer them as that
 * caller needs.
 */
export const proveMixed = async (record: ReleaseRecord): Promise<Mixed> => {
  const targets = pairTargets(record);
  const moving = movingTargets(record).map(({ name }) => name);
  const cells: Cell[] = [];
  for (const target of targets) {
    const { contract } = target;
    const called = targets.find(({ name }) => name === contract?.calls);
    const mixes = [target, called].some((one) => one && moving.includes(one.name));
    if (!contract || !called || !mixes) continue;
    const [callers, callees] = await Promise.all([
      partiesOf(record, target),
      partiesOf(record, called),
    ]);
    const meetings = callers.flatMap((caller) => callees.map((callee) => ({ caller, callee })));
    cells.push(
      ...(await Promise.all(
        meetings.map(({ caller, callee }) => tryCell(caller, callee, contract.path)),
      )),
    );
  }
  return mixedOf(cells, { moving, targets: targets.map(({ name }) => name) });
};
