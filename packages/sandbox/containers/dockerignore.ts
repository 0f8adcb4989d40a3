/** Docker's patterns: `*` and `?` stay within a folder, `**` does not, a folder stands for all it holds. */
const expression = (pattern: string): RegExp => {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/|\*\*|\*|\?/g, (wildcard) => {
      if (wildcard === '**/') return '(?:.*/)?';
      if (wildcard === '**') return '.*';
      return wildcard === '*' ? '[^/]*' : '[^/]';
    });
  return new RegExp(`^${source}(?:/.*)?$`);
};

/** Reads a .dockerignore; the function says whether a path (with `/`, relative to the folder) is left out. */
export const dockerignore = (text: string): ((path: string) => boolean) => {
  const rules = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const keep = line.startsWith('!');
      const pattern = line.slice(keep ? 1 : 0).replace(/^\.?\/+|\/+$/g, '');
      return { keep, pattern: expression(pattern) };
    });
  // The last rule that matches decides.
  return (path) => rules.findLast((rule) => rule.pattern.test(path))?.keep === false;
};
