//! Which statement begins here, and the small ones.

use super::*;

impl Parser<'_, '_> {
    pub(super) fn statement(&mut self) -> Option<Stmt> {
        if !self.enter() {
            return None;
        }
        let outer = std::mem::replace(&mut self.height, 0);
        let statement = self.statement_inside();
        self.height = outer.max(self.height + 1);
        self.leave();
        statement
    }

    fn statement_inside(&mut self) -> Option<Stmt> {
        let mut token = self.next();
        let mut attributes = vec![];
        let mut restore = None;
        if token.kind == TokenKind::Generic
            && self.lex.at.text().as_bytes().get(token.at as usize) == Some(&b'[')
            && !self.was_tried(BEFORE_STATEMENT, token.at)
        {
            let at = token.at;
            self.resync(at);
            attributes = self.attribute_list(false);
            token = self.next();
            if !attributes.is_empty() {
                restore = Some(at);
                token = self.attributed(&attributes, token, at);
            }
            if token.flags & flag::KEYWORD == 0 {
                self.note_tried(BEFORE_STATEMENT, at);
            }
        }
        Some(match token.kind {
            TokenKind::If => self.if_statement(token),
            TokenKind::Switch => self.switch_statement(None, token),
            TokenKind::Foreach => self.foreach_statement(None, token),
            TokenKind::For => self.for_statement(None, token),
            TokenKind::While => self.while_statement(None, token),
            TokenKind::Do => self.do_statement(None, token),
            TokenKind::Function | TokenKind::Filter | TokenKind::Workflow => self.function_declaration(token),
            TokenKind::Return => Stmt::Return(self.exit_statement(token)),
            TokenKind::Throw => Stmt::Throw(self.exit_statement(token)),
            TokenKind::Exit => Stmt::Exit(self.exit_statement(token)),
            TokenKind::Break => Stmt::Break(self.jump_statement(token)),
            TokenKind::Continue => Stmt::Continue(self.jump_statement(token)),
            TokenKind::Trap => self.trap_statement(token),
            TokenKind::Try => self.try_statement(token),
            TokenKind::Data => self.data_statement(token),
            TokenKind::Parallel | TokenKind::Sequence => self.block_statement(token),
            TokenKind::Configuration => return self.configuration(token),
            TokenKind::From | TokenKind::Define | TokenKind::Var => {
                self.report(token.span, "ReservedKeywordNotAllowed", &[token.kind.text()]);
                error_stmt(token.span, vec![])
            }
            TokenKind::Label => return self.labeled_statement(token),
            TokenKind::EndOfInput => match restore {
                Some(at) => {
                    self.resync(at);
                    return self.pipeline_chain();
                }
                None => {
                    self.unget(token);
                    return None;
                }
            },
            TokenKind::Else | TokenKind::ElseIf | TokenKind::Catch | TokenKind::Until
                if !self.lex.notes.problems.is_empty() =>
            {
                // Rests of a statement that was given up: the statement behind them is what comes next.
                self.skip_newlines();
                return self.statement();
            }
            TokenKind::Class => self.class_definition(attributes, token),
            TokenKind::Enum => self.enum_definition(attributes, token),
            TokenKind::Using => {
                let statement = self.using_statement(token);
                self.report(statement.span(), "UsingMustBeAtStartOfScript", &[]);
                statement
            }
            _ => {
                match restore {
                    Some(at) => self.resync(at),
                    None => self.unget(token),
                }
                return self.pipeline_chain();
            }
        })
    }

    /// Behind attributes that may belong to a statement: the token to go on with.
    fn attributed(&mut self, attributes: &[AttributeOrType], token: Token, restore: u32) -> Token {
        let first_type = attributes.iter().find_map(|a| match a {
            AttributeOrType::Type(t) => Some(t),
            AttributeOrType::Attribute(_) => None,
        });
        if token.flags & flag::STATEMENT_DOESNT_SUPPORT_ATTRIBUTES != 0 {
            if first_type.is_some() {
                self.resync(restore);
                return self.next();
            }
            if let Some(AttributeOrType::Attribute(a)) = attributes.first() {
                self.report(a.span, "UnexpectedAttribute", &[&a.type_name.full_name()]);
            }
        } else if token.flags & flag::KEYWORD != 0 {
            if let Some(t) = first_type {
                self.report(t.span, "TypeNotAllowedBeforeStatement", &[&t.type_name.full_name()]);
            }
        } else {
            self.resync(restore);
            return self.next();
        }
        token
    }

