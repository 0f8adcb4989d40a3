/** The part of YAML that AppSpec files are written in: block maps, block lists, scalars, comments, one-line flow values. */

interface Line {
  readonly indent: number;
  readonly text: string;
}

/** Reads such a document; throws a SyntaxError that names the line it does not understand. */
export const parseYaml = (source: string): unknown => {
  const lines = source.split(/\r?\n/).map(withoutComment).filter(isContent).map(lineOf);
  if (lines.length === 0) throw new SyntaxError('the document is empty');
  let next = 0;

  const block = (indent: number): unknown =>
    lines[next]?.text.startsWith('-') ? list(indent) : map(indent);

  const list = (indent: number): unknown[] => {
    const items: unknown[] = [];
    for (let line = lines[next]; line?.indent === indent; line = lines[next]) {
      const item = /^-(\s+|$)(.*)$/.exec(line.text);
      if (!item) break;
      const [, gap = '', rest = ''] = item;
      if (rest === '') {
        next += 1;
        items.push(nested(indent));
      } else if (keyOf(rest)) {
        lines[next] = { indent: indent + 1 + gap.length, text: rest };
        items.push(block(indent + 1 + gap.length));
      } else {
        next += 1;
        items.push(scalar(rest));
      }
    }
    return items;
  };

  const map = (indent: number): Record<string, unknown> => {
    const entries: Record<string, unknown> = {};
    for (let line = lines[next]; line?.indent === indent; line = lines[next]) {
      const entry = keyOf(line.text);
      if (!entry) throw new SyntaxError(`not understood: "${line.text}"`);
      next += 1;
      entries[entry.key] = entry.rest === '' ? nested(indent) : scalar(entry.rest);
    }
    return entries;
  };

  /** A list may stand at the indent of the key that it belongs to. */
  const nested = (indent: number): unknown => {
    const line = lines[next];
    if (!line || line.indent < indent) return null;
    if (line.indent === indent) return line.text.startsWith('-') ? list(indent) : null;
    return block(line.indent);
  };

  const value = block(lines[0]?.indent ?? 0);
  const left = lines[next];
  if (left) throw new SyntaxError(`not understood: "${left.text}"`);
  return value;
};

const withoutComment = (line: string) =>
  line.replace(/(^|\s)#(?=(?:[^"']|"[^"]*"|'[^']*')*$).*$/, '');

const isContent = (line: string) => line.trim() !== '' && !/^(---|\.\.\.)\s*$/.test(line);

const lineOf = (line: string): Line => ({
  indent: line.length - line.trimStart().length,
  text: line.trim(),
});

const keyOf = (text: string): { readonly key: string; readonly rest: string } | undefined => {
  const match = /^("[^"]*"|'[^']*'|[^\s"'[{][^:]*?)\s*:(?:\s+(.*))?$/.exec(text);
  return match?.[1] === undefined
    ? undefined
    : { key: String(scalar(match[1])), rest: match[2] ?? '' };
};

const scalar = (text: string): unknown => {
  if (text.startsWith('"')) return JSON.parse(text);
  if (text.startsWith("'")) return text.slice(1, -1).replaceAll("''", "'");
  if (text.startsWith('[') || text.startsWith('{')) return flow(text);
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (text === 'true' || text === 'false') return text === 'true';
  return text === '~' || text === 'null' ? null : text;
};

const flow = (text: string): unknown => {
  if (text.startsWith('{')) return JSON.parse(text);
  const inner = /^\[(.*)\]$/.exec(text)?.[1];
  if (inner === undefined) throw new SyntaxError(`not understood: "${text}"`);
  return inner.trim() === '' ? [] : inner.split(',').map((item) => scalar(item.trim()));
};
