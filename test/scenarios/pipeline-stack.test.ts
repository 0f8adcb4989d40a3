import { openSandbox } from 'tandem-sandbox';
import { expect, it } from 'vitest';
import { pipelineTemplate } from '../infra/pipelines.ts';

it('a stack with a pipeline is accepted, and what the sandbox cannot run is listed', async () => {
  const template = pipelineTemplate().toJSON();
  // Not those of the pair: its service and function are imported, and are not here.
  const Resources = Object.fromEntries(
    Object.entries<any>(template.Resources).filter(([id]) => /^Pipeline/.test(id)),
  );
  const sandbox = await openSandbox({
    region: 'eu-west-1',
    setting: {
      kind: 'simulation',
      model: () => () => Promise.reject(new Error('nothing is asked')),
    },
  });

  try {
    const { resources } = await sandbox.deployTemplate('shop', { Resources });
    const notes = sandbox.notes().join('\n');

    expect(Object.keys(resources)).toEqual(expect.arrayContaining(Object.keys(Resources)));
    expect(notes).toContain('AWS::CodePipeline::Pipeline');
    expect(notes).toContain('AWS::CodeBuild::Project');
  } finally {
    await sandbox.close();
  }
});
