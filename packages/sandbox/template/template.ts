/** The shape of a CloudFormation template, and the check that the sandbox knows every section of it. */

/** One entry of a template's `Resources`. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
}

/** One entry of a template's `Parameters`. */
export interface TemplateParameter {
  readonly Type: string;
  readonly Default?: unknown;
  readonly AllowedValues?: readonly unknown[];
  readonly AllowedPattern?: string;
}

/** One entry of a template's `Rules`: assertions about its parameters. */
interface TemplateRule {
  readonly RuleCondition?: unknown;
  readonly Assertions: readonly { readonly Assert: unknown; readonly AssertDescription?: string }[];
}

/** One entry of a template's `Outputs`. */
interface TemplateOutput {
  readonly Value: unknown;
  readonly Condition?: string;
  readonly Export?: { readonly Name: unknown };
}

/** A CloudFormation template in its JSON form. */
export interface Template {
  readonly Parameters?: Readonly<Record<string, TemplateParameter>>;
  readonly Mappings?: Readonly<
    Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>
  >;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Rules?: Readonly<Record<string, TemplateRule>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, TemplateOutput>>;
}

const SECTIONS = new Set([
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Mappings',
  'Conditions',
  'Rules',
  'Resources',
  'Outputs',
]);

/** Policies that act only on updates and deletions, and metadata: a stack that is only ever created needs none of them. */
const RESOURCE_ATTRIBUTES = new Set([
  'Type',
  'Properties',
  'DependsOn',
  'Condition',
  'Metadata',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'UpdatePolicy',
]);

/** Says what in a template the sandbox cannot deploy because of its form; one sentence each, none if all is well. */
export const formProblems = (template: Template): string[] => [
  ...Object.keys(template)
    .filter((section) => !SECTIONS.has(section))
    .map(
      (section) =>
        `section ${section}: the sandbox does not know it. Write the template without it.`,
    ),
  ...(Object.keys(template.Resources ?? {}).length > 0
    ? []
    : ['section Resources: it has no resource.']),
  ...Object.entries(template.Resources ?? {}).flatMap(([logicalId, resource]) =>
    Object.keys(resource)
      .filter((attribute) => !RESOURCE_ATTRIBUTES.has(attribute))
      .map(
        (attribute) =>
          `${logicalId} (${resource.Type}): the sandbox does not know the resource attribute ${attribute}. Remove it.`,
      ),
  ),
];
