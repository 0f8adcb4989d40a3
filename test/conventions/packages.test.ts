/** What the packages of this repository declare, beside what their files import. */
import { isBuiltin } from 'node:module';
import { expect, it } from 'vitest';
import { importsOf, manifestIn, sourcesIn } from './sources.ts';

const SANDBOX = 'packages/sandbox';

const { dependencies, devDependencies } = manifestIn(SANDBOX);
const sources = sourcesIn(SANDBOX);

/** Functions in the sandbox's process import it: Lambda's runtime brings it. */
const FOR_FUNCTIONS = ['@aws-sdk/util-dynamodb'];

/** `@scope/name` or `name` of a module in a package. */
const packageOf = (module: string): string =>
  module
    .split('/')
    .slice(0, module.startsWith('@') ? 2 : 1)
    .join('/');

const required = sources.flatMap(({ text }) =>
  [...text.matchAll(/\brequire(?:\.resolve)?\('([^']+)'\)/g)].map(([, module]) => module!),
);

const imported = (wanted: (typeOnly: boolean) => boolean): readonly string[] =>
  sources
    .flatMap(importsOf)
    .filter(({ isPackage, typeOnly }) => isPackage && wanted(typeOnly))
    .map(({ from }) => from);

const packages = (modules: readonly string[]): readonly string[] =>
  [...new Set(modules.filter((module) => !isBuiltin(module)).map(packageOf))].sort();

it('the sandbox declares exactly the packages that its code needs', () => {
  const needed = [...required, ...FOR_FUNCTIONS, ...imported((typeOnly) => !typeOnly)];

  expect(packages(needed)).toEqual(Object.keys(dependencies).sort());
});

it('the sandbox declares for its development the packages that only its types need', () => {
  const ofTypes = packages(imported((typeOnly) => typeOnly));

  expect(ofTypes.filter((name) => !(name in dependencies))).toEqual(Object.keys(devDependencies));
});

it('whoever installs the packed package gets the dependencies of the sandbox in it', () => {
  expect(manifestIn('.').dependencies).toMatchObject(dependencies);
});
