/** Wrong combinations in a pipeline, each refused at synth in a sentence that says what to do. */
import { Token } from 'aws-cdk-lib';
import { ExecutionMode } from 'aws-cdk-lib/aws-codepipeline';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Name } from '../../core/text/schema.ts';
import type { ReleasePair } from '../pair/release-pair.ts';
import type { ReleasePipelineProps, Source } from './props.ts';

type Fault = string | undefined;

/** Whether two names that are known at synth differ. */
const differ = (one: string, other: string): boolean =>
  !Token.isUnresolved(one) && !Token.isUnresolved(other) && one !== other;

const sourceFaults = (source: Source): readonly Fault[] => {
  const branch = 'branch' in source ? source.branch : undefined;
  return [
    'connectionArn' in source &&
    !Token.isUnresolved(source.connectionArn) &&
    !/^arn:[^:]+:(codeconnections|codestar-connections):[^:]+:\d+:connection\//.test(
      source.connectionArn,
    )
      ? `"${source.connectionArn}" is no ARN of a connection; the console shows it under Developer Tools, Connections.`
      : undefined,
    branch !== undefined && /^$|^refs\/|\s/.test(branch)
      ? `"${branch}" is no branch of the source; name it as Git prints it, for example main.`
      : undefined,
  ];
};

const folderFaults = ({ image, function: code }: ReleasePipelineProps): readonly Fault[] =>
  [image, code].map((build) =>
    build?.folder !== undefined && /^$|^\/|(^|\/)\.\.(\/|$)/.test(build.folder)
      ? `The folder "${build.folder}" of target "${build.target}" must be one of the source, named from its root.`
      : undefined,
  );

const functionFault = ({ function: code }: ReleasePipelineProps): Fault =>
  code && 'lambda' in code.function
    ? `The function of target "${code.target}" is a version or an alias, which takes no new code; name the function itself.`
    : undefined;

/** What only the pair itself tells. */
const pairFaults = (
  { pair, join, services, functions }: ReleasePair,
  { image, function: code }: ReleasePipelineProps,
): readonly Fault[] => {
  const service = services.find(({ name }) => name === image?.target);
  const half = functions.find(({ name }) => name === code?.target);
  return [
    image && join !== 'manual'
      ? `The pair "${pair}" starts a release by itself when an image is pushed (join: '${join}'), so this pipeline ` +
        "would start a second one; give the pair join: 'manual'."
      : undefined,
    image && !service
      ? `The pipeline builds an image for target "${image.target}", which is no service of pair "${pair}".`
      : undefined,
    code && !half
      ? `The pipeline builds code for target "${code.target}", which is no function of pair "${pair}".`
      : undefined,
    image && service && differ(image.repository.repositoryName, service.repository.repositoryName)
      ? `The pipeline pushes to the repository "${image.repository.repositoryName}", but target "${image.target}" of ` +
        `pair "${pair}" runs only images of "${service.repository.repositoryName}".`
      : undefined,
    code && half && differ(code.function.functionName, half.function.functionName)
      ? `The pipeline brings code to the function "${code.function.functionName}", but target "${code.target}" of ` +
        `pair "${pair}" is the function "${half.function.functionName}".`
      : undefined,
  ];
};

const nameFault = (pair: string): Fault => {
  const { success, error } = Name.safeParse(pair);
  return success ? undefined : `The pair's name "${pair}" ${error.issues[0]?.message}.`;
};

const machineFault = ({ machine }: ReleasePipelineProps): Fault => {
  const made = machine?.node.defaultChild;
  return made instanceof CfnStateMachine && made.stateMachineType === 'EXPRESS'
    ? 'The release machine of a pipeline must be a standard one: CodePipeline does not wait for the end of an express one.'
    : undefined;
};

/** Throws the sentence of the first fault. */
export const refuseFaults = (props: ReleasePipelineProps): void => {
  const { pair, source, image, function: code, executionMode } = props;
  const name = typeof pair === 'string' ? pair : pair.pair;
  const targets = [image, code].flatMap((build) => (build ? [build.target] : []));
  const found = [
    nameFault(name),
    targets.length === 0
      ? `The pipeline of pair "${name}" builds nothing; give it an image, a function or both.`
      : undefined,
    targets[0] !== undefined && targets[0] === targets[1]
      ? `The image and the function of the pipeline need different targets; both are called "${targets[0]}".`
      : undefined,
    executionMode === ExecutionMode.PARALLEL
      ? 'A pipeline cannot run in PARALLEL: one release of a pair at a time has the turn. Use SUPERSEDED or QUEUED.'
      : undefined,
    ...sourceFaults(source),
    ...folderFaults(props),
    functionFault(props),
    machineFault(props),
    ...(typeof pair === 'string' ? [] : pairFaults(pair, props)),
  ].find((fault) => fault !== undefined);
  if (found) throw new Error(found);
};
