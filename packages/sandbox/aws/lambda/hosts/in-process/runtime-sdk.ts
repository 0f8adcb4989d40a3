/**
 * The AWS SDK for JavaScript that Lambda's Node.js runtimes bring, for functions in this process. Its code is shared by
 * all of them, so that it is loaded and compiled once; each client belongs to the function that makes it.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { directClient } from './direct-client.ts';
import type { Surroundings } from './surroundings.ts';

const require = createRequire(import.meta.url);

/** Packages that a function may import without bringing them: clients, and one that has no state. */
const OF_RUNTIME = /^@aws-sdk\/(client-[a-z0-9-]+|util-dynamodb)$/;

/** Whether the runtime brings a package. */
export const isOfRuntime = (specifier: string): boolean => OF_RUNTIME.test(specifier);

/** Where a package's code is. */
export const runtimeUrl = (specifier: string): string =>
  pathToFileURL(require.resolve(specifier)).href;

/** The members of a package that are a function's own: its clients. */
export const ownClients = (
  specifier: string,
  surroundings: Surroundings,
): Readonly<Record<string, object>> => {
  const members: Readonly<Record<string, any>> = require(specifier);
  const names = Object.keys(members).filter((name) => /^[A-Z]\w+Client$/.test(name));
  return Object.fromEntries(names.map((name) => [name, directClient(members[name], surroundings)]));
};

/** A whole package as one function sees it. */
export const runtimePackage = (specifier: string, surroundings: Surroundings): object => ({
  ...require(specifier),
  ...ownClients(specifier, surroundings),
});
