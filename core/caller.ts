/** Name of a caller: `ada` of a user, `Deploy/ada` of a session `ada` with the role `Deploy`, `root` of the owner. */
export const callerName = (arn: string): string => {
  const [, , , , , resource = arn] = arn.split(':');
  return resource.includes('/') ? resource.slice(resource.indexOf('/') + 1) : resource;
};

/** The part of a name that stands for a person: of ARNs and of `Deploy/ada` what is behind the last slash. */
const personIn = (name: string): string => name.trim().toLowerCase().split('/').at(-1) ?? '';

const beforeAt = (person: string): string => person.split('@', 1)[0] ?? '';

/**
 * Whether a caller that IAM knows may be who asked for a release. A request says its name as it likes, so this errs
 * towards yes: `ada`, `Ada@example.com` and any session called `ada` count as one person.
 */
export const isSamePerson = (callerArn: string, requestedBy: string): boolean => {
  const [caller, requester] = [personIn(callerName(callerArn)), personIn(callerName(requestedBy))];
  const isBare = !caller.includes('@') || !requester.includes('@');
  return caller === requester || (isBare && beforeAt(caller) === beforeAt(requester));
};
