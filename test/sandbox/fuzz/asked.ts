/** Arbitrary requests to the operations of the front: of its services, in their protocols, with odd inputs. */
import fc from 'fast-check';
import type { Service } from '../../../packages/sandbox/cloud.ts';
import {
  modelOf,
  type OperationModel,
  type ServiceModel,
  services,
} from '../../../packages/sandbox/front/model.ts';
import type { HttpRequest } from '../../../packages/sandbox/http.ts';
import { examplesOf } from './examples.ts';
import { changedInput, enumerationsOf, oddInput, type Words } from './odd-values.ts';
import { wiresOf } from './requests.ts';

/** A request, with what it asks in words. */
export interface Asked {
  readonly name: string;
  /** Writes the request; a function, so that a counterexample tells only the words. */
  readonly written: () => HttpRequest;
}

interface Operation {
  readonly model: ServiceModel;
  readonly operation: OperationModel;
  readonly words: Words;
}

const inputOf = ({ model, operation, words }: Operation, strays: number) => {
  const odd = oddInput(operation.input, strays, words);
  const examples = examplesOf(model.row.id, operation.name, words.arns);
  if (examples.length === 0) return odd;
  const changed = fc
    .constantFrom(...examples)
    .chain((example) => changedInput(operation.input, example, strays, words));
  return fc.oneof({ weight: 3, arbitrary: changed }, { weight: 1, arbitrary: odd });
};

const askedOf = (operations: readonly Operation[]): fc.Arbitrary<Asked> =>
  fc
    .tuple(fc.constantFrom(...operations), fc.constantFrom(0, 0, 0, 5, 25), fc.nat(2))
    .chain(([chosen, strays, wire]) => {
      const { model, operation } = chosen;
      const writers = wiresOf(model);
      const write = writers[wire % writers.length]!;
      return inputOf(chosen, strays).map((input) => ({
        name: `${model.row.id}.${operation.name} ${JSON.stringify(input)}`,
        written: () => write(model, operation, input),
      }));
    });

const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

/** Bodies that are in no protocol, or only begin to be. */
const garbage = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('{', '[', 'null', '5', '"', '{"a"', '{}{}', '{"a":1,}', deep(1500), deep(20_000)),
);

const spoilt = ({ written, name }: Asked, text: string): Asked => ({
  name: `${name} with the body ${text.slice(0, 40)}`,
  written: () => ({ ...written(), body: new TextEncoder().encode(text) }),
});

/** Requests to a sandbox that has these services and ARNs. */
export const oddRequest = async (
  registered: readonly Service[],
  arns: readonly string[],
): Promise<fc.Arbitrary<Asked>> => {
  const has = new Map(registered.map(({ id, operations }) => [id, operations]));
  const all = await Promise.all(
    services.map(async (row): Promise<Operation[]> => {
      const model = await modelOf(row);
      const words = { arns, enumerations: enumerationsOf(await row.load()) };
      return [...model.operations.values()].map((operation) => ({ model, operation, words }));
    }),
  );
  const isKnown = ({ model, operation }: Operation) =>
    Object.hasOwn(has.get(model.row.id) ?? {}, operation.name);
  const known = all.flat().filter(isKnown);
  const unknown = all.flat().filter((each) => !isKnown(each));
  return fc.oneof(
    { weight: 40, arbitrary: askedOf(known) },
    { weight: 1, arbitrary: askedOf(unknown) },
    {
      weight: 1,
      arbitrary: fc.tuple(askedOf(known), garbage).map(([one, text]) => spoilt(one, text)),
    },
  );
};
