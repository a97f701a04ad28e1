//! Statement lists and blocks in braces.

use super::*;

impl Parser<'_, '_> {
    /// `{ … }`, behind line ends.
    pub(super) fn statement_block(&mut self) -> Option<StatementBlock> {
        self.skip_newlines();
        let open = self.eat(TokenKind::LCurly)?;
        let (mut statements, mut traps) = (vec![], vec![]);
        let list = self.statement_list(&mut statements, &mut traps);
        let close = self.next();
        let mut end = close.span;
        if close.kind != TokenKind::RCurly {
            self.incomplete_at(open.span, close.span, "MissingEndCurlyBrace", &[]);
            self.unget(close);
            end = list.unwrap_or(open.span);
        }
        Some(StatementBlock { span: open.span.to(end), statements, traps })
    }

    /// Statements up to a closing bracket or the end; the span from first to last.
    pub(super) fn statement_list(
        &mut self,
        statements: &mut Vec<Stmt>,
        traps: &mut Vec<TrapStatement>,
    ) -> Option<Span> {
        let mut span: Option<Span> = None;
        self.skip_newlines_and_semicolons();
        while let Some(statement) = self.statement() {
            let this = statement.span();
            span = Some(span.map_or(this, |s| s.to(this)));
            match statement {
                Stmt::Trap(trap) => traps.push(*trap),
                other => statements.push(other),
            }
            self.skip_newlines_and_semicolons();
            if matches!(self.peek_kind(), TokenKind::RParen | TokenKind::RCurly) {
                break;
            }
        }
        span
    }
}
