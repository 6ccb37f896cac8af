import { parse } from 'svelte/compiler';
import ts from 'typescript';

/** What a file imports, and whether only its types. `line` counts from 1 within the script. */
export type Import = { from: string; typeOnly: boolean; line: number };

/** Every import of a TypeScript, JavaScript or Svelte file, however written: static, dynamic, re-export, type, require. */
export function importsOf(path: string, text: string): Import[] {
  if (path.endsWith('.svelte')) return scriptsOf(text).flatMap((script) => importsOf('script.ts', script));
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const note = (name: ts.Node | undefined, typeOnly: boolean) => {
    if (!name || !ts.isStringLiteralLike(name)) return;
    found.push({ from: name.text, typeOnly, line: file.getLineAndCharacterOfPosition(name.getStart()).line + 1 });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      // `import { type A }` still loads the module: only `import type` does not.
      note(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) note(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference))
      note(node.moduleReference.expression, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) note(node.argument.literal, true);
    else if (ts.isCallExpression(node) && loads(node.expression)) note(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const loads = (callee: ts.Node) =>
  callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');

function scriptsOf(component: string): string[] {
  const { instance, module } = parse(component, { modern: true });
  return [instance, module]
    .filter((script) => script !== null && script !== undefined)
    .map(({ content }) =>
      component.slice((content as unknown as { start: number }).start, (content as unknown as { end: number }).end),
    );
}
