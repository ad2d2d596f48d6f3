import ts from 'typescript';

export interface ImportStatement {
  readonly specifier: string;
  readonly line: number;
  /** Gone before the program runs: no part of a cycle. */
  readonly typeOnly: boolean;
}

export interface ImpureUse {
  readonly name: string;
  readonly line: number;
}

export interface SourceFacts {
  readonly imports: readonly ImportStatement[];
  readonly impureUses: readonly ImpureUse[];
}

const IMPURE_NAMES = new Set(['Buffer', 'process', 'console', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'fetch']);
const IMPURE_MEMBERS = new Set(['Date.now', 'Math.random']);

/** What one source file imports, and what of the outside world it touches. */
export function readSourceFacts(file: string, text: string): SourceFacts {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const imports: ImportStatement[] = [];
  const impureUses: ImpureUse[] = [];
  const declared = new Set<string>();
  const lineOf = (node: ts.Node) => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
  const addImport = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) {
      imports.push({ specifier: specifier.text, line: lineOf(specifier), typeOnly });
    }
  };

  // A list instead of recursion: deep expressions are legal sources.
  const waiting: ts.Node[] = [source];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (ts.isImportDeclaration(node)) addImport(node.moduleSpecifier, isTypeOnly(node.importClause));
    else if (ts.isExportDeclaration(node)) addImport(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) addImport(node.arguments[0], false);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) addImport(node.argument.literal, true);
    else if (ts.isIdentifier(node)) noteIdentifier(node, declared, (name) => impureUses.push({ name, line: lineOf(node) }));
    waiting.push(...node.getChildren(source).filter((child) => !ts.isJSDoc(child)));
  }
  // A file that declares the name itself (a parameter called `process`) means its own; eslint, which knows scopes, catches the rest.
  const byLine = (a: { readonly line: number }, b: { readonly line: number }) => a.line - b.line;
  return { imports: imports.sort(byLine), impureUses: impureUses.filter((use) => !declared.has(use.name)).sort(byLine) };
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  if (clause.name !== undefined || named === undefined || !ts.isNamedImports(named)) return false;
  return named.elements.length > 0 && named.elements.every((element) => element.isTypeOnly);
}

function noteIdentifier(node: ts.Identifier, declared: Set<string>, found: (name: string) => void): void {
  const parent = node.parent;
  if (IMPURE_NAMES.has(node.text)) {
    if ((ts.isParameter(parent) || ts.isVariableDeclaration(parent) || ts.isBindingElement(parent)) && parent.name === node) {
      declared.add(node.text);
    } else if (!isMemberName(node, parent)) {
      found(node.text);
    }
  }
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
    const member = `${node.text}.${parent.name.text}`;
    if (IMPURE_MEMBERS.has(member)) found(member);
  }
  if (node.text === 'Date' && ts.isNewExpression(parent) && (parent.arguments?.length ?? 0) === 0) found('new Date()');
}

/** `x.process`, `{ process: … }` and `readonly process: …` name a member, not the global. */
function isMemberName(node: ts.Identifier, parent: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  return (
    (ts.isPropertySignature(parent) ||
      ts.isPropertyDeclaration(parent) ||
      ts.isPropertyAssignment(parent) ||
      ts.isMethodSignature(parent) ||
      ts.isMethodDeclaration(parent)) &&
    parent.name === node
  );
}
