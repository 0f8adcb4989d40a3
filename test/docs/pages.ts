/** The pages of the documentation: their headings, links, tables and commands. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** A page; its path is relative to the root of the repository. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** Reads one file of the repository. */
export const pageAt = (path: string): Page => ({
  path,
  text: readFileSync(join(root, path), 'utf8'),
});

/** Every page that users read. */
export const pages = (): readonly Page[] =>
  [
    'README.md',
    'CONTRIBUTING.md',
    ...readdirSync(join(root, 'docs'))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ].map(pageAt);

const FENCE = /^```[^\n]*\n([\s\S]*?)^```/gm;

/** A page without its blocks of code: what looks like a heading there is none. */
const prose = ({ text }: Page): string => text.replace(FENCE, '');

/** A heading, the level of it, and the text up to the next heading of any level. */
export interface Section {
  readonly level: number;
  readonly title: string;
  readonly text: string;
}

export const sectionsOf = (page: Page): readonly Section[] =>
  [...prose(page).matchAll(/^(#+) (.+)\n([\s\S]*?)(?=^#+ |$(?![\s\S]))/gm)].map(
    ([, marks = '', title = '', text = '']) => ({ level: marks.length, title, text }),
  );

/** A heading as GitHub links to it. */
const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

/** Anchors of a page. */
export const anchorsOf = (page: Page): readonly string[] =>
  sectionsOf(page).map(({ title }) => anchorOf(title));

/** Links of a page to this repository, as path and anchor. */
export const linksOf = (
  page: Page,
): readonly { readonly path: string; readonly anchor: string | undefined }[] =>
  [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
    if (/^[a-z]+:/.test(link)) return [];
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page.path : posix.join(posix.dirname(page.path), path);
    return [{ path: target.replace(/\/$/, ''), anchor }];
  });

/** Cells of every row of a page's tables, without heads and rules. */
export const rowsOf = (text: string): readonly (readonly string[])[] =>
  [...text.matchAll(/^\|(.+)\|$/gm)].map(([, row = '']) =>
    row.split('|').map((cell) => cell.trim()),
  );

/** A block of shell commands; `elsewhere` says why nobody can run it where the page's other blocks are run. */
export interface ShellBlock {
  readonly elsewhere: string | undefined;
  readonly commands: readonly string[];
}

const linesOf = (block: string): readonly string[] =>
  block
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .flatMap((line) => line.replace(/(^|\s)#.*$/, '').split(/\s*&&\s*/))
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The shell blocks of a page, in order. A comment `elsewhere: why` before a block marks one. */
export const shellBlocksOf = ({ text }: Page): readonly ShellBlock[] =>
  [...text.matchAll(/^ *(?:<!-- elsewhere: (.+?) -->\n\s*)?```sh\n([\s\S]*?)^ *```/gm)].map(
    ([, elsewhere, block = '']) => ({ elsewhere, commands: linesOf(block) }),
  );

/** What a page tells people to type: lines of its shell blocks, and code in its sentences. */
export const commandsOf = (page: Page): readonly string[] => {
  const blocks = shellBlocksOf(page).flatMap(({ commands }) => commands);
  const inline = [...prose(page).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  return [...blocks, ...inline].filter((line) => line !== '');
};
