/** One instruction of a Dockerfile with its continuation lines joined. */
export interface Instruction {
  /** Line it starts on, from 1. */
  readonly line: number;
  /** In upper case, e.g. `COPY`. */
  readonly name: string;
  readonly rest: string;
}

const heredoc = /<<-?["']?(\w+)["']?/;

/** Cuts a Dockerfile into its instructions: comments go, `\` joins lines, here-documents are skipped. */
export const instructions = (text: string): Instruction[] => {
  const lines = text.split(/\r?\n/);
  const found: Instruction[] = [];

  for (let at = 0; at < lines.length; at += 1) {
    const first = lines[at]?.trim() ?? '';
    if (first === '' || first.startsWith('#')) continue;

    const line = at + 1;
    const parts = [first];
    while (parts.at(-1)?.endsWith('\\') && at + 1 < lines.length) {
      at += 1;
      const next = lines[at]?.trim() ?? '';
      if (next === '' || next.startsWith('#')) continue;
      parts.push(next);
    }
    const joined = parts
      .map((part) => part.replace(/\\$/, '').trim())
      .join(' ')
      .trim();
    const [name = '', rest = ''] = joined.split(/\s+(.*)/s);

    const end = /^(RUN|COPY|ADD)$/i.test(name) ? heredoc.exec(rest)?.[1] : undefined;
    if (end) while (at + 1 < lines.length && lines[++at]?.trim() !== end);

    found.push({ line, name: name.toUpperCase(), rest });
  }
  return found;
};
