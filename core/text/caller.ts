/** Name of a caller: `ada` of a user, `Deploy/ada` of a session `ada` with the role `Deploy`, `root` of the owner. */
export const callerName = (arn: string): string => {
  const [, , , , , resource = arn] = arn.split(':');
  return resource.includes('/') ? resource.slice(resource.indexOf('/') + 1) : resource;
};

/** What does not tell one person from another: signs that nobody sees, and accents, which no name in IAM has. */
const UNSEEN = /[\p{Cf}\p{M}]/gu;

/** What a name may be wrapped in, and no part of it: spaces, dots, quotes, slashes. */
const WRAPPING = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

/** As Git writes an author: `Ada Lovelace <ada@example.com>`. */
const ADDRESS = /<([^<>]*@[^<>]*)>/;

/** The address that GitHub gives to who hides theirs: it names the account, and tells no domain. */
const HIDDEN = /^(?:\d+\+)?([^@+]+)@users\.noreply\.github\.com$/;

/** What `+` puts behind a name in an address. */
const TAG = /\+[^@]*/;

/** The part of a name that stands for a person: the address in `<>`, and of `Deploy/ada` what is behind the last slash. */
const personIn = (name: string): string => {
  const folded = name.normalize('NFKD').replace(UNSEEN, '').toLowerCase();
  const address = ADDRESS.exec(folded)?.[1] ?? folded;
  const last = address.replace(WRAPPING, '').split(/[/\\]/).at(-1) ?? '';
  return last.replace(HIDDEN, '$1').replace(TAG, '').replace(WRAPPING, '');
};

const beforeAt = (person: string): string => person.split('@', 1)[0] ?? '';

/**
 * Whether a caller that IAM knows may be who asked for a release. A request says its name as it likes, so this errs
 * towards yes: `ada`, `Ada+git@example.com`, `Ada <ada@example.com>` and any session called `ada` count as one person.
 */
export const isSamePerson = (callerArn: string, requestedBy: string): boolean => {
  const [caller, requester] = [personIn(callerName(callerArn)), personIn(callerName(requestedBy))];
  const isBare = !caller.includes('@') || !requester.includes('@');
  return caller === requester || (isBare && beforeAt(caller) === beforeAt(requester));
};
