//! Functions, filters and the parameter lists of functions and methods.

use super::*;
use crate::token::TokenValue;

impl Parser<'_, '_> {
    pub(super) fn function_declaration(&mut self, keyword: Token) -> Stmt {
        use TokenKind as K;
        self.skip_newlines();
        let mut name = self.next();
        if matches!(
            name.kind,
            K::Pipe
                | K::LParen
                | K::LCurly
                | K::AtParen
                | K::AtCurly
                | K::RCurly
                | K::RParen
                | K::EndOfInput
                | K::Semi
                | K::Redirection
                | K::RedirectInStd
                | K::AndAnd
                | K::OrOr
                | K::Ampersand
                | K::Variable
                | K::SplattedVariable
                | K::HereStringExpandable
                | K::HereStringLiteral
                | K::StringLiteral
                | K::StringExpandable
        ) {
            self.unget(name);
            let text = self.text_of(&keyword);
            self.incomplete(after(keyword.span), "MissingNameAfterKeyword", &[text]);
            return error_stmt(keyword.span, vec![]);
        }
        self.lex.mark(&mut name, 0, flag::KEYWORD);
        self.keep_unparsed(&name);
        let (parameters, close, mut wrong) = self.function_parameters();
        let open = self.next();
        if open.kind != K::LCurly && wrong.is_none() {
            let end = close.unwrap_or(name.span);
            self.unget(open.clone());
            wrong = Some(end);
            self.incomplete(after(end), "MissingFunctionBody", &[]);
        } else if open.kind != K::LCurly {
            self.unget(open.clone());
        }
        if let Some(end) = wrong {
            let nested = parameters.into_iter().flatten().map(Node::FunctionParameter).collect();
            return error_stmt(keyword.span.to(end), nested);
        }
        let kind = match keyword.kind {
            K::Filter => FunctionKind::Filter,
            K::Workflow => FunctionKind::Workflow,
            _ => FunctionKind::Function,
        };
        let outer = std::mem::replace(&mut self.lex.in_workflow, kind == FunctionKind::Workflow);
        let body = self.script_block(Some(&open), kind == FunctionKind::Filter, None);
        self.lex.in_workflow = outer;
        let text = match (&name.value, name.kind) {
            (TokenValue::Text(text), K::Generic) => text.clone(),
            (TokenValue::Expandable(e), K::Generic) => e.value.clone(),
            _ => self.text_of(&name).into(),
        };
        let span = keyword.span.to(body.span);
        Stmt::Function(Box::new(FunctionDefinition {
            span,
            kind,
            name: text,
            name_span: name.span,
            parameters,
            body: body.into(),
        }))
    }

    /// A parameter list in parentheses, if there is one; the closing parenthesis; where it broke off.
    pub(super) fn function_parameters(&mut self) -> (Option<Vec<Parameter>>, Option<Span>, Option<Span>) {
        self.skip_newlines();
        let Some(open) = self.eat(TokenKind::LParen) else { return (None, None, None) };
        let parameters = self.parameter_list();
        self.skip_newlines();
        let close = self.next();
        let close_span = close.span;
        let mut wrong = None;
        if close.kind != TokenKind::RParen {
            self.unget(close);
            let end = parameters.last().map_or(open.span, |p| p.span);
            wrong = Some(end);
            self.incomplete(after(end), "MissingEndParenthesisInFunctionParameterList", &[]);
        }
        self.skip_newlines();
        (Some(parameters), Some(close_span), wrong)
    }
}
