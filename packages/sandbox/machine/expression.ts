/** Knows one JSONata expression of a definition: `{% … %}` compiled once, evaluated often. */
import jsonata, { type JsonataOptions } from 'jsonata';
import { BoundedRegExp, stepBudget, stepHooks } from './definition/bounds.ts';
import { refusals, type StatesMember } from './definition/restrictions.ts';
import { type QuerySources, queryFunctions } from './functions.ts';
import { plain, unsupported } from './payload.ts';

/** What an expression can name: `states`, and the variables in scope. */
export type Bindings = Readonly<Record<string, unknown>>;

/** A value that could not be had from an expression; `location` names the field, e.g. `Output/result`. */
export class QueryError extends Error {
  readonly location: string;

  constructor(location: string, message: string) {
    super(message);
    this.name = 'QueryError';
    this.location = location;
  }
}

/** One expression: gives plain JSON, or throws QueryError. */
export interface Expression {
  readonly source: string;
  evaluate(bindings: Bindings, location: string): Promise<unknown>;
}

/** Compiles expressions. */
export type Compile = (source: string, members: readonly StatesMember[]) => Expression;

const described = (error: unknown): string => {
  const { code, message } = error as { code?: string; message?: string };
  return [code, message ?? String(error)].filter(Boolean).join(': ');
};

// The published type asks for a regular expression, the engine is its class.
const options = { RegexEngine: BoundedRegExp } as unknown as JsonataOptions;

/** Makes the compiler; it throws an Error whose message says what AWS would refuse. */
export const expressions = (sources: QuerySources): Compile => {
  const functions = Object.entries(queryFunctions(sources));
  return (source, members) => {
    const query = (() => {
      try {
        return jsonata(source, options);
      } catch (error) {
        throw new Error(described(error));
      }
    })();
    const refused = refusals(query.ast(), members);
    if (refused.length > 0) throw new Error(refused.join('; '));
    for (const [name, { implementation, signature }] of functions) {
      query.registerFunction(name, implementation, signature);
    }
    query.assign('eval', undefined);
    for (const [hook, action] of stepHooks) query.assign(hook as unknown as string, action);

    const failed = (location: string, what: string) =>
      new QueryError(
        location,
        `The JSONata expression '${source}' specified for the field '${location}' ${what}`,
      );

    return {
      source,
      evaluate: async (bindings, location) => {
        const given = { ...bindings, ...stepBudget() };
        const result = await query.evaluate(undefined, given).catch((error: unknown) => {
          throw failed(location, `threw an error during evaluation. ${described(error)}`);
        });
        if (result === undefined) throw failed(location, 'returned nothing (undefined).');
        try {
          return plain(result);
        } catch (error) {
          if (error !== unsupported) throw error;
          throw failed(location, 'returned an unsupported result type.');
        }
      },
    };
  };
};
