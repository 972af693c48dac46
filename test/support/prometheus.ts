/** One sample: `name{labels} value`. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

type Kind = 'counter' | 'gauge' | 'histogram' | 'summary' | 'untyped';

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABEL = String.raw`[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"`;
const SAMPLE = new RegExp(
  String.raw`^(${NAME})(?:\{(${LABEL}(?:,${LABEL})*)?,?\})? ([Nn]a[Nn]|[+-]Inf|[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(?: -?\d+)?$`,
);
const HELP = new RegExp(`^# HELP (${NAME}) .+$`);
const TYPE = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram|summary|untyped)$`);
const ENDS: Record<Kind, readonly string[]> = {
  counter: [''],
  gauge: [''],
  untyped: [''],
  summary: ['', '_sum', '_count'],
  histogram: ['_bucket', '_sum', '_count'],
};

/**
 * Reads metrics as Prometheus does (text format 0.0.4), and as strictly: a metric's lines stand together, after its one
 * TYPE; nothing is there twice; a histogram's buckets rise to its count.
 *
 * @throws Error naming the line that Prometheus would refuse
 */
export function readMetrics(text: string): Sample[] {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  const types = new Map<string, Kind>();
  const helped = new Set<string>();
  const seen = new Set<string>();
  const samples: Sample[] = [];
  let current = '';
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const fail = (why: string): never => {
      throw new Error(`${why}: ${line}`);
    };
    if (line.startsWith('#')) {
      const [, helpOf] = HELP.exec(line) ?? [];
      const [, typeOf, kind] = TYPE.exec(line) ?? [];
      const name = helpOf ?? typeOf ?? fail('neither HELP nor TYPE');
      if (helpOf !== undefined && helped.size === helped.add(name).size) fail('a second HELP');
      if (typeOf !== undefined && types.has(name)) fail('a second TYPE');
      if (typeOf !== undefined) types.set(name, kind as Kind);
      current = name;
      continue;
    }
    const [, name = fail('no sample'), labels = '', value = ''] = SAMPLE.exec(line) ?? [];
    const kind = types.get(current) ?? fail('a sample without a TYPE');
    if (!ENDS[kind].some((end) => name === `${current}${end}`)) fail(`no sample of ${current}`);
    const sample = { name, labels: labelsIn(labels), value: Number(value.replace('Inf', 'Infinity')) };
    if (new Set(Object.keys(sample.labels)).size !== count(labels)) fail('a label twice');
    const id = idOf(sample);
    if (seen.has(id)) fail('twice');
    seen.add(id);
    if (kind === 'counter' && sample.value < 0) fail('a counter below nothing');
    samples.push(sample);
  }
  for (const [name, kind] of types) if (kind === 'histogram') mustRise(name, samples);
  return samples;
}

/** The value of one sample; undefined where it is not there. */
export function valueOf(
  samples: readonly Sample[],
  name: string,
  labels: Record<string, string> = {},
): number | undefined {
  return samples.find(
    (each) => each.name === name && Object.entries(labels).every(([label, value]) => each.labels[label] === value),
  )?.value;
}

const eachLabel = (text: string): string[] => text.match(new RegExp(LABEL, 'g')) ?? [];
const count = (text: string): number => eachLabel(text).length;

function labelsIn(text: string): Record<string, string> {
  return Object.fromEntries(
    eachLabel(text).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 2, -1)]),
  );
}

const idOf = ({ name, labels }: Pick<Sample, 'name' | 'labels'>): string =>
  `${name} ${JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)))}`;

function mustRise(name: string, samples: readonly Sample[]): void {
  const series = new Map<string, [number, number][]>();
  for (const each of samples.filter((sample) => sample.name === `${name}_bucket`)) {
    const { le = '', ...labels } = each.labels;
    const id = idOf({ name, labels });
    series.set(id, [...(series.get(id) ?? []), [Number(le.replace('Inf', 'Infinity')), each.value]]);
  }
  const counts = new Map(
    samples
      .filter((each) => each.name === `${name}_count`)
      .map((each) => [idOf({ name, labels: each.labels }), each.value]),
  );
  if (series.size !== counts.size) throw new Error(`${name}: buckets without a count`);
  for (const [id, buckets] of series) {
    const rises = buckets.every(
      ([le, value], index) =>
        index === 0 || (le > (buckets[index - 1]?.[0] ?? 0) && value >= (buckets[index - 1]?.[1] ?? 0)),
    );
    const [last, all] = buckets.at(-1) ?? [];
    if (!rises || last !== Number.POSITIVE_INFINITY || all !== counts.get(id)) throw new Error(`${id}: no histogram`);
  }
}
