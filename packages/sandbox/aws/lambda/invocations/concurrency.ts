/** Concurrent executions: what the account has in a Region, what functions reserve of it, and who gets the rest. */
import type { Operation } from '../../../cloud.ts';
import { lambdaError } from '../errors.ts';
import type { Functions, LambdaFunction } from '../functions.ts';

/** Concurrent executions of an account in a Region, and how many must stay unreserved: AWS's default quotas. */
const ACCOUNT = 1000;
const LEAST_UNRESERVED = 100;

/** Concurrency of all Regions. */
export interface Concurrency {
  readonly operations: Readonly<Record<string, Operation>>;
  /** Reserves executions for a function; throws InvalidParameterValueException if too few stay unreserved. */
  reserve(fn: LambdaFunction, executions: number): void;
  /** Why the function cannot run once more now, as the `Reason` of TooManyRequestsException; undefined if it can. */
  shortage(fn: LambdaFunction): string | undefined;
  /** Takes this many executions of a Region, as other functions of the account would. */
  occupy(region: string, executions: number): void;
}

/** Makes the account's concurrency over its functions. */
export const concurrencyOf = (functions: Functions): Concurrency => {
  const occupied = new Map<string, number>();

  const all = (region: string) => [...functions.in(region).values()];
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  /** Executions that no function reserves; one may be left out. */
  const unreserved = (region: string, without?: LambdaFunction) =>
    ACCOUNT - sum(all(region).map((fn) => (fn === without ? 0 : (fn.reservedConcurrency ?? 0))));
  const runningUnreserved = (region: string) =>
    sum(
      all(region)
        .filter(({ reservedConcurrency }) => reservedConcurrency === undefined)
        .map(({ running }) => running),
    ) + (occupied.get(region) ?? 0);

  const reserve = (fn: LambdaFunction, executions: number) => {
    if (unreserved(fn.region, fn) - executions < LEAST_UNRESERVED)
      throw lambdaError(
        'InvalidParameterValueException',
        `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${LEAST_UNRESERVED}].`,
      );
    fn.reservedConcurrency = executions;
  };

  return {
    reserve,
    shortage: (fn) => {
      if (fn.reservedConcurrency !== undefined)
        return fn.running < fn.reservedConcurrency
          ? undefined
          : 'ReservedFunctionConcurrentInvocationLimitExceeded';
      return runningUnreserved(fn.region) < unreserved(fn.region)
        ? undefined
        : 'ConcurrentInvocationLimitExceeded';
    },
    occupy: (region, executions) => void occupied.set(region, executions),
    operations: {
      PutFunctionConcurrency: (input, caller) => {
        const { fn } = functions.find(input, caller);
        reserve(fn, input.ReservedConcurrentExecutions);
        return { ReservedConcurrentExecutions: fn.reservedConcurrency };
      },
      GetFunctionConcurrency: (input, caller) => {
        const { reservedConcurrency } = functions.find(input, caller).fn;
        return reservedConcurrency === undefined
          ? {}
          : { ReservedConcurrentExecutions: reservedConcurrency };
      },
      DeleteFunctionConcurrency: (input, caller) => {
        functions.find(input, caller).fn.reservedConcurrency = undefined;
        return {};
      },
      GetProvisionedConcurrencyConfig: (input, caller) => {
        functions.find(input, caller);
        throw lambdaError(
          'ProvisionedConcurrencyConfigNotFoundException',
          'No Provisioned Concurrency Config found for this function',
        );
      },
      GetAccountSettings: (_input, { region }) => ({
        AccountLimit: {
          ...STORAGE,
          ConcurrentExecutions: ACCOUNT,
          UnreservedConcurrentExecutions: unreserved(region),
        },
        AccountUsage: {
          FunctionCount: all(region).length,
          TotalCodeSize: sum(all(region).map(({ latest }) => latest.code.size)),
        },
      }),
    },
  };
};

/** Quotas of code as AWS documents them: bytes. */
const STORAGE = {
  TotalCodeSize: 80_530_636_800,
  CodeSizeUnzipped: 262_144_000,
  CodeSizeZipped: 52_428_800,
};
