import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { checkApproval } from '../../../core/checks/approval.ts';
import { checkPlanned } from '../../../core/checks/planned.ts';
import { smokeVerdict } from '../../../core/checks/smoke.ts';
import { START } from '../../../core/drivers/codedeploy/events.ts';
import { goesBack } from '../../../core/release/intent.ts';
import { revisionText } from '../../../core/release/revision-words.ts';
import { pass, worst } from '../../../core/release/verdict.ts';
import { lambda } from '../../aws/lambda.ts';
import { hold } from '../../hooks/hold.ts';
import type { HookCase, HookResult } from '../../hooks/hook.ts';
import { functionOf } from './registration.ts';
import { smokeFunction } from './smoke-function.ts';

/** The version is the planned and the approved one and answers its smoke checks; then it is held for the common start. */
export const checkVersionAndHold = async (about: HookCase): Promise<HookResult> => {
  const { to } = about.target;
  if (!to) return pass;
  const registration = functionOf(about.target);
  const { CodeSha256 } = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: registration.function, Qualifier: to.ref }),
  );
  const verdict = worst([
    checkApproval(about.record, about.target),
    checkPlanned(about.target.name, `The code of ${revisionText(to)}`, to.codeSha256, [CodeSha256]),
    goesBack(about.record) ? pass : smokeVerdict(await smokeFunction(registration, to)),
  ]);
  return verdict.verdict === 'pass' ? hold(about, START) : verdict;
};
