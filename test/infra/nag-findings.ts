/** What the packs AwsSolutions and Serverless of cdk-nag find in an app, beside what is acknowledged. */
import type { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, type NagPack, ServerlessChecks } from 'cdk-nag';
import type { Acknowledgement } from './security-findings.ts';

export interface Finding {
  readonly rule: string;
  readonly at: string;
}

const packs = (): readonly NagPack[] => [new AwsSolutionsChecks(), new ServerlessChecks()];

/** Every finding of an app that has been synthesized. */
export const findingsIn = (app: App): readonly Finding[] =>
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

/** Findings that nobody has acknowledged, as sentences. */
export const openOf = (
  findings: readonly Finding[],
  acknowledged: readonly Acknowledgement[],
): readonly string[] =>
  findings
    .filter((one) => !acknowledged.some((entry) => covers(entry, one)))
    .map(({ rule, at }) => `${at}: ${rule}`);

/** Acknowledgements of what is not found any more. */
export const staleOf = (
  findings: readonly Finding[],
  acknowledged: readonly Acknowledgement[],
): readonly string[] => {
  const counted = new Set(findings.map((one) => acknowledged.find((entry) => covers(entry, one))));
  return acknowledged.filter((entry) => !counted.has(entry)).map(({ finding }) => String(finding));
};
