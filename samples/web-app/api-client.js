/** Calls the API function through the alias that its users have: `API_FUNCTION` is `<name>:<alias>`. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

const lambda = new LambdaClient();

/** Body of the function's answer to a path, for a user who has an id or for nobody. Throws when the function failed or answered anything but 200. */
export const askApi = async (path, user) => {
  const FunctionName = process.env.API_FUNCTION;
  if (!FunctionName) throw new Error('API_FUNCTION is not set');
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify({ path, user }) }),
  );
  const answer = JSON.parse(Buffer.from(Payload ?? []).toString() || '{}');
  if (FunctionError) throw new Error(`the API failed: ${answer.errorMessage ?? FunctionError}`);
  if (answer.statusCode !== 200) throw new Error(`the API answered ${answer.statusCode}`);
  return JSON.parse(answer.body);
};
