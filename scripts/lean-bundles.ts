/** Makes bundles smaller: esbuild plugins that take out what no handler can reach. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/** `const _hH = "httpHeader";` */
const CONSTANT = /^const (_\w+) = ("[^"]*");$/gm;

/** `{ [_hH]: …`: a key that esbuild has to take for a call, since it does not know that the constant is a text. */
const COMPUTED_KEY = /\[(_\w+)\]:/g;

/** The schemas of a client with keys as texts, so that esbuild leaves out those that no command needs. */
const withPlainKeys = (schemas: string): string => {
  const texts = new Map([...schemas.matchAll(CONSTANT)].map(([, name, text]) => [name, text]));
  return schemas.replace(COMPUTED_KEY, (key, name: string) => {
    const text = texts.get(name);
    return text === undefined ? key : `${text}:`;
  });
};

/** An error of a client: its schema, and the statement that makes the client throw its class. */
const ERROR =
  /^(export var (\w+)\$ = \[-3,[\s\S]*?\n\];)\nn0_registry\.registerError\(\2\$, \2\);$/gm;

/** Names by which an error is known as one that may be tried again, whoever asks. */
const TRIED_AGAIN = /Throttl|LimitExceeded|TooManyRequests|Timeout|Internal|Unavailable/;

/**
 * The schemas of a client without the classes of errors. For an error that it does not know a client throws the class
 * that all of its errors have in common, with the name, the message and the members that AWS sent. An error stays if a
 * handler imports its class, if its class says that it may be tried again, or if AWS sends it by another name and
 * somebody looks for it by that of its class: a handler that mentions it, or whoever tries calls again.
 */
const withoutErrors = (
  schemas: string,
  classes: string,
  { imported, mentioned }: { imported: ReadonlySet<string>; mentioned: ReadonlySet<string> },
): string =>
  schemas.replace(ERROR, (whole, schema: string, name: string) => {
    const [, body = ''] = new RegExp(`class ${name} ([\\s\\S]*?)\\n}`).exec(classes) ?? [];
    const isRenamed = schema.includes('"awsQueryError":');
    const isNeeded =
      imported.has(name) ||
      body.includes('$retryable') ||
      (isRenamed && (mentioned.has(name) || TRIED_AGAIN.test(name)));
    return isNeeded ? whole : schema;
  });

/** The sources of a folder. */
const sourcesIn = (folder: string): readonly string[] =>
  globSync('**/*.ts', { cwd: folder }).map((file) => readFileSync(join(folder, file), 'utf8'));

/** Names that handlers import from the clients. */
const importedFrom = (handlers: string): ReadonlySet<string> =>
  new Set(
    sourcesIn(handlers).flatMap((source) =>
      [...source.matchAll(/import (?:type )?\{([^}]*)\} from '@aws-sdk\/client-/g)].flatMap(
        ([, names = '']) => names.match(/\w+/g) ?? [],
      ),
    ),
  );

/** Words that are texts of a source and may be names of errors. */
const mentionedIn = (folders: readonly string[]): ReadonlySet<string> =>
  new Set(
    folders
      .flatMap(sourcesIn)
      .flatMap((source) => [...source.matchAll(/'([A-Z]\w+)'/g)].map(([, name]) => name!)),
  );

/** Leaves out schemas of operations that no handler calls, and classes of errors that none looks for by their class. */
export const leanClients = (handlers: string, core: string): Plugin => ({
  name: 'lean clients',
  setup: ({ onLoad }) => {
    const named = { imported: importedFrom(handlers), mentioned: mentionedIn([handlers, core]) };
    const filter = /@aws-sdk\/client-[\w-]+\/dist-es\/schemas\/schemas_\d+\.js$/;
    onLoad({ filter }, ({ path }) => {
      const classes = readFileSync(join(path, '../../models/errors.js'), 'utf8');
      const schemas = withPlainKeys(readFileSync(path, 'utf8'));
      return { contents: withoutErrors(schemas, classes, named), loader: 'js' };
    });
    // Of its package a client tells AWS the version, and nothing else.
    onLoad({ filter: /@aws-sdk\/client-[\w-]+\/package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
});

/** `z.describe('…')`, with a text that is written in one piece. */
const DESCRIPTION = /z\.describe\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`[^`$\\]*`),?\s*\)/g;

/** A source without the descriptions of its schemas: the docs are made from them, and nothing at run time. */
export const withoutDescriptions = (source: string): string =>
  source.replace(DESCRIPTION, "z.describe('')");

/** Leaves out the descriptions of schemas in a folder. */
export const noDescriptions = (folder: string): Plugin => ({
  name: 'no descriptions',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, ({ path }) =>
      path.startsWith(join(folder, '/'))
        ? { contents: withoutDescriptions(readFileSync(path, 'utf8')), loader: 'ts' }
        : undefined,
    ),
});

/** What stands for parts of the SDK that no operation of a handler uses, by the module. */
const STAND_INS: Readonly<Record<string, string>> = {
  '@smithy/core/event-streams': `
export class EventStreamSerde {
  constructor() {
    throw new Error('handlers are bundled without event streams: scripts/lean-bundles.ts');
  }
}
export const eventStreamSerdeProvider = () => ({});
export const resolveEventStreamSerdeConfig = (config) => config;
`,
  // DynamoDB discovers endpoints only where AWS_ENABLE_ENDPOINT_DISCOVERY says so.
  '@aws-sdk/endpoint-cache': `
export class EndpointCache {}
`,
};

/** Leaves out event streams, and the cache of endpoints that are discovered. */
export const standIns: Plugin = {
  name: 'stand-ins',
  setup: ({ onResolve, onLoad }) => {
    onResolve(
      { filter: /^@(smithy\/core\/event-streams|aws-sdk\/endpoint-cache)$/ },
      ({ path }) => ({
        path,
        namespace: 'left-out',
        sideEffects: false,
      }),
    );
    onLoad({ filter: /./, namespace: 'left-out' }, ({ path }) => ({
      contents: STAND_INS[path] ?? '',
    }));
  },
};
