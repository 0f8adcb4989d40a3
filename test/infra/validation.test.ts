/** What the CDK's own validation of templates, which is left out of every synth for its four seconds, says of ours. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { expect, it } from 'vitest';
import { tandemApp } from '../../infra/app.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'validation-'));

/** The variable is the CDK's own as well: other tests switch the validation off by it. */
const validated = <T>(make: () => T): T => {
  process.env.CDK_VALIDATION = 'true';
  try {
    return make();
  } finally {
    process.env.CDK_VALIDATION = 'false';
  }
};

/** Sentences of the report that a synth writes beside the templates. The CDK throws nothing, it sets the exit code. */
const findings = (app: App): readonly string[] => {
  const before = process.exitCode;
  const { directory } = validated(() => app.synth());
  process.exitCode = before;
  const { pluginReports } = JSON.parse(
    readFileSync(join(directory, 'validation-report.json'), 'utf8'),
  );
  return pluginReports.flatMap(({ violations }: any) =>
    violations.map(({ description }: any) => description),
  );
};

it('finds nothing in any stack', () => {
  expect(findings(validated(() => tandemApp({ outdir: folder() })))).toEqual([]);
});

it('would find a wrong property', () => {
  const app = new App({
    outdir: folder(),
    analyticsReporting: false,
    builtinCloudFormationValidation: true,
  });
  new CfnResource(new Stack(app, 'stack'), 'Topic', {
    type: 'AWS::SNS::Topic',
    properties: { TopicName: 'a', Wrong: true },
  });

  expect(findings(app).join()).toContain('Wrong');
});
