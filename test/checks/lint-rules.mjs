// Four rules of our own for oxlint, where none of its own can say it (.oxlintrc.json).

/** Getters and setters of Date that answer in the process's own zone, and what writes a Date in it. */
const LOCAL_TIME = new Set([
  ...['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'].flatMap((part) => [
    `get${part}`,
    `set${part}`,
  ]),
  'getTimezoneOffset',
  'getYear',
  'toDateString',
  'toTimeString',
  'toLocaleDateString',
  'toLocaleTimeString',
]);

/** The ways to cut the civil date off an ISO instant, which is the day in UTC and not in London: `slice(0, 10)` … */
const cutsOffDate = (name, [from, to]) =>
  name === 'split'
    ? from?.value === 'T'
    : ['slice', 'substring', 'substr'].includes(name) && from?.value === 0 && to?.value === 10;

const nameOf = (member) => (member.computed ? member.property.value : member.property.name);
const isMember = (node) => node.type === 'MemberExpression';
const isGlobal = (node, name) => node.type === 'Identifier' && node.name === name;

/**
 * `{ values, types }`: the packages a layer may import at all, and those it may import types from. Everything else
 * that is not a relative path is refused, `node:` modules too. A subpath counts as its package.
 */
const onlyPackages = {
  meta: { schema: [{ type: 'object' }] },
  create(context) {
    const { values = [], types = [] } = context.options[0];
    const check = (node) => {
      const from = node.source?.value;
      if (typeof from !== 'string' || /^\.{1,2}\//.test(from)) return;
      const among = (packages) => packages.some((name) => from === name || from.startsWith(`${name}/`));
      if (among(values)) return;
      if (among(types) && (node.importKind === 'type' || node.exportKind === 'type')) return;
      const allowed = [...values, ...types.map((name) => `the types of ${name}`)].join(', ');
      context.report({
        node,
        message: `${from} may not be imported here: this layer rests on nothing but ${allowed}.`,
      });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

const noOwnClock = {
  create(context) {
    const refuse = (node, what) =>
      context.report({ node, message: `${what} reads the clock. Here, now comes as an argument.` });
    return {
      MemberExpression(node) {
        if (isGlobal(node.object, 'Date') && nameOf(node) === 'now') refuse(node, 'Date.now');
      },
      NewExpression(node) {
        if (isGlobal(node.callee, 'Date') && node.arguments.length === 0) refuse(node, 'new Date()');
      },
      CallExpression(node) {
        if (isGlobal(node.callee, 'Date')) refuse(node, 'Date()');
      },
    };
  },
};

const noLocalTime = {
  create(context) {
    const refuse = (node, what, instead) =>
      context.report({ node, message: `${what} depends on the process's own time zone. ${instead}` });
    const inZone = 'Use domain/calendar/london.ts.';
    return {
      CallExpression(node) {
        const { callee } = node;
        if (!isMember(callee)) return;
        const name = nameOf(callee);
        if (LOCAL_TIME.has(name) && !namesZone(node.arguments[1])) refuse(node, `${name}()`, inZone);
        if (cutsOffDate(name, node.arguments) && isCallOf(callee.object, 'toISOString'))
          context.report({
            node,
            message: `toISOString().${name}(…) is the day in UTC, which is a day early in London's summer nights. ${inZone}`,
          });
      },
      NewExpression(node) {
        if (isGlobal(node.callee, 'Date') && node.arguments.length > 1)
          refuse(node, 'new Date(year, month, …)', 'Use Date.UTC or domain/calendar/civil-date.ts.');
        if (isIntlFormat(node.callee) && !namesZone(node.arguments[1]))
          refuse(node, 'Intl.DateTimeFormat without timeZone', 'Name the zone in its options.');
      },
    };
  },
};

/**
 * A table written out in place has a closed set of names. As `Record<string, …>` a forgotten or mistyped name compiles:
 * it is to be a Record of the union. What is looked up by any text is a Map; where the table itself is the list of names,
 * `satisfies` checks its values and keeps them. What is filled at run time stays open: an empty object, one with a spread
 * or a computed name.
 */
const noOpenTable = {
  create(context) {
    const check = (node, annotation, value) => {
      if (annotation === undefined || annotation === null || !isOpenRecord(annotation) || !isTable(value)) return;
      context.report({
        node,
        message:
          'This table has a closed set of names, and its type does not: a forgotten one compiles. Type it as Record<TheUnion, …>; use a Map where any text is looked up in it, or `satisfies` where its own names are the set.',
      });
    };
    const ofDeclared = (node) => check(node, node.typeAnnotation?.typeAnnotation, node.value);
    return {
      VariableDeclarator: (node) => check(node, node.id.typeAnnotation?.typeAnnotation, node.init),
      PropertyDefinition: ofDeclared,
      TSAsExpression: (node) => check(node, node.typeAnnotation, node.expression),
    };
  },
};

/** `Record<string, …>`, also within Readonly and Partial, and its long form with an index of strings. */
function isOpenRecord(type) {
  if (type.type === 'TSTypeLiteral')
    return type.members.some(
      (member) =>
        member.type === 'TSIndexSignature' &&
        member.parameters[0]?.typeAnnotation?.typeAnnotation?.type === 'TSStringKeyword',
    );
  if (type.type !== 'TSTypeReference') return false;
  const [first] = type.typeArguments?.params ?? [];
  if (first === undefined) return false;
  if (type.typeName.name === 'Readonly' || type.typeName.name === 'Partial') return isOpenRecord(first);
  return type.typeName.name === 'Record' && first.type === 'TSStringKeyword';
}

/** An object written out: with names, and with nothing else. */
function isTable(value) {
  if (value?.type === 'TSAsExpression' || value?.type === 'TSSatisfiesExpression') return isTable(value.expression);
  if (value?.type === 'CallExpression' && isMember(value.callee) && isGlobal(value.callee.object, 'Object'))
    return nameOf(value.callee) === 'freeze' && isTable(value.arguments[0]);
  if (value?.type !== 'ObjectExpression' || value.properties.length === 0) return false;
  return value.properties.every((property) => property.type === 'Property' && !property.computed);
}

function isCallOf(node, method) {
  return node.type === 'CallExpression' && isMember(node.callee) && nameOf(node.callee) === method;
}

function isIntlFormat(callee) {
  return isMember(callee) && isGlobal(callee.object, 'Intl') && nameOf(callee) === 'DateTimeFormat';
}

/** Whether options name a zone. Options that are not written out in place are given the benefit of the doubt. */
function namesZone(options) {
  if (options === undefined) return false;
  if (options.type !== 'ObjectExpression') return true;
  return options.properties.some((property) => property.type === 'SpreadElement' || property.key?.name === 'timeZone');
}

export default {
  meta: { name: 'duecourse' },
  rules: {
    'only-packages': onlyPackages,
    'no-own-clock': noOwnClock,
    'no-local-time': noLocalTime,
    'no-open-table': noOpenTable,
  },
};
