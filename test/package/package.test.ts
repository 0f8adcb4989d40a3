/** The package as its users get it: packed, installed outside the repository, compiled against, and released with. */
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openStage } from '../../rehearsal/stage/stage.ts';
import { ASSEMBLY } from '../../rehearsal/stage/synthesis.ts';
import { functions } from '../scenarios/functions.ts';
import { adoptAndRelease } from '../scenarios/shop.ts';
import { compile, install, synthesize, tandem } from './adopter.ts';

/** Milliseconds: a registry may be far away. */
const LONGEST_INSTALL = 600_000;

describe('the package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'adopter-'));

  beforeAll(async () => {
    await install(folder);
    await compile(folder);
  }, LONGEST_INSTALL);

  it('gives a construct whose stack adopts what runs, and its releases', async () => {
    const stage = await openStage({ setting: { kind: 'simulation', functions } });

    try {
      const { ended, record } = await adoptAndRelease(stage, folder, (found) =>
        synthesize(folder, found),
      );

      expect(ended.cause).toBeUndefined();
      expect(record?.end).toBe('Promoted');
    } finally {
      await stage.close();
    }
  });

  it('brings the machines and the very handlers of this repository', () => {
    const template = (assembly: string) =>
      JSON.parse(readFileSync(join(assembly, 'tandem.template.json'), 'utf8')).Resources;
    const codeOf = (resources: Record<string, { Type: string; Properties: any }>) =>
      Object.values(resources)
        .filter(({ Type }) => Type === 'AWS::Lambda::Function')
        .map(({ Properties: { FunctionName, Code } }) => [FunctionName, Code.S3Key]);
    const machinesOf = (resources: Record<string, { Type: string; Properties: any }>) =>
      Object.values(resources)
        .filter(({ Type }) => Type === 'AWS::StepFunctions::StateMachine')
        .map(({ Properties: { StateMachineName, DefinitionString } }) => [
          StateMachineName,
          DefinitionString,
        ]);
    const ours = template(ASSEMBLY);
    const theirs = template(join(folder, 'cdk.out'));

    expect(codeOf(theirs)).toEqual(codeOf(ours));
    expect(machinesOf(theirs)).toEqual(machinesOf(ours));
  });

  it('brings the files that its help names', async () => {
    const helps = await Promise.all(
      ['start', 'rehearse', 'sandbox', 'watch'].map((verb) => tandem(folder, ['help', verb])),
    );
    const named = helps.flatMap(
      (text) => text.match(/\b(?:docs|samples|environments)\/[\w./-]*\w/g) ?? [],
    );
    const brought = ['README.md', 'environments/production.json', ...named];

    expect(named.length).toBeGreaterThan(3);
    expect(
      brought.filter((path) => !existsSync(join(folder, 'node_modules/tandem', path))),
    ).toEqual([]);
  });

  it('brings the command, and the sandbox with its scenarios', async () => {
    const scenario = 'samples/scenarios/unknown-tag.json';
    const release = 'samples/releases/both.json';

    expect(await tandem(folder, ['--help'])).toContain('releases, newest first');
    expect(await tandem(folder, ['rehearse', scenario])).toContain('1 of 1 as expected');
    expect(await tandem(folder, ['check', release])).toContain('storefront: web →');
  });
});
