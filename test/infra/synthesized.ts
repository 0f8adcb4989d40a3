import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { STEP_NAMES } from '../../core/names.ts';
import { STACKS, tandemApp } from '../../infra/app.ts';
import { pascalCase } from '../../infra/orchestrator/handler-function.ts';
import { ENTRIES } from '../../scripts/build.ts';

/** A machine that names these steps, and after them the rollback machine if it is to. */
const machineOf = (steps: readonly string[], rollback: boolean) =>
  JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: steps[0],
    States: Object.fromEntries([
      ...steps.map((step, index) => [
        step,
        {
          Type: 'Task',
          Resource: `arn:\${Partition}:states:::lambda:invoke`,
          Arguments: { FunctionName: `\${${step}}` },
          Next: steps[index + 1] ?? 'Last',
        },
      ]),
      [
        'Last',
        rollback
          ? {
              Type: 'Task',
              Resource: `arn:\${Partition}:states:::states:startExecution.sync:2`,
              Arguments: { StateMachineArn: `\${RollbackMachine}`, Input: {} },
              End: true,
            }
          : { Type: 'Succeed' },
      ],
    ]),
  });

/** Folders that stand in for bundles and machines: these tests are about the stacks. */
export const standIns = (): { bundles: string; machines: string; outdir: string } => {
  const folder = mkdtempSync(join(tmpdir(), 'infra-'));
  const [bundles, machines, outdir] = ['bundles', 'machines', 'cdk.out'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  for (const name of Object.keys(ENTRIES)) {
    mkdirSync(join(bundles, name), { recursive: true });
    writeFileSync(
      join(bundles, name, 'index.mjs'),
      `export const handler = async () => '${name}';`,
    );
  }
  mkdirSync(machines);
  const steps = STEP_NAMES.map(pascalCase);
  writeFileSync(join(machines, 'release.asl.json'), machineOf(steps, true));
  writeFileSync(
    join(machines, 'rollback.asl.json'),
    machineOf(['Observe', 'TakeBackTarget'], false),
  );
  return { bundles, machines, outdir };
};

/** Templates of all stacks, made as `cdk synth` makes them. */
export const synthesize = (): Readonly<Record<(typeof STACKS)[number], Template>> => {
  const assembly = tandemApp(standIns()).synth();
  return Object.fromEntries(
    STACKS.map((name) => [name, Template.fromJSON(assembly.getStackByName(name).template)]),
  ) as Record<(typeof STACKS)[number], Template>;
};
