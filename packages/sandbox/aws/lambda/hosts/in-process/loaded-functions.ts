/** Functions that were loaded into this process, ready to be lent to one simulation at a time. */
import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FunctionUnit } from '../host.ts';
import { type Handler, loadHandler } from '../runtime/handler.ts';
import { openScope } from './module-hooks.ts';
import { type Binding, type Surroundings, surroundings } from './surroundings.ts';

/** A function in its surroundings. */
interface LoadedFunction {
  readonly handler: Handler;
  readonly surroundings: Surroundings;
  /** Id of the access key with which its AWS clients were made. */
  readonly signsWith: string;
}

type Variables = Readonly<Record<string, string>>;

/** Gives the folder from which a function is loaded. */
export type FolderOf = (unit: FunctionUnit) => string;

/** A store of loaded functions. */
export interface LoadedFunctions {
  /**
   * Lends a function that was given back with the same code and variables, or loads it, and gives it its `own`
   * variables, which differ from one environment to the next; throws what loading throws.
   */
  take(
    unit: FunctionUnit,
    variables: Variables,
    own: Variables,
    binding: Binding,
  ): Promise<LoadedFunction>;
  giveBack(loaded: LoadedFunction): void;
}

/** Node's own loader, also where a test runner replaces `import()`: modules of a `data:` URL are Node's. */
const LOADER: string = 'data:text/javascript,export const load = (url) => import(url);';
const nativeImport: Promise<(url: string) => Promise<any>> = import(LOADER).then(
  ({ load }) => load,
);

const load = async (
  unit: FunctionUnit,
  folderOf: FolderOf,
  variables: Variables,
  binding: Binding,
  declared: readonly string[] = [],
): Promise<LoadedFunction> => {
  const own = surroundings(variables);
  own.bind(binding);
  const folder = join(dirname(unit.folder), openScope({ surroundings: own, declared }));
  cpSync(folderOf(unit), folder, { recursive: true });
  own.env.LAMBDA_TASK_ROOT = folder;
  try {
    const handler = await loadHandler(folder, unit.handler, await nativeImport);
    return { handler, surroundings: own, signsWith: variables.AWS_ACCESS_KEY_ID ?? '' };
  } catch (error) {
    const [, name] =
      /Identifier '(\w+)' has already been declared/.exec((error as Error).message) ?? [];
    if (!name || declared.includes(name) || !Object.hasOwn(own.globals, name)) throw error;
    return load(unit, folderOf, variables, binding, [...declared, name]);
  }
};

/**
 * Makes an empty store. Modules can never leave a process again: simulations that follow one another share
 * a store, so that each function is loaded once and not once a simulation. A function is lent with what its modules
 * remember, so one that remembers its requests must be none of those that `isLentAgain` names by their variables.
 * `folderOf` may give another build of the same code, e.g. one that leaves the SDK to the runtime.
 */
export const loadedFunctions = (
  isLentAgain: (variables: Variables) => boolean = () => true,
  folderOf: FolderOf = ({ folder }) => folder,
): LoadedFunctions => {
  const shelf = new Map<string, LoadedFunction[]>();
  const kinds = new WeakMap<LoadedFunction, string>();

  return {
    take: async (unit, variables, own, binding) => {
      const kind = JSON.stringify([unit.codeSha256, { ...variables, LAMBDA_TASK_ROOT: '' }]);
      const waiting = shelf.get(kind)?.pop();
      if (waiting) {
        waiting.surroundings.bind(binding);
        Object.assign(waiting.surroundings.env, own);
      }
      const loaded = waiting ?? (await load(unit, folderOf, { ...variables, ...own }, binding));
      if (isLentAgain(variables)) kinds.set(loaded, kind);
      return loaded;
    },
    giveBack: (loaded) => {
      const kind = kinds.get(loaded);
      if (kind !== undefined) shelf.set(kind, [...(shelf.get(kind) ?? []), loaded]);
    },
  };
};