    /// A plain name, even where it would be a keyword.
    pub(super) fn simple_name(&mut self) -> Option<StringConstant> {
        self.simple_name_token().map(|(name, _)| name)
    }

    pub(super) fn simple_name_token(&mut self) -> Option<(StringConstant, Token)> {
        self.lex.want_simple_name = true;
        let kind = self.peek_kind();
        self.lex.want_simple_name = false;
        if kind != TokenKind::Identifier {
            return None;
        }
        let mut token = self.next();
        self.lex.mark(&mut token, flag::MEMBER_NAME, 0);
        Some((bare_word(token.span, self.text_of(&token)), token))
    }

    /// A label behind `break`, or a key of a hashtable.
    pub(super) fn label_or_key(&mut self) -> Option<Expr> {
        if let Some(name) = self.simple_name() {
            return Some(Expr::StringConstant(Box::new(name)));
        }
        if matches!(self.peek_kind(), TokenKind::NewLine | TokenKind::Semi) {
            return None;
        }
        self.with_comma(true, |p| p.unary(false))
    }

    fn jump_statement(&mut self, keyword: Token) -> Box<JumpStatement> {
        let label = self.label_or_key();
        let span = label.as_ref().map_or(keyword.span, |l| keyword.span.to(l.span()));
        Box::new(JumpStatement { span, label })
    }

    fn exit_statement(&mut self, keyword: Token) -> Box<ExitStatement> {
        let pipeline = self.pipeline_chain();
        let span = pipeline.as_ref().map_or(keyword.span, |p| keyword.span.to(p.span()));
        Box::new(ExitStatement { span, pipeline })
    }

    fn labeled_statement(&mut self, label: Token) -> Option<Stmt> {
        self.skip_newlines();
        let token = self.next();
        Some(match token.kind {
            TokenKind::Switch => self.switch_statement(Some(label), token),
            TokenKind::Foreach => self.foreach_statement(Some(label), token),
            TokenKind::For => self.for_statement(Some(label), token),
            TokenKind::While => self.while_statement(Some(label), token),
            TokenKind::Do => self.do_statement(Some(label), token),
            _ => {
                self.resync(label.at);
                return self.pipeline_chain();
            }
        })
    }

    fn block_statement(&mut self, keyword: Token) -> Stmt {
        let Some(body) = self.statement_block() else {
            let text = self.text_of(&keyword);
            self.incomplete(after(keyword.span), "MissingStatementAfterKeyword", &[text]);
            return error_stmt(keyword.span, vec![]);
        };
        Stmt::Block(Box::new(BlockStatement {
            span: keyword.span.to(body.span),
            parallel: keyword.kind == TokenKind::Parallel,
            kind_span: keyword.span,
            body,
        }))
    }

    /// Configurations need DSC, which is not part of this shell: the statement is refused where the reference, without DSC
    /// on the machine, gives up, too.
    fn configuration(&mut self, keyword: Token) -> Option<Stmt> {
        self.skip_newlines();
        let name = self.next();
        let place = if name.kind == TokenKind::EndOfInput { keyword.span } else { name.span };
        if matches!(name.kind, TokenKind::LCurly | TokenKind::EndOfInput | TokenKind::Comma) {
            self.unget(name);
        } else {
            self.command_argument(command::Context::Argument, name);
        }
        self.report(
            place,
            "ParserError",
            &["Configurations are not supported: Desired State Configuration is not available."],
        );
        // The token that was looked at behind the name is lost, as it is there.
        let restore = self.lex.restore_point();
        self.resync(restore);
        None
    }
}
