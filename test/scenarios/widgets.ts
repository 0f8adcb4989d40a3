/** Reads a dashboard's body: what each of its widgets asks CloudWatch for. */

/** A widget as the body has it. */
interface Widget {
  readonly type: 'alarm' | 'metric' | 'log';
  readonly properties: any;
}

export interface Named<Asked> {
  /** Title of the widget that asks. */
  readonly title: string;
  readonly asked: Asked;
}

/** One metric, in the shape of a query of GetMetricData. */
export interface MetricQuery {
  readonly Id: string;
  readonly MetricStat: { readonly Metric: any; readonly Stat: string; readonly Period: number };
}

/** What a search expression looks for. */
interface Search {
  readonly namespace: string;
  readonly metricName: string;
  /** Names of all dimensions, and the values that some of them must have. */
  readonly dimensions: readonly string[];
  readonly values: Readonly<Record<string, string>>;
  readonly statistic: string;
  readonly period: number;
}

interface Lines {
  readonly groups: readonly string[];
  readonly pair: string;
  readonly messages: readonly string[];
  /** Fields of the log lines that the query names. */
  readonly fields: readonly string[];
}

/** Everything that the widgets ask for. */
export interface Asked {
  readonly alarms: readonly Named<string>[];
  readonly metrics: readonly Named<MetricQuery>[];
  readonly searches: readonly Named<Search>[];
  /** Metric math, with the metrics of its graph. */
  readonly expressions: readonly Named<{ text: string; using: readonly MetricQuery[] }>[];
  readonly queries: readonly Named<Lines>[];
}

const SEARCH = /^SEARCH\('\{(?<schema>[^}]+)\} (?<terms>[^']+)', '(?<statistic>\w+)'\)$/;

const searchOf = (text: string, period: number): Search => {
  const { schema, terms, statistic } = SEARCH.exec(text)?.groups ?? {};
  if (!schema || !terms || !statistic) throw new Error(`not a search as we write them: ${text}`);
  const [namespace = '', ...dimensions] = schema.split(',');
  const { MetricName = '', ...values } = Object.fromEntries(
    [...terms.matchAll(/(\w+)="([^"]+)"/g)].map(([, name, value]) => [name, value]),
  );
  return { namespace, metricName: MetricName, dimensions, values, statistic, period };
};

const metricOf = (entry: readonly any[], index: number): MetricQuery => {
  const { id = `m${index}`, stat, period } = entry.at(-1);
  const [Namespace, MetricName, ...named] = entry.slice(0, -1);
  const Dimensions = named.flatMap((Name, at) =>
    at % 2 === 0 ? [{ Name, Value: named[at + 1] }] : [],
  );
  const Metric = { Namespace, MetricName, Dimensions };
  return { Id: id, MetricStat: { Metric, Stat: stat, Period: period } };
};

const WORDS = ['fields', 'filter', 'stats', 'sort', 'as', 'by', 'and', 'in', 'desc'];

/** The query as CloudWatch Logs Insights would read it; throws on what none of our queries does. */
const linesOf = (query: string): Lines => {
  const commands = query.split('|').map((command) => command.trim());
  const filter = commands.find((command) => command.startsWith('filter ')) ?? '';
  const { pair, messages } =
    /^filter pair = "(?<pair>[^"]+)" and message in \[(?<messages>[^\]]+)\]$/.exec(filter)
      ?.groups ?? {};
  if (!pair || !messages) throw new Error(`not a filter as we write them: ${filter}`);
  const words = commands
    .filter((command) => !/^(SOURCE|limit) /.test(command))
    .map((command) => command.replace(/"[^"]*"/g, '').replace(/ as \w+/g, ''))
    // Neither functions nor numbers, nor what CloudWatch finds in every line (`@timestamp`).
    .flatMap((command) => command.match(/(?<![\w@])[a-z]\w*\b(?!\()/gi) ?? []);
  return {
    groups: commands.flatMap((command) => /^SOURCE '(.+)'$/.exec(command)?.[1] ?? []),
    pair,
    messages: messages.split(',').map((message) => JSON.parse(message)),
    fields: [...new Set(words)].filter((word) => !WORDS.includes(word)),
  };
};

/** What all widgets of a dashboard ask for. */
export const askedBy = (body: string): Asked => {
  const { widgets }: { widgets: readonly Widget[] } = JSON.parse(body);
  const of = (type: Widget['type']) =>
    widgets.filter((one) => one.type === type).map(({ properties }) => properties);
  const graphs = of('metric').map(({ title, metrics }) => ({
    title,
    math: metrics.filter((entry: any[]) => entry[0].expression).map(([entry]: any[]) => entry),
    using: metrics.filter((entry: any[]) => !entry[0].expression).map(metricOf),
  }));
  const math = graphs.flatMap(({ title, math, using }) =>
    math.map(({ expression, period }: any) => ({ title, using, text: expression, period })),
  );
  const isSearch = ({ text }: { text: string }) => text.startsWith('SEARCH(');
  return {
    alarms: of('alarm').flatMap(({ title, alarms }) =>
      alarms.map((asked: string) => ({ title, asked })),
    ),
    metrics: graphs.flatMap(({ title, using }) =>
      using.map((asked: MetricQuery) => ({ title, asked })),
    ),
    searches: math
      .filter(isSearch)
      .map(({ title, text, period }) => ({ title, asked: searchOf(text, period) })),
    expressions: math
      .filter((one) => !isSearch(one))
      .map(({ title, text, using }) => ({ title, asked: { text, using } })),
    queries: of('log').map(({ title, query }) => ({ title, asked: linesOf(query) })),
  };
};
