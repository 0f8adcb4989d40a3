/** The packs AwsSolutions and Serverless of cdk-nag over every stack. */
import { App } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { tandemApp } from '../../infra/app.ts';
import { OrchestratorStack } from '../../infra/orchestrator/stack.ts';
import { findingsIn, openOf, staleOf } from './nag-findings.ts';
import { ACKNOWLEDGED, WITHOUT_RESOURCE } from './security-findings.ts';
import { standIns, synthesize } from './synthesized.ts';

describe('what cdk-nag finds in the stacks', () => {
  const app = tandemApp(standIns());
  app.synth();
  const findings = findingsIn(app);

  it('is acknowledged with a reason', () => {
    expect(findings.length).toBeGreaterThan(0);
    expect(openOf(findings, ACKNOWLEDGED)).toEqual([]);
  });

  it('needs every acknowledgement that there is', () => {
    expect(staleOf(findings, ACKNOWLEDGED)).toEqual([]);
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
  const trusted = Object.values(synthesize())
    .flatMap((template) =>
      Object.values(template.findResources('AWS::IAM::Role')).flatMap(
        ({ Properties }) => Properties.AssumeRolePolicyDocument.Statement,
      ),
    )
    .filter(({ Principal }) => Principal.Service);
  const others = trusted.filter(({ Condition }) => Condition === undefined);

  expect(new Set(others.map(({ Principal }) => Principal.Service))).toEqual(
    new Set(['lambda.amazonaws.com']),
  );
  for (const { Condition } of trusted.filter((one) => !others.includes(one)))
    expect(Condition).toEqual({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } });
});
