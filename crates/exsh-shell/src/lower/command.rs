//! Commands: name, arguments, redirections, and the two literal blocks that run in the caller's scope.

use super::Lowerer;
use super::plan::*;
use exsh_core::Str;
use exsh_syntax::ast;

impl Lowerer<'_> {
    pub(super) fn command(&mut self, c: &ast::Command) -> Command {
        let (first, rest) = match c.elements.split_first() {
            Some((ast::CommandElement::Expr(e), rest)) => (Some(e), rest),
            Some((ast::CommandElement::Parameter(_), _)) | None => (None, &c.elements[..]),
        };
        let name = match first {
            Some(ast::Expr::StringConstant(s)) => CommandName::Word(Str::from(&*s.value)),
            Some(e) => CommandName::Value(self.expr(e)),
            None => CommandName::Word(Str::from("")),
        };
        let fused = fused_kind(c).map(|(kind, block)| Fused {
            kind,
            body: block.block.end.as_ref().map(|b| self.named_block(b)).unwrap_or_default(),
        });
        let args = rest.iter().map(|el| self.argument(el)).collect();
        Command {
            invocation: c.invocation,
            name,
            args,
            redirections: self.redirections(&c.redirections),
            span: c.span,
            name_span: c.elements.first().map_or(c.span, |e| e.span()),
            fused,
        }
    }

    fn argument(&mut self, el: &ast::CommandElement) -> Arg {
        match el {
            ast::CommandElement::Parameter(p) => Arg::Parameter {
                name: Str::from(&*p.name),
                attached: p.argument.as_ref().map(|e| self.expr(e)),
                attached_span: p.argument.as_ref().map(|e| e.span()),
                span: p.span,
                written: Str::from(self.source_text(p.name_span)),
            },
            ast::CommandElement::Expr(ast::Expr::Variable(v)) if v.splatted => {
                Arg::Splat { var: self.var(&v.path), span: v.span }
            }
            ast::CommandElement::Expr(e) => {
                let span = e.span();
                if let ast::Expr::StringConstant(s) = e
                    && s.kind == ast::StringKind::BareWord
                    && &*s.value == "--"
                {
                    return Arg::EndOfParameters;
                }
                Arg::Value { expr: self.expr(e), span }
            }
        }
    }

    fn source_text(&self, span: exsh_syntax::source::Span) -> &str {
        self.source.text.get(span.start as usize..span.end() as usize).unwrap_or("")
    }

    pub(super) fn redirections(&mut self, list: &[ast::Redirection]) -> Vec<Redirection> {
        list.iter()
            .map(|r| match r {
                ast::Redirection::File { from, append, location, .. } => Redirection {
                    from: *from,
                    to: RedirectTo::File { path: self.expr(location), append: *append },
                },
                ast::Redirection::Merging { from, to, .. } => {
                    Redirection { from: *from, to: RedirectTo::Stream(*to) }
                }
            })
            .collect()
    }
}

/// Is this `Where-Object { … }` or `ForEach-Object { … }` with one plain literal block and nothing else?
pub(super) fn fused_kind(c: &ast::Command) -> Option<(FusedKind, &ast::ScriptBlockExpression)> {
    if c.invocation != ast::InvocationOperator::None || !c.redirections.is_empty() {
        return None;
    }
    let ast::CommandElement::Expr(ast::Expr::StringConstant(name)) = c.elements.first()? else { return None };
    if name.kind != ast::StringKind::BareWord {
        return None;
    }
    let kind = match name.value.to_ascii_lowercase().as_str() {
        "where-object" | "where" | "?" => FusedKind::Where,
        "foreach-object" | "foreach" | "%" => FusedKind::ForEach,
        _ => return None,
    };
    let block = match &c.elements[1..] {
        [ast::CommandElement::Expr(ast::Expr::ScriptBlock(b))] => b,
        [ast::CommandElement::Parameter(p), ast::CommandElement::Expr(ast::Expr::ScriptBlock(b))]
            if p.argument.is_none()
                && p.name.eq_ignore_ascii_case(if kind == FusedKind::Where {
                    "FilterScript"
                } else {
                    "Process"
                }) =>
        {
            b
        }
        _ => return None,
    };
    let s = &block.block;
    let plain = s.param_block.is_none()
        && s.dynamic_param.is_none()
        && s.begin.is_none()
        && s.process.is_none()
        && s.clean.is_none()
        && s.end.as_ref().is_none_or(|e| e.unnamed && e.traps.is_empty());
    plain.then_some((kind, &**block))
}
