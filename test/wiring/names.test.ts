import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BARRIER, START } from '../../core/drivers/codedeploy/events.ts';
import { HOOKS } from '../../core/drivers/hooks.ts';
import { EARLIER_STEPS, STEP_NAMES, TRIGGER_NAMES } from '../../core/names.ts';
import { STEPS } from '../../core/steps.ts';
import { keyOfStep, textOf } from './machines.ts';

const root = join(import.meta.dirname, '../..');

const read = (...path: readonly string[]): string => readFileSync(join(root, ...path), 'utf8');

/** Names of the files in a folder that export a handler; the others are what handlers are made of. */
const handlersIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.ts') && /^export const handler\b/m.test(read(folder, file)))
    .map((file) => file.replace(/\.ts$/, ''));

const filesIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder)).map((file) => file.replace(/\.ts$/, ''));

const sorted = (names: Iterable<string>): readonly string[] => [...names].sort();

const substitutions = (machine: 'release' | 'rollback'): readonly string[] =>
  [...textOf(machine).matchAll(/\$\{([^}]*)\}/g)].map(([, key]) => key!);

describe('steps', () => {
  it('have one handler file each, of the same name', () => {
    expect(sorted(handlersIn('handlers/steps'))).toEqual(sorted(STEP_NAMES));
  });

  it('have one schema file each, of the same name', () => {
    expect(sorted(filesIn('core/steps'))).toEqual(sorted(STEP_NAMES));
    expect(sorted(Object.keys(STEPS))).toEqual(sorted(STEP_NAMES));
  });

  it('are what the machines name, but those of earlier machines, and nothing else is', () => {
    const named = new Set([...substitutions('release'), ...substitutions('rollback')]);
    const today = STEP_NAMES.filter((name) => !EARLIER_STEPS.includes(name));

    expect(sorted(named)).toEqual(
      sorted([...today.map(keyOfStep), 'RollbackMachine', 'Partition']),
    );
  });

  it.each(STEP_NAMES)('%s is checked by its own schema and knows no other', (name) => {
    const text = read('handlers/steps', `${name}.ts`);
    const schemas = [...text.matchAll(/core\/steps\/([\w-]+)\.ts'/g)].map(([, file]) => file);

    expect(schemas).toEqual([name]);
    expect(text).toMatch(
      new RegExp(`^export const handler = step\\(\\s*${keyOfStep(name)},\\s`, 'm'),
    );
    expect(text).not.toContain("core/steps.ts'");
  });
});

describe('triggers', () => {
  it('have one handler file each, of the same name', () => {
    expect(sorted(handlersIn('handlers/triggers'))).toEqual(sorted(TRIGGER_NAMES));
  });
});

describe('hooks', () => {
  it('have one handler file each, of the same name', () => {
    expect(sorted(handlersIn('handlers/hooks'))).toEqual(sorted(Object.keys(HOOKS)));
  });

  it.each(Object.entries(HOOKS))('%s reports for %s', (name, event) => {
    const text = read('handlers/hooks', `${name}.ts`);
    const [, given = ''] = /export const handler = hook\(('\w+'|\w+),/.exec(text) ?? [];
    const events: Readonly<Record<string, string>> = { BARRIER, START };

    expect(events[given] ?? given.replaceAll("'", '')).toBe(event);
  });
});

describe('other files of handlers', () => {
  it('are no handlers that nothing invokes', () => {
    const invoked = ['steps', 'triggers', 'hooks'];
    const folders = readdirSync(join(root, 'handlers')).filter((name) => !invoked.includes(name));

    expect(folders).toContain('table');
    expect(folders.flatMap((folder) => handlersIn(`handlers/${folder}`))).toEqual([]);
  });
});
