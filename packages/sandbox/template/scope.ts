/** What the names in a template stand for while a stack is created. */

/** Stands for a value that must disappear: `Ref: AWS::NoValue`. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** What a reference to a created resource can be answered from. */
export interface ReferencedResource {
  readonly type: string;
  readonly ref: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Everything that an intrinsic function may look up. */
export interface Scope {
  readonly region: string;
  /** Pseudo parameters (`AWS::Region` …) and the template's parameters. */
  readonly values: ReadonlyMap<string, unknown>;
  readonly mappings: Readonly<
    Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>
  >;
  /** Whether the condition of that name holds; throws if the template has none of that name. */
  condition(name: string): boolean;
  /** The created resource of that logical id, if there is one. */
  resource(logicalId: string): ReferencedResource | undefined;
  /** The value that another stack of this Region exports under that name. */
  imported(name: string): string | undefined;
}

/** The pseudo parameters that every template has. */
export const pseudoParameters = (stack: {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly arn: string;
}): ReadonlyMap<string, unknown> =>
  new Map<string, unknown>([
    ['AWS::AccountId', stack.account],
    ['AWS::Region', stack.region],
    ['AWS::Partition', 'aws'],
    ['AWS::URLSuffix', 'amazonaws.com'],
    ['AWS::StackName', stack.name],
    ['AWS::StackId', stack.arn],
    ['AWS::NotificationARNs', []],
    ['AWS::NoValue', NO_VALUE],
  ]);
