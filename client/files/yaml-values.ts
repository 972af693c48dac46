import { type Document, isAlias, isCollection, isNode, isPair, isScalar, type Node, type Pair } from 'yaml';
import { MAX_TOLD } from './file-problems.ts';
import { YAML_LIMITS } from './yaml-bounds.ts';

/** What is wrong with the values of a document, and where: an offset in its text. */
export interface ValueProblem {
  offset: number;
  sentence: string;
}

const NO_NAME = 'this key is not a name that can be used here';
const TWICE = 'this key stands here twice';
const CIRCLE = 'an alias (*) goes round in a circle, or values are nested too deeply';
const TOO_OFTEN = 'aliases (*) refer to each other too often';
const TOO_MANY = `these are more than ${YAML_LIMITS.values.toLocaleString('en-GB')} values; divide the file`;

/**
 * What of a document could not be used as data: keys that stand twice in a mapping or are no names, aliases that go in
 * a circle or would unfold into too much. One pass: a mapping's keys are looked up, not compared each with each other.
 *
 * @returns the first of them; none where all is well
 */
export function valueProblems({ contents }: Document.Parsed): ValueProblem[] {
  const told: ValueProblem[] = [];
  const tell = (node: unknown, sentence: string): void => {
    if (told.length < MAX_TOLD) told.push({ offset: startOf(node), sentence });
  };
  const { values, aliases } = valuesIn(contents, tell);
  const first = aliases.find(isAlias) ?? aliases[0];
  if (first !== undefined && (values > YAML_LIMITS.values || aliases.length > YAML_LIMITS.aliases))
    tell(first, TOO_OFTEN);
  else if (values > YAML_LIMITS.values) tell(contents, TOO_MANY);
  return told;
}

const startOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);

/** How many values a node stands for, those behind an alias counted wherever it stands; and its aliases and anchors. */
function valuesIn(
  contents: unknown,
  tell: (node: unknown, sentence: string) => void,
): { values: number; aliases: Node[] } {
  /** By its name, how many values an anchor stands for; undefined while its own value is being read. */
  const anchors = new Map<string, number | undefined>();
  const aliases: Node[] = [];
  const ofAlias = (node: Node, source: string): number => {
    const values = anchors.get(source);
    aliases.push(node);
    if (!anchors.has(source)) tell(node, `this alias (*) can't be used: nothing before it is named &${source}`);
    else if (values === undefined) tell(node, CIRCLE);
    return values ?? 1;
  };
  const ofPair = ({ key, value }: Pair, taken: Set<string>): number => {
    // JavaScript would not keep these as they are: a list, a mapping, nothing, `__proto__`.
    const name = isScalar(key) && key.value !== null ? `${key.value as string | number | boolean}` : undefined;
    if (name === undefined || name === '__proto__') tell(key, NO_NAME);
    else if (taken.has(name)) tell(key, TWICE);
    else taken.add(name);
    return 1 + ofNode(value);
  };
  /** It calls itself no deeper than a text may be nested. */
  function ofNode(node: unknown): number {
    if (isAlias(node)) return ofAlias(node, node.source);
    if (!isCollection(node) && !isScalar(node)) return 0;
    if (node.anchor !== undefined) {
      anchors.set(node.anchor, undefined);
      aliases.push(node);
    }
    let values = 1;
    const taken = new Set<string>();
    if (isCollection(node)) for (const each of node.items) values += isPair(each) ? ofPair(each, taken) : ofNode(each);
    if (node.anchor !== undefined) anchors.set(node.anchor, values);
    return values;
  }
  return { values: ofNode(contents), aliases };
}
