/** Finds the handler of a function as Lambda's Node.js runtime does. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A handler: an async function of an event and a context. */
export type Handler = (event: unknown, context: unknown) => unknown;

const failure = (name: string, message: string, cause?: unknown): Error => {
  const error = new Error(message);
  error.name = name;
  if (cause instanceof Error && cause.stack) error.stack = `${name}: ${cause.stack}`;
  return error;
};

/** Kinds of files in the order in which the runtime tries them. */
const EXTENSIONS = ['.js', '.mjs', '.cjs'];

const importFailure = (error: unknown): unknown => {
  const { name, code, message } = error as { name?: string; code?: string; message?: string };
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND')
    return failure('Runtime.ImportModuleError', `Error: ${message}`, error);
  if (name === 'SyntaxError')
    return failure('Runtime.UserCodeSyntaxError', `SyntaxError: ${message}`, error);
  return error;
};

/**
 * Loads `<module>.<export>` out of a folder with `load`. Throws the runtime's own errors
 * (`Runtime.ImportModuleError`, `Runtime.HandlerNotFound` …) or what the module itself threw.
 */
export const loadHandler = async (
  folder: string,
  handler: string,
  load: (url: string) => Promise<any>,
): Promise<Handler> => {
  const [, module, names] = /^((?:.*\/)?[^./]+)\.(.+)$/.exec(handler) ?? [];
  if (!module || !names) throw failure('Runtime.MalformedHandlerName', 'Bad handler');

  const path = EXTENSIONS.map((extension) => join(folder, module + extension)).find((candidate) =>
    existsSync(candidate),
  );
  if (!path)
    throw failure(
      'Runtime.ImportModuleError',
      `Error: Cannot find module '${module.replace(/.*\//, '')}'\nRequire stack:\n- ${folder}`,
    );

  const exported = await load(pathToFileURL(path).href).catch((error: unknown) => {
    throw importFailure(error);
  });
  const pick = (from: any) => names.split('.').reduce((value, name) => value?.[name], from);
  const found = pick(exported) ?? pick(exported.default);
  if (found === undefined)
    throw failure('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  if (typeof found !== 'function')
    throw failure('Runtime.HandlerNotFound', `${handler} is not a function`);
  return found;
};
