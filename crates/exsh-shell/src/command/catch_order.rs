//! Catch clauses that can never run: their type is caught by an earlier one. The reference refuses the whole text.

use crate::lower::plan::Source;
use exsh_core::TypeRef;
use exsh_syntax::Problem;
use exsh_syntax::ast;
use exsh_syntax::visit::NodeRef;

/// The first such clause. Types that are not known are looked for when the clause is reached, not here.
pub fn check(tree: &ast::ScriptBlock, source: &Source) -> Option<Problem> {
    if !source.text.as_bytes().windows(5).any(|w| w.eq_ignore_ascii_case(b"catch")) {
        return None;
    }
    let mut found = None;
    look(NodeRef::ScriptBlock(tree), source, &mut found);
    found
}

fn look(node: NodeRef<'_>, source: &Source, found: &mut Option<Problem>) {
    if found.is_some() {
        return;
    }
    if let NodeRef::Statement(ast::Stmt::Try(t)) = node {
        *found = handled_twice(t, source);
    }
    node.children(&mut |n| look(n, source, found));
}

fn handled_twice(t: &ast::TryStatement, source: &Source) -> Option<Problem> {
    let mut earlier: Vec<TypeRef> = Vec::new();
    for c in t.catches.iter().flat_map(|c| &c.types) {
        let name = &c.type_name.name;
        let known = exsh_dotnet::types::find(name).or_else(|| {
            source.namespaces.iter().find_map(|n| exsh_dotnet::types::find(&format!("{n}.{name}")))
        });
        let Some(ty) = known else { continue };
        if earlier.iter().any(|e| ty.derives_from(e)) {
            return Some(Problem {
                id: "ExceptionTypeAlreadyCaught",
                span: c.span,
                message: format!("Exception type {} is already handled by a previous handler.", ty.name),
                incomplete: false,
            });
        }
        earlier.push(ty);
    }
    None
}
