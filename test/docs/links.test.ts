/** What the documentation names exists: pages, sections, verbs and their options, scripts, stacks. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { program } from '../../cli/main.ts';
import { STACKS } from '../../infra/app.ts';
import { anchorsOf, commandsOf, linksOf, pageAt, pages } from './pages.ts';

const root = join(import.meta.dirname, '../..');

const verbs = program().commands;
const scripts = Object.keys(JSON.parse(pageAt('package.json').text).scripts);

/** Verbs and options that a command of ours names and that do not exist. */
const unknownTo = (command: string): readonly string[] => {
  const [, , name = '', ...words] = command.split(/\s+/);
  const verb = verbs.find((one) => one.name() === name);
  if (name.startsWith('-') || /^[<…]/.test(name) || ['', 'version'].includes(name)) return [];
  if (name === 'help') return words.filter((word) => !verbs.some((one) => one.name() === word));
  if (!verb) return [name];
  const options = [verb, ...verb.commands].flatMap((one) => one.options.map(({ long }) => long));
  return words.filter((word) => /^--[a-z]/.test(word) && !options.includes(word));
};

describe.each(pages())('$path', (page) => {
  it('links only to what is there', () => {
    const broken = linksOf(page).filter(({ path, anchor }) => {
      if (!existsSync(join(root, path))) return true;
      return (
        anchor !== undefined && path.endsWith('.md') && !anchorsOf(pageAt(path)).includes(anchor)
      );
    });

    expect(broken).toEqual([]);
  });

  it('names only verbs and options of npx tandem that exist', () => {
    const ours = commandsOf(page).filter((one) => one.startsWith('npx tandem '));

    expect(ours.filter((one) => unknownTo(one).length > 0)).toEqual([]);
  });

  it('names only scripts of npm that exist', () => {
    const named = commandsOf(page).flatMap(
      (one) => /^npm(?: -s)? (?:run(?: -s)? ([\w:-]+)|(start|test)\b)/.exec(one)?.slice(1) ?? [],
    );

    expect(named.filter((one) => one !== undefined && !scripts.includes(one))).toEqual([]);
  });

  it('deploys, compares and destroys only stacks that exist', () => {
    const named = commandsOf(page).flatMap((one) => {
      const [, stacks = ''] = /^npx cdk (?:deploy|destroy|diff|import) ([^#]*)/.exec(one) ?? [];
      return stacks.split(/\s+/).filter((stack) => stack !== '' && !stack.startsWith('-'));
    });

    expect(named.filter((stack) => !STACKS.some((one) => one === stack))).toEqual([]);
  });
});
