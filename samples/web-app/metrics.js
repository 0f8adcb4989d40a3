/** Counts answers by path and status, in the text format of Prometheus. */

const NAME = 'storefront_requests_total';

/** A counter: `count` notes one answer, `text` renders all of them. */
export const requestCounter = (version) => {
  const answers = new Map();
  return {
    count(path, status) {
      const labels = `version="${version}",path="${path}",status="${status}"`;
      answers.set(labels, (answers.get(labels) ?? 0) + 1);
    },
    text: () =>
      [
        `# HELP ${NAME} Answers since the start.`,
        `# TYPE ${NAME} counter`,
        ...[...answers].map(([labels, count]) => `${NAME}{${labels}} ${count}`),
        '',
      ].join('\n'),
  };
};
