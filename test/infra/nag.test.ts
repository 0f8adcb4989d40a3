/** The packs AwsSolutions and Serverless of cdk-nag over every stack. */
import { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, type NagPack, ServerlessChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { tandemApp } from '../../infra/app.ts';
import { OrchestratorStack } from '../../infra/orchestrator/stack.ts';
import { ACKNOWLEDGED, type Acknowledgement, WITHOUT_RESOURCE } from './security-findings.ts';
import { standIns, synthesize } from './synthesized.ts';

interface Finding {
  readonly rule: string;
  readonly at: string;
}

const packs = (): readonly NagPack[] => [new AwsSolutionsChecks(), new ServerlessChecks()];

const findingsIn = (app: App): readonly Finding[] =>
  packs().flatMap((pack) =>
    pack.validateScope(app).violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath = '' }: any) => ({
        rule: ruleName,
        at: constructPath as string,
      })),
    ),
  );

const covers = ({ finding, at }: Acknowledgement, one: Finding): boolean =>
  finding.test(one.rule) && at.test(one.at);

describe('what cdk-nag finds in the stacks', () => {
  const app = tandemApp(standIns());
  app.synth();
  const findings = findingsIn(app);

  it('is acknowledged with a reason', () => {
    const open = findings.filter((one) => !ACKNOWLEDGED.some((entry) => covers(entry, one)));

    expect(findings.length).toBeGreaterThan(0);
    expect(open.map(({ rule, at }) => `${at}: ${rule}`)).toEqual([]);
  });

  it('needs every acknowledgement that there is', () => {
    const counted = new Set(
      findings.map((one) => ACKNOWLEDGED.find((entry) => covers(entry, one))),
    );
    const stale = ACKNOWLEDGED.filter((entry) => !counted.has(entry));

    expect(stale.map(({ finding }) => String(finding))).toEqual([]);
  });

  it('has nothing to do with tracing where that is on', () => {
    const traced = new App();
    new OrchestratorStack(traced, 'tandem', { ...standIns(), tracing: true });
    traced.synth();

    expect(findingsIn(traced).filter(({ rule }) => /SF2|Xray|Tracing/.test(rule))).toEqual([]);
  });
});

it('no role may do anything on every resource but what AWS authorises on none', () => {
  const documents = Object.values(synthesize()).flatMap((template) => [
    ...Object.values(template.findResources('AWS::IAM::Role')).flatMap(({ Properties }) =>
      (Properties.Policies ?? []).map((policy: any) => policy.PolicyDocument),
    ),
    ...Object.values(template.findResources('AWS::IAM::Policy')).map(
      ({ Properties }) => Properties.PolicyDocument,
    ),
  ]);
  const everywhere = documents
    .flatMap(({ Statement }) => Statement)
    .filter(({ Resource }) => [Resource].flat().includes('*'))
    .flatMap(({ Action }) => Action);

  expect([...new Set(everywhere)].sort()).toEqual(WITHOUT_RESOURCE);
});

it('services that say for which account they act get roles only for this one', () => {
  const trusted = Object.values(synthesize()).flatMap((template) =>
    Object.values(template.findResources('AWS::IAM::Role')).flatMap(
      ({ Properties }) => Properties.AssumeRolePolicyDocument.Statement,
    ),
  );
  const others = trusted.filter(({ Condition }) => Condition === undefined);

  expect(new Set(others.map(({ Principal }) => Principal.Service))).toEqual(
    new Set(['lambda.amazonaws.com']),
  );
  for (const { Condition } of trusted.filter((one) => !others.includes(one)))
    expect(Condition).toEqual({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } });
});
