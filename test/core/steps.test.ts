import { describe, expect, it } from 'vitest';
import { HOOKS, hookFunction } from '../../core/drivers/hooks.ts';
import {
  PairSettings,
  pairPath,
  settingsParameter,
  targetParameter,
} from '../../core/drivers/registration.ts';
import { Target } from '../../core/drivers/target.ts';
import { handlerFunction, STEP_NAMES, TRIGGER_NAMES } from '../../core/names.ts';
import { PHASES } from '../../core/release/phase.ts';
import { Policy } from '../../core/release/policy.ts';
import { STEPS } from '../../core/steps.ts';
import {
  AlarmUnwritableError,
  ContractError,
  DeploymentRefusedError,
  ERROR_NAMES,
  FunctionChangedError,
  NotOwnerError,
  NotYetError,
  PairRoleError,
  TryAgainError,
  UnknownReleaseError,
  VersionFailedError,
  VersionPendingError,
  VersionsUnlikeError,
} from '../../core/text/errors.ts';
import { api, web } from './fixture.ts';

describe('the steps', () => {
  it('each have a contract', () => {
    expect(Object.keys(STEPS)).toEqual([...STEP_NAMES]);
  });

  it.each(Object.entries(STEPS))(
    '%s refuses a member that its input does not have',
    (_, { input }) => {
      const refused = input.safeParse({ surplus: true });
      expect(JSON.stringify(refused.error?.issues)).toContain('unrecognized_keys');
    },
  );

  it('have names of functions that Lambda takes', () => {
    for (const name of [...STEP_NAMES, ...TRIGGER_NAMES]) {
      expect(handlerFunction(name)).toMatch(/^[a-zA-Z0-9-_]{1,64}$/);
    }
    for (const hook of Object.keys(HOOKS) as (keyof typeof HOOKS)[]) {
      expect(hookFunction(hook)).toMatch(/^CodeDeployHook_[a-zA-Z0-9-_]{1,49}$/);
    }
  });
});

describe('the errors', () => {
  it('have the names that machines catch', () => {
    const thrown = [
      ContractError,
      UnknownReleaseError,
      TryAgainError,
      DeploymentRefusedError,
      VersionPendingError,
      NotYetError,
      FunctionChangedError,
      VersionFailedError,
      VersionsUnlikeError,
      AlarmUnwritableError,
      PairRoleError,
      NotOwnerError,
    ].map((one) => new one('why'));
    expect(thrown.map(({ name }) => name)).toEqual([...ERROR_NAMES]);
    expect(thrown.every(({ message }) => message === 'why')).toBe(true);
  });
});

describe('the phases', () => {
  it('are in the order of a release', () => {
    expect(Object.keys(PHASES)).toEqual([
      'Validating',
      'Waiting',
      'Preparing',
      'Staging',
      'Proving',
      'Asking',
      'Shifting',
      'Holding',
      'Guarding',
      'RollingBack',
      'Ended',
    ]);
  });
});

describe('a registration', () => {
  it('needs no word about policy', () => {
    const settings = PairSettings.parse({ pair: 'storefront' });
    expect(settings.join).toBe('tagged');
    expect(settings.policy).toEqual(Policy.parse({}));
    expect(settings.policy).toMatchObject({ bakeMinutes: 5, guardMinutes: 5, approval: 'none' });
  });

  it('lies under the name of its pair', () => {
    expect(pairPath('storefront')).toBe('/tandem/storefront/');
    expect(settingsParameter('storefront')).toBe('/tandem/storefront/pair');
    expect(targetParameter('storefront', 'web')).toBe('/tandem/storefront/targets/web');
  });

  it.each([
    ['a bake that CodeDeploy would not wait for', { bakeMinutes: 41 }],
    ['half a minute', { guardMinutes: 0.5 }],
    ['a word that it does not know', { approval: 'sometimes' }],
    ['a member that it does not know', { bake: 5 }],
  ])('refuses a policy with %s', (_, policy) => {
    expect(Policy.safeParse(policy).success).toBe(false);
  });

  it('picks the driver by the kind of the target', () => {
    expect(Target.parse(web()).driver).toBe('codedeploy-ecs');
    expect(Target.parse(api()).driver).toBe('codedeploy-lambda');
    expect(Target.safeParse({ ...api(), driver: 'codedeploy-ecs' }).success).toBe(false);
    expect(Target.safeParse({ ...api(), name: 'API' }).success).toBe(false);
  });
});
