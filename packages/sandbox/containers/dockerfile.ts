import { posix } from 'node:path';
import { instructions } from './dockerfile-lines.ts';

/** What a Dockerfile says about the process that its image starts. */
export interface Dockerfile {
  readonly from: string;
  readonly workdir: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly number[];
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  /** Instructions that the sandbox doesn't carry out, as `RUN (line 4)`. */
  readonly ignored: readonly string[];
}

/** Instructions that mean nothing to a plain process, or that only a container engine can carry out. */
const notCarriedOut = new Set(
  'RUN USER HEALTHCHECK ADD VOLUME SHELL STOPSIGNAL ONBUILD MAINTAINER'.split(' '),
);

interface Draft {
  from: string;
  workdir: string;
  copied: boolean;
  shellEntrypoint: boolean;
  readonly environment: Record<string, string>;
  readonly labels: Record<string, string>;
  readonly ports: number[];
  readonly ignored: string[];
  entrypoint: string[];
  command: string[];
}

const emptyDraft = (ignored: string[]): Draft => ({
  from: '',
  workdir: '/',
  copied: false,
  shellEntrypoint: false,
  environment: {},
  labels: {},
  ports: [],
  ignored,
  entrypoint: [],
  command: [],
});

/** Splits at blanks outside quotes and takes the quotes off. */
const words = (text: string): string[] =>
  [...text.matchAll(/(?:[^\s"']+|"(?:\\.|[^"\\])*"|'[^']*')+/g)].map(([word]) =>
    word.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'/g, (_, double, single) =>
      double === undefined ? single : double.replace(/\\(.)/g, '$1'),
    ),
  );

/** `KEY=value KEY2="other value"`, or the old form `KEY rest of the line`. */
const pairs = (text: string): [string, string][] => {
  const list = words(text);
  if (!list[0]?.includes('=')) {
    const [key = '', value = ''] = text.split(/\s+(.*)/s);
    return [[key, value]];
  }
  return list.map((word) => {
    const at = word.indexOf('=');
    if (at < 1) throw new Error(`'${word}' is not KEY=value`);
    return [word.slice(0, at), word.slice(at + 1)];
  });
};

const jsonList = (text: string): string[] | undefined => {
  if (!text.startsWith('[')) return undefined;
  const list: unknown = JSON.parse(text);
  if (!Array.isArray(list) || list.some((item) => typeof item !== 'string')) {
    throw new Error('a JSON array of strings is expected');
  }
  return list;
};

const shell = (text: string) => ['/bin/sh', '-c', text];

/** The folder is run as it is, so COPY may only put a file where it lies already, seen from WORKDIR. */
const checkCopy = (workdir: string, text: string) => {
  const list = jsonList(text) ?? words(text);
  const target = list.pop();
  if (target === undefined || list.length === 0)
    throw new Error('a source and a target are expected');
  const to = posix.resolve(workdir, target);
  for (const source of list) {
    const from = posix.resolve(workdir, posix.normalize(source).replace(/^\/+/, ''));
    const isFile = /[.*]/.test(posix.basename(from));
    if (to === from || (isFile && to === posix.dirname(from))) continue;
    throw new Error(`'${source}' would move to '${to}'; the sandbox runs a folder as it is`);
  }
};

/** One function an instruction; what it throws is completed with line and instruction. */
const meaning: Record<string, (draft: Draft, text: string) => void> = {
  FROM: (draft, text) => {
    Object.assign(draft, emptyDraft(draft.ignored), { from: words(text)[0] ?? '' });
  },
  WORKDIR: (draft, text) => {
    const workdir = posix.resolve(draft.workdir, text);
    if (draft.copied && workdir !== draft.workdir)
      throw new Error('comes after COPY, which fixed the folder');
    draft.workdir = workdir;
  },
  ENV: (draft, text) => void Object.assign(draft.environment, Object.fromEntries(pairs(text))),
  LABEL: (draft, text) => void Object.assign(draft.labels, Object.fromEntries(pairs(text))),
  EXPOSE: (draft, text) => {
    for (const word of words(text)) {
      const [, digits] = /^(\d+)(?:\/(?:tcp|udp))?$/.exec(word) ?? [];
      const port = Number(digits);
      if (!(port > 0 && port < 65_536)) throw new Error(`'${word}' is not a port`);
      draft.ports.push(port);
    }
  },
  CMD: (draft, text) => {
    draft.command = jsonList(text) ?? shell(text);
  },
  ENTRYPOINT: (draft, text) => {
    const list = jsonList(text);
    draft.entrypoint = list ?? shell(text);
    draft.shellEntrypoint = list === undefined;
  },
  COPY: (draft, text) => {
    checkCopy(draft.workdir, text.replace(/^(--\S+\s+)+/, ''));
    draft.copied = true;
  },
};

/** `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+other}`; `\$` stays a dollar sign. */
const expand = (text: string, variables: Readonly<Record<string, string>>): string =>
  text.replace(
    /\\\$|\$(?:(\w+)|\{(\w+)(?::([-+])([^}]*))?\})/g,
    (all, plain, braced, operator, other = '') => {
      if (all === '\\$') return '$';
      const value = variables[plain ?? braced] ?? '';
      if (operator === '-') return value || other;
      if (operator === '+') return value && other;
      return value;
    },
  );

/** Commands are expanded by their own shell when they run, not by the build. */
const keepsDollars = new Set(['CMD', 'ENTRYPOINT']);

/** Reads a Dockerfile; the last stage counts. Throws an Error that names line and instruction. */
export const parseDockerfile = (text: string): Dockerfile => {
  const draft = emptyDraft([]);
  const defaults: Record<string, string> = {};

  for (const { line, name, rest } of instructions(text)) {
    try {
      const variables = { ...defaults, ...draft.environment };
      const value = keepsDollars.has(name) ? rest : expand(rest, variables);
      if (name === 'ARG') {
        for (const [key, preset] of value.includes('=') ? pairs(value) : []) defaults[key] = preset;
      } else if (notCarriedOut.has(name) || (name === 'COPY' && /^--from=|\s--from=/.test(value))) {
        draft.ignored.push(`${name} (line ${line})`);
      } else {
        const carryOut = Object.hasOwn(meaning, name) ? meaning[name] : undefined;
        if (!carryOut) throw new Error('is not an instruction');
        if (name !== 'FROM' && !draft.from) throw new Error('comes before FROM');
        carryOut(draft, value);
      }
    } catch (error) {
      throw new Error(`Dockerfile line ${line}: ${name}: ${(error as Error).message}`);
    }
  }

  if (!draft.from) throw new Error('Dockerfile: FROM is missing');
  const { from, workdir, environment, labels, ports, entrypoint, ignored } = draft;
  // Docker drops CMD where ENTRYPOINT is written in shell form.
  const command = draft.shellEntrypoint ? [] : draft.command;
  return { from, workdir, environment, labels, ports, entrypoint, command, ignored };
};
