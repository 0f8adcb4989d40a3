/** Knows the names of AWS's SDK for Java 2, which Step Functions shows: `KMSKeyArn` is `KmsKeyArn` there. */

const capitalized = (word: string) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();

/** A member as a field: in PascalCase, with its first acronym as a word (`Utils.unCapitalize` of aws-sdk-java-v2). */
export const fieldName = (member: string): string =>
  member.replace(/^.(?:[A-Z](?![a-z]))*/, capitalized);

/** A shape or service as a class (`CodegenNamingUtils.pascalCase` of aws-sdk-java-v2). */
export const className = (name: string): string =>
  name
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .replace(/(?<=[a-z])(?=[A-Z][A-Za-z0-9])/g, ' ')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/([0-9])([A-Za-z])/g, '$1 $2')
    .split(' ')
    .map(capitalized)
    .join('');

/** An error's class ends in `Exception`, also that of `ExecutionAlreadyExists` or `LimitExceededFault`. */
export const exceptionName = (shape: string): string =>
  `${className(shape.replace(/(Fault|Exception)$/, ''))}Exception`;

/** An operation as an action of Step Functions: `DescribeDBInstances` → `describeDBInstances`. */
export const actionName = (operation: string): string =>
  operation.charAt(0).toLowerCase() + operation.slice(1);
