/** Creates one CloudFormation stack in the sandbox. */
import type { CallFunction } from '../cloud.ts';
import { acceptedTypes } from './accepted-types.ts';
import { conditionsOf, holds } from './conditions.ts';
import { createInOrder } from './create.ts';
import { resolve } from './intrinsics.ts';
import { parameterValues } from './parameters.ts';
import { type PlannedResource, planStack } from './plan.ts';
import type { RegisteredProvider } from './providers.ts';
import { type AssetResolver, resourceContext } from './resource-context.ts';
import { pseudoParameters, type ReferencedResource, type Scope } from './scope.ts';
import { type StackEvent, stackError } from './stack-events.ts';
import { formProblems, type Template } from './template.ts';

/** What the deployer needs of the sandbox; the same for every stack. */
export interface Deployer {
  readonly account: string;
  /** Resource types that services create, see `providersOf`. */
  readonly providers: ReadonlyMap<string, RegisteredProvider>;
  readonly call: CallFunction;
  readonly note: (text: string) => void;
  /** Exported values by `<Region>/<name>`, shared by all stacks of the sandbox. */
  readonly exports: Map<string, string>;
  /** Random characters, see `Cloud.id`. */
  readonly id: (length: number, alphabet?: string) => string;
  /** Is told of every event while stacks are created. */
  readonly progress?: ((event: StackEvent) => void) | undefined;
}

/** One stack to create. */
export interface StackRequest extends Deployer {
  readonly template: Template;
  readonly stack: string;
  readonly region: string;
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  readonly assets: AssetResolver;
}

/** A stack that has been created. */
export interface DeployedStack {
  readonly stack: string;
  readonly region: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly resources: Readonly<Record<string, { readonly type: string; readonly ref: string }>>;
  /** Types (`AWS::CDK::Metadata`) and properties (`AWS::EC2::VPC.Tags`) that have no effect here. */
  readonly ignored: readonly string[];
}

const HEX = '0123456789abcdef';

const stackArn = ({ account, region, stack, id }: StackRequest) => {
  const uuid = [8, 4, 4, 4, 12].map((length) => id(length, HEX)).join('-');
  return `arn:aws:cloudformation:${region}:${account}:stack/${stack}/${uuid}`;
};

const stored =
  ({ call, region }: StackRequest) =>
  async (name: string): Promise<string> => {
    const principal = { kind: 'service', service: 'cloudformation.amazonaws.com' } as const;
    const { Parameter } = await call({
      principal,
      region,
      service: 'ssm',
      operation: 'GetParameter',
      input: { Name: name },
    });
    return Parameter.Value;
  };

const checkRules = (template: Template, scope: Scope) => {
  for (const [name, { RuleCondition, Assertions }] of Object.entries(template.Rules ?? {})) {
    if (RuleCondition !== undefined && !holds(RuleCondition, scope, `Rules.${name}`)) continue;
    for (const { Assert, AssertDescription } of Assertions) {
      if (!holds(Assert, scope, `Rules.${name}`))
        throw new Error(`Rules.${name}: ${AssertDescription ?? 'its assertion is false'}`);
    }
  }
};

const outputsOf = (
  { template, region, exports }: StackRequest,
  scope: Scope,
): Record<string, string> => {
  const outputs: Record<string, string> = {};
  for (const [name, { Value, Condition, Export }] of Object.entries(template.Outputs ?? {})) {
    if (Condition && !scope.condition(Condition)) continue;
    const value = String(resolve(Value, scope, `Outputs.${name}`));
    outputs[name] = value;
    if (!Export) continue;
    const key = `${region}/${resolve(Export.Name, scope, `Outputs.${name}.Export`)}`;
    if (exports.has(key))
      throw new Error(`Outputs.${name}: ${key} is already exported by another stack`);
    exports.set(key, value);
  }
  return outputs;
};

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Creates a stack: every resource, in order. Throws a StackError that names stack, resource, type, property and what to do. */
export const deployStack = async (request: StackRequest): Promise<DeployedStack> => {
  const { template, stack, region, account, providers, note, progress, exports } = request;
  const events: StackEvent[] = [];
  const created = new Map<string, ReferencedResource>();

  const tell = (event: Omit<StackEvent, 'stack'>) => {
    events.push({ stack, ...event });
    progress?.({ stack, ...event });
  };

  const create = async (
    { logicalId, type, properties }: PlannedResource,
    suffix: string,
    scope: Scope,
  ) => {
    tell({ logicalId, type, status: 'CREATE_IN_PROGRESS' });
    try {
      const resolved = resolve(properties, scope, 'Properties');
      const context = resourceContext({ stack, region, account }, logicalId, suffix, request);
      const provider = providers.get(type)?.provider;
      const { ref, attributes = {} } = provider
        ? await provider.create(resolved, context)
        : acceptedTypes[type]!(resolved, context);
      created.set(logicalId, { type, ref, attributes });
      tell({ logicalId, type, status: 'CREATE_COMPLETE', ref });
    } catch (error) {
      tell({ logicalId, type, status: 'CREATE_FAILED', reason: reasonOf(error) });
      throw new Error(`${logicalId} (${type}): ${reasonOf(error)}`, { cause: error });
    }
  };

  try {
    const form = formProblems(template);
    if (form.length > 0) throw new Error(form.join('\n'));

    const values = new Map(
      pseudoParameters({ account, region, name: stack, arn: stackArn(request) }),
    );
    for (const [name, value] of await parameterValues(
      template,
      request.parameters ?? {},
      stored(request),
    )) {
      values.set(name, value);
    }
    const scope: Scope = {
      region,
      values,
      mappings: template.Mappings ?? {},
      condition: conditionsOf(template.Conditions ?? {}, () => scope),
      resource: (logicalId) => created.get(logicalId),
      imported: (name) => exports.get(`${region}/${name}`),
    };
    checkRules(template, scope);

    const { resources, ignored, problems } = planStack(template, scope.condition, providers);
    if (problems.length > 0) throw new Error(problems.join('\n'));
    for (const what of ignored) note(`${what} has no effect in the sandbox`);

    const suffixes = new Map(resources.map(({ logicalId }) => [logicalId, request.id(12)]));
    await createInOrder(resources, (resource) =>
      create(resource, suffixes.get(resource.logicalId) as string, scope),
    );
    return {
      stack,
      region,
      outputs: outputsOf(request, scope),
      resources: Object.fromEntries(
        [...created].map(([logicalId, { type, ref }]) => [logicalId, { type, ref }]),
      ),
      ignored,
    };
  } catch (error) {
    throw stackError(stack, reasonOf(error), events, error);
  }
};
