//! Whether a method can run off its end without a `return`: the reference's reading of its control flow, in which a loop's
//! condition may always be false, even that of `while ($true)`, and a `switch` may always match nothing.

use crate::ast::*;

/// Whether running may come to the end of a body.
pub(super) fn runs_off(body: &ScriptBlock) -> bool {
    let mut flow = Flow { loops: vec![] };
    [&body.begin, &body.process, &body.end].into_iter().flatten().all(|block| flow.list(&block.statements))
}

struct Loop<'a> {
    label: &'a str,
    left: bool,
    continued: bool,
}

struct Flow<'a> {
    loops: Vec<Loop<'a>>,
}

impl<'a> Flow<'a> {
    /// Whether the end of a list is reached.
    fn list(&mut self, statements: &'a [Stmt]) -> bool {
        statements.iter().all(|s| self.statement(s))
    }

    fn statement(&mut self, statement: &'a Stmt) -> bool {
        match statement {
            Stmt::Return(_) | Stmt::Throw(_) | Stmt::Exit(_) => false,
            Stmt::Break(n) => {
                if let Some(target) = self.target(n) {
                    target.left = true;
                }
                false
            }
            Stmt::Continue(n) => {
                if let Some(target) = self.target(n) {
                    target.continued = true;
                }
                false
            }
            Stmt::If(n) => {
                let mut reached = n.else_block.is_none();
                for block in n.clauses.iter().map(|(_, body)| body).chain(&n.else_block) {
                    reached |= self.list(&block.statements);
                }
                reached
            }
            Stmt::Switch(n) => {
                self.looped(&n.label, |f| {
                    for block in n.clauses.iter().map(|(_, body)| body).chain(&n.default) {
                        f.list(&block.statements);
                    }
                    true
                });
                true
            }
            Stmt::ForEach(n) => {
                self.looped(&n.label, |f| f.list(&n.body.statements));
                true
            }
            Stmt::While(n) => {
                self.looped(&n.label, |f| f.list(&n.body.statements));
                true
            }
            Stmt::For(n) => {
                let (_, left, _) = self.looped(&n.label, |f| f.list(&n.body.statements));
                left || n.condition.is_some()
            }
            Stmt::DoWhile(n) | Stmt::DoUntil(n) => {
                let (reached, left, continued) = self.looped(&n.label, |f| f.list(&n.body.statements));
                reached || left || continued
            }
            Stmt::Try(n) => {
                let mut reached = self.list(&n.body.statements);
                for clause in &n.catches {
                    reached |= self.list(&clause.body.statements);
                }
                match &n.finally {
                    None => reached,
                    Some(block) => {
                        let caught = n.catches.iter().any(|c| c.types.is_empty());
                        (reached || !caught) && self.list(&block.statements)
                    }
                }
            }
            _ => true,
        }
    }

    fn looped(
        &mut self,
        label: &'a Option<crate::text::Text>,
        body: impl FnOnce(&mut Self) -> bool,
    ) -> (bool, bool, bool) {
        self.loops.push(Loop { label: label.as_deref().unwrap_or(""), left: false, continued: false });
        let reached = body(self);
        self.loops.pop().map_or((reached, false, false), |l| (reached, l.left, l.continued))
    }

    fn target(&mut self, jump: &JumpStatement) -> Option<&mut Loop<'a>> {
        match &jump.label {
            None => self.loops.last_mut(),
            Some(Expr::StringConstant(label)) => {
                self.loops.iter_mut().rev().find(|l| l.label.eq_ignore_ascii_case(&label.value))
            }
            Some(_) => None,
        }
    }
}
