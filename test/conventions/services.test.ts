import { expect, it } from 'vitest';
import { namesService } from './services.ts';
import { sourcesIn } from './sources.ts';

it('core and the steps name outside of drivers/ no service of AWS that moves a target', () => {
  const others = ['core', 'handlers/steps']
    .flatMap(sourcesIn)
    .filter(({ path }) => !path.startsWith('core/drivers/'));

  expect(others.filter(namesService).map(({ path }) => path)).toEqual([]);
});

it.each([
  ['core/protocol/a.ts', '/** What CodeDeploy says. */', true],
  ['core/protocol/a.ts', "if (status === 'InProgress') return;", true],
  ['core/protocol/a.ts', '/** What is already read. */', false],
  ['core/judge/a.ts', '/** What CloudWatch has counted. */', false],
  ['core/protocol/a.ts', '/** What CloudWatch has counted. */', true],
  ['core/protocol/a.ts', '/** Step Functions ends it. */', false],
  ['handlers/steps/a.ts', "import { a } from '../drivers/codedeploy/a.ts';", true],
])('whether %s may not say %s: %s', (path, text, isWrong) => {
  expect(namesService({ path, text })).toBe(isWrong);
});
