//! `enum` in a script: a type of its own, known from the moment its text is parsed.
//!
//! Types live as long as the process. A definition that is parsed again with the same members is the same type.

use crate::lower::plan::Source;
use crate::lower::{self, Scope};
use crate::run::engine::Engine;
use exsh_core::types::{EnumInfo, TypeInfo};
use exsh_core::{Category, ErrorRecord, Result, Str, TypeRef, Value, types};
use exsh_dotnet::{convert, text};
use exsh_syntax::ast::{self, Member, TypeKind};
use exsh_syntax::visit::NodeRef;
use std::rc::Rc;

/// Defines the enumerations of a text that has no syntax errors.
pub fn define_all(m: &mut Engine, tree: &ast::ScriptBlock, source: &Rc<Source>) -> Result<()> {
    // A walk over the whole tree is spared where the word is not even there.
    if !memchr_word(&source.text) {
        return Ok(());
    }
    let mut found = Vec::new();
    collect(NodeRef::ScriptBlock(tree), &mut found);
    found.into_iter().try_for_each(|d| define(m, d, source))
}

fn memchr_word(text: &str) -> bool {
    text.as_bytes().windows(4).any(|w| w.eq_ignore_ascii_case(b"enum"))
}

fn collect<'a>(node: NodeRef<'a>, found: &mut Vec<&'a ast::TypeDefinition>) {
    if let NodeRef::Statement(ast::Stmt::Type(d)) = node
        && d.kind == TypeKind::Enum
    {
        found.push(d);
        return;
    }
    node.children(&mut |n| collect(n, found));
}

fn define(m: &mut Engine, d: &ast::TypeDefinition, source: &Rc<Source>) -> Result<()> {
    let underlying = match d.base_types.first() {
        Some(t) => crate::emit::expr::named_type(m, &t.type_name.name, t.span, source)?,
        None => &types::INT32,
    };
    let flags = d.attributes.iter().any(|a| {
        let name: &str = &a.type_name.name;
        let short = name.rsplit('.').next().unwrap_or(name);
        short.eq_ignore_ascii_case("Flags") || short.eq_ignore_ascii_case("FlagsAttribute")
    });
    let mut members: Vec<(&str, i64)> = Vec::with_capacity(d.members.len());
    let mut next = 0;
    for member in &d.members {
        let Member::Property(p) = member else { continue };
        let number = match &p.initial_value {
            None => next,
            Some(e) => number(m, e, underlying, source)?,
        };
        members.push((&p.name, number));
        next = number.wrapping_add(1);
    }
    let known = exsh_dotnet::types::find(&d.name).filter(|t| t.name == &*d.name);
    if known
        .and_then(|t| t.enumeration)
        .is_some_and(|e| e.flags == flags && e.underlying.is(underlying) && e.members == members.as_slice())
    {
        return Ok(());
    }
    let members: Vec<(&'static str, i64)> = members.into_iter().map(|(n, v)| (leaked(n), v)).collect();
    let info = EnumInfo { flags, members: Box::leak(members.into_boxed_slice()), underlying };
    let ty: TypeRef = Box::leak(Box::new(TypeInfo::enumeration(leaked(&d.name), Box::leak(Box::new(info)))));
    exsh_dotnet::types::register(ty, None);
    Ok(())
}

fn leaked(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

/// A member's number: a constant that fits the underlying type.
fn number(m: &mut Engine, e: &ast::Expr, underlying: TypeRef, source: &Rc<Source>) -> Result<i64> {
    let plan = lower::expression(e, source, Scope::Dynamic, &mut m.globals);
    let value = crate::emit::Emitter { source: source.clone() }.expression(&plan)(m)?;
    let fitting = convert::cast(m, &value, underlying).and_then(|v| whole(m, &v));
    fitting.map_err(|_| {
        let record = ErrorRecord::runtime(
            "InvalidEnumeratorValue",
            Category::ParserError,
            format!(
                "Enumerator value {} is not of type {} or is too large for it.",
                text::to_text(&value),
                underlying.name
            ),
        )
        .on(Value::string(Str::from("")));
        crate::run::errors::locate_record(&record, source, e.span());
        record.into()
    })
}

/// The bits of an unsigned 64-bit number are kept as they are.
fn whole(m: &mut Engine, v: &Value) -> Result<i64> {
    match v.as_ulong() {
        Some(n) => Ok(n as i64),
        None => convert::cast(m, v, &types::INT64).map(|v| v.as_long().unwrap_or(0)),
    }
}
