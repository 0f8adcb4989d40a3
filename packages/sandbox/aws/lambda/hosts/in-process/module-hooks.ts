/** Loads modules of functions so that they see their own surroundings instead of this process's. */
import { readFileSync } from 'node:fs';
import * as module from 'node:module';
import { fileURLToPath } from 'node:url';
import { isOfRuntime, ownClients, runtimePackage, runtimeUrl } from './runtime-sdk.ts';
import type { Surroundings } from './surroundings.ts';

/** One loaded function: the hooks know its modules by the name of the folder they lie in. */
export interface Scope {
  readonly surroundings: Surroundings;
  /** Globals that the function's own modules declare, so that they must not be declared again. */
  readonly declared: readonly string[];
}

const KEY = 'sandbox.lambda.scopes';
const scopes: Map<string, Scope> = new Map();
const scopeText = (id: string) => `globalThis[Symbol.for(${JSON.stringify(KEY)})].get("${id}")`;

const IDENTIFIER = /^[A-Za-z$][\w$]*$/;
const exportsOf = (value: object) =>
  Object.keys(value).filter((key) => IDENTIFIER.test(key) && key !== 'default');

/** Source of the stand-in for a built-in module, e.g. of `function-scope:7/http/module`. */
const standIn = (id: string, name: string, format: string): string => {
  const text = `${scopeText(id)}.surroundings.modules[${JSON.stringify(name)}]`;
  if (format === 'commonjs') return `module.exports = ${text};`;
  const names = exportsOf(scopes.get(id)?.surroundings.modules[name] ?? {});
  return `const it = ${text}; export default it; export const { ${names.join(', ')} } = it;`;
};

/** Packages of the runtime by scope and name, as `<id>/<package>/<format>`: what stand-ins export. */
const packages: Map<string, object> = new Map();
const PACKAGES = 'sandbox.lambda.packages';

/** Source of the stand-in for a package of the runtime: its clients are the function's own, all else is shared. */
const packageStandIn = (url: string, id: string, name: string, format: string): string => {
  const { surroundings } = scopes.get(id) as Scope;
  const text = `globalThis[Symbol.for(${JSON.stringify(PACKAGES)})].get(${JSON.stringify(url)})`;
  if (format === 'commonjs') {
    packages.set(url, runtimePackage(name, surroundings));
    return `module.exports = ${text};`;
  }
  const clients = ownClients(name, surroundings);
  packages.set(url, clients);
  return `export * from ${JSON.stringify(runtimeUrl(name))}; export const { ${Object.keys(clients).join(', ')} } = ${text};`;
};

/** Puts the function's globals before its source, on the same line, so that stack traces stay true. */
const surrounded = (id: string, format: string, source: string): string => {
  const { surroundings, declared } = scopes.get(id) as Scope;
  const names = Object.keys(surroundings.globals).filter((name) => !declared.includes(name));
  if (format !== 'commonjs')
    return `import $surroundings from 'function-scope:${id}/globals/module'; const { ${names.join(', ')} } = $surroundings; ${source}`;
  const values = names.map((name) => `${scopeText(id)}.surroundings.globals.${name}`);
  return `(function (${names.join(', ')}) { return (function () { ${source}\n}).call(this); }).call(this, ${values.join(', ')});`;
};

const idOf = (url = ''): string | undefined => /\/function-scope-(\d+)\//.exec(url)?.[1];

/** Registers the hooks in this process. */
const install = () => {
  Object.defineProperty(globalThis, Symbol.for(KEY), { value: scopes, configurable: true });
  Object.defineProperty(globalThis, Symbol.for(PACKAGES), { value: packages, configurable: true });

  /** What the function brings itself comes first, as on Lambda. */
  const brings = (look: () => unknown): boolean => {
    try {
      look();
      return true;
    } catch {
      return false;
    }
  };

  module.registerHooks({
    resolve: (specifier, context, next) => {
      if (specifier.startsWith('function-scope:'))
        return { url: specifier, format: 'module', shortCircuit: true };
      const id = idOf(context.parentURL);
      const name = specifier.replace(/^node:/, '');
      if (id && isOfRuntime(name) && !brings(() => next(specifier, context))) {
        const format = context.conditions.includes('require') ? 'commonjs' : 'module';
        return { url: `function-scope:${id}/${name}/${format}`, format, shortCircuit: true };
      }
      if (!id || !Object.hasOwn(scopes.get(id)?.surroundings.modules ?? {}, name))
        return next(specifier, context);
      const format = context.conditions.includes('require') ? 'commonjs' : 'module';
      return { url: `function-scope:${id}/${name}/${format}`, format, shortCircuit: true };
    },
    load: (url, context, next) => {
      const [, scope, name, wanted] = /^function-scope:(\d+)\/(.+)\/(\w+)$/.exec(url) ?? [];
      if (scope && name && wanted) {
        const source = isOfRuntime(name)
          ? packageStandIn(url, scope, name, wanted)
          : name === 'globals'
            ? `export default ${scopeText(scope)}.surroundings.globals;`
            : standIn(scope, name, wanted);
        return { format: wanted, source, shortCircuit: true };
      }
      const id = idOf(url);
      const loaded = next(url, context);
      if (!id || !['module', 'commonjs'].includes(loaded.format ?? '')) return loaded;
      const source = readFileSync(fileURLToPath(url), 'utf8');
      const format = loaded.format as string;
      return { format, source: surrounded(id, format, source), shortCircuit: true };
    },
  });
};

/** Opens a scope; the modules of its function must lie in a folder of the returned name when they are imported. */
export const openScope = (scope: Scope): string => {
  if (scopes.size === 0) install();
  const id = `${scopes.size + 1}`;
  scopes.set(id, scope);
  return `function-scope-${id}`;
};
