import { driverOf } from '../drivers/drivers.ts';
import type { Registration } from '../drivers/registration.ts';
import { LARGEST_INPUT, RecoverInput, ReleaseInput } from '../release/input.ts';
import { goesBack } from '../release/intent.ts';
import { firstOf, type Reason, reason } from '../release/reason.ts';
import { faultText } from '../text/faults.ts';

/** What an execution was started with. */
export type ReadInput =
  | { readonly kind: 'release'; readonly input: ReleaseInput }
  | { readonly kind: 'recover'; readonly release: string }
  | { readonly kind: 'broken'; readonly reasons: readonly Reason[] };

/** Reads the input of an execution; its first faults are named with their places. */
export const readInput = (input: unknown): ReadInput => {
  const bytes = new TextEncoder().encode(JSON.stringify(input) ?? '').length;
  if (bytes > LARGEST_INPUT) {
    return {
      kind: 'broken',
      reasons: [
        reason(
          'input-too-large',
          `The input has ${bytes} bytes, at most ${LARGEST_INPUT} are read`,
          {
            figures: { bytes },
          },
        ),
      ],
    };
  }
  const recover = RecoverInput.safeParse(input);
  if (recover.success) return { kind: 'recover', release: recover.data.recover };
  const release = ReleaseInput.safeParse(input);
  if (release.success) return { kind: 'release', input: release.data };
  return {
    kind: 'broken',
    reasons: [
      reason(
        'malformed-input',
        `The input of the release is malformed: ${faultText(release.error, 'it')}`,
      ),
    ],
  };
};

/** What is wrong with what a release wants, judged by the registration alone. */
export const checkWanted = (
  { targets, intent, eventId, underRedAlarms }: ReleaseInput,
  registration: Registration,
): readonly Reason[] =>
  firstOf([
    ...(eventId !== undefined && underRedAlarms !== undefined
      ? [reason('malformed-input', 'Only a person may release under red alarms, never a push')]
      : []),
    ...Object.entries(targets).flatMap(([name, wanted]) => {
      // A name such as `constructor` must not find what every object has.
      const target = Object.hasOwn(registration.targets, name)
        ? registration.targets[name]
        : undefined;
      if (target) return driverOf(target).wrongWith(target, wanted, goesBack({ intent }));
      const known = Object.keys(registration.targets).join(', ');
      return [
        reason('unknown-target', `${registration.pair} has no target ${name}; it has ${known}`, {
          target: name,
        }),
      ];
    }),
  ]);

/** The reason against an image that its repository does not have. */
export const missingImage = (target: string, asked: string): Reason =>
  reason('no-such-image', `Image ${asked} does not exist: push it, or name one that does`, {
    target,
  });

/** The reason against a version that its function does not have. */
export const missingVersion = (target: string, wanted: string): Reason =>
  reason(
    'no-such-version',
    `${target} has no published version ${wanted}; write "latest" to publish what $LATEST holds`,
    { target },
  );
