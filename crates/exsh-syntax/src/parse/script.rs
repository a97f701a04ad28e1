//! Script blocks: using statements, `param`, and either statements or named blocks.

use super::*;

impl Parser<'_, '_> {
    /// A whole script, or behind a `{` the inside of a script block. `first` is put before the written statements.
    pub(crate) fn script_block(
        &mut self,
        open: Option<&Token>,
        filter: bool,
        first: Option<Stmt>,
    ) -> ScriptBlock {
        self.skip_newlines();
        let using = if open.is_none() { self.using_statements() } else { vec![] };
        let restore = self.lex.restore_point();
        let attributes_first = self.lex.at.peek() == '[';
        let hopeless = attributes_first && self.was_tried(BEFORE_PARAM, restore);
        let param_block = if hopeless { None } else { self.param_block() };
        if param_block.is_none() {
            if attributes_first {
                self.note_tried(BEFORE_PARAM, restore);
            }
            self.resync(restore);
        }
        self.skip_newlines_and_semicolons();
        if self.peek().flags & flag::SCRIPT_BLOCK_BLOCK_NAME != 0 {
            return self.named_blocks(open, using, param_block);
        }
        let mut statements: Vec<Stmt> = first.into_iter().collect();
        let mut traps = vec![];
        let mut body = param_block.as_deref().map(|p: &ParamBlock| p.span);
        let span = loop {
            let list = self.statement_list(&mut statements, &mut traps);
            body = match (body, list) {
                (Some(b), Some(l)) => Some(b.to(l)),
                (b, l) => b.or(l),
            };
            let (span, done) = self.finish_body(open, &mut body);
            if done {
                break span;
            }
        };
        let kind = if filter { BlockKind::Process } else { BlockKind::End };
        let block = NamedBlock { span: body.unwrap_or_default(), kind, unnamed: true, statements, traps };
        let mut script = ScriptBlock { span, using, param_block, ..ScriptBlock::default() };
        *(if filter { &mut script.process } else { &mut script.end }) = Some(Box::new(block));
        script
    }

    fn using_statements(&mut self) -> Vec<UsingStatement> {
        let mut statements = vec![];
        while let Some(token) = self.eat(TokenKind::Using) {
            let statement = self.using_statement(token);
            self.skip_newlines_and_semicolons();
            if let Stmt::Using(statement) = statement {
                statements.push(*statement);
            }
        }
        let at = self.peek().at;
        self.resync(at);
        statements
    }

    fn param_block(&mut self) -> Option<Box<ParamBlock>> {
        self.skip_newlines();
        let candidates = self.attribute_list(false);
        self.skip_newlines();
        let keyword = self.eat(TokenKind::Param)?;
        self.skip_newlines();
        let open = self.eat(TokenKind::LParen)?;
        let parameters = self.parameter_list();
        self.skip_newlines();
        let close = self.next();
        let mut end = close.span;
        if close.kind != TokenKind::RParen {
            end = self.before(close.span);
            self.unget(close);
            let last = parameters.last().map_or(open.span, |p| p.span);
            self.incomplete(after(last), "MissingEndParenthesisInFunctionParameterList", &[]);
        }
        let mut attributes = vec![];
        for candidate in candidates {
            match candidate {
                AttributeOrType::Attribute(a) => attributes.push(*a),
                AttributeOrType::Type(t) => {
                    self.report(t.span, "TypeNotAllowedBeforeParam", &[&t.type_name.full_name()]);
                }
            }
        }
        Some(Box::new(ParamBlock { span: keyword.span.to(end), attributes, parameters }))
    }

    pub(super) fn parameter_list(&mut self) -> Vec<Parameter> {
        let mut parameters = vec![];
        let mut comma: Option<Span> = None;
        loop {
            let Some(parameter) = self.parameter() else {
                if let Some(comma) = comma {
                    self.incomplete(after(comma), "MissingExpressionAfterToken", &[","]);
                }
                break;
            };
            parameters.push(parameter);
            self.skip_newlines();
            match self.eat(TokenKind::Comma) {
                Some(token) => comma = Some(token.span),
                None => break,
            }
        }
        parameters
    }

    fn parameter(&mut self) -> Option<Parameter> {
        self.with_comma(true, |p| p.in_mode(Mode::Expression, Self::parameter_inside))
    }

    fn parameter_inside(&mut self) -> Option<Parameter> {
        self.skip_newlines();
        let attributes = self.attribute_list(false);
        self.skip_newlines();
        let token = self.next();
        let Some(name) = variable_of(&token) else {
            self.unget(token);
            let (first, last) = (attributes.first()?.span(), attributes.last()?.span());
            self.incomplete(after(last), "InvalidFunctionParameter", &[]);
            self.sync_on_error(true, &[TokenKind::RParen]);
            let span = first.to(last);
            let name = Variable { span, path: VariablePath::parse("__error__"), splatted: false };
            return Some(Parameter { span, name, attributes, default: None });
        };
        self.skip_newlines();
        let mut default = None;
        if let Some(equals) = self.eat(TokenKind::Equals) {
            self.skip_newlines();
            default = self.expression(false);
            if default.is_none() {
                self.incomplete(after(equals.span), "MissingExpressionAfterToken", &["="]);
            }
        }
        let start = attributes.first().map_or(name.span, AttributeOrType::span);
        let end = default.as_ref().map_or(name.span, Expr::span);
        Some(Parameter { span: start.to(end), name, attributes, default })
    }

    /// The closing brace, or the end of the script. The script block's span, and whether it is finished: a stray closing
    /// bracket does not end a script.
    fn finish_body(&mut self, open: Option<&Token>, body: &mut Option<Span>) -> (Span, bool) {
        let Some(open) = open else {
            let span = self.lex.span(0, self.lex.at.text().len() as u32);
            let token = self.next();
            if token.kind == TokenKind::EndOfInput {
                return (span, true);
            }
            self.report(token.span, "UnexpectedToken", &[self.text_of(&token)]);
            return (span, false);
        };
        let close = self.next();
        if close.kind != TokenKind::RCurly {
            self.incomplete_at(open.span, close.span, "MissingEndCurlyBrace", &[]);
            self.unget(close);
            return (open.span.to(body.unwrap_or(open.span)), true);
        }
        if body.is_none() && self.columns_differ(open.at + 1, close.at) {
            let end = self.before(close.span);
            *body = Some(after(open.span).to(end));
        }
        (open.span.to(close.span), true)
    }

    /// Whether two offsets of this text stand in different columns, in whatever lines.
    fn columns_differ(&self, a: u32, b: u32) -> bool {
        let text = self.lex.at.text();
        let (a, b) = (a as usize, b as usize);
        if a == b {
            return false;
        }
        let Some(between) = text.get(a..b) else { return true };
        let Some(newline) = between.rfind(['\n', '\r']) else { return true };
        let before = &text[..a];
        let line = &before[before.rfind(['\n', '\r']).map_or(0, |i| i + 1)..];
        let units = |t: &str| t.chars().map(char::len_utf16).sum::<usize>();
        units(line) != units(&between[newline + 1..])
    }

    fn named_blocks(
        &mut self,
        open: Option<&Token>,
        using: Vec<UsingStatement>,
        param_block: Option<Box<ParamBlock>>,
    ) -> ScriptBlock {
        let mut script = ScriptBlock { using, ..ScriptBlock::default() };
        let mut start = open.map(|t| t.span).or(param_block.as_ref().map(|p| p.span));
        script.param_block = param_block;
        let mut end = None;
        loop {
            let name = self.next();
            let kind = match name.kind {
                TokenKind::Dynamicparam => BlockKind::DynamicParam,
                TokenKind::Begin => BlockKind::Begin,
                TokenKind::Process => BlockKind::Process,
                TokenKind::End => BlockKind::End,
                TokenKind::Clean => BlockKind::Clean,
                TokenKind::RCurly | TokenKind::EndOfInput => {
                    self.unget(name);
                    let mut extent = start.map(|s| s.to(end.unwrap_or(s)));
                    script.span = self.finish_body(open, &mut extent).0;
                    return script;
                }
                _ => {
                    self.report(name.span, "MissingNamedBlocks", &[self.text_of(&name)]);
                    script.span = match open {
                        Some(open) => open.span.to(end.unwrap_or(open.span)),
                        None => self.lex.span(0, self.lex.at.text().len() as u32),
                    };
                    if open.is_some() {
                        self.unget(name);
                    }
                    return script;
                }
            };
            start.get_or_insert(name.span);
            let block = self.statement_block();
            if block.is_none() {
                self.incomplete(after(name.span), "MissingNamedStatementBlock", &[name.kind.text()]);
            }
            let block = block.unwrap_or(StatementBlock { span: name.span, ..StatementBlock::default() });
            end = Some(block.span);
            let span = name.span.to(block.span);
            let slot = match kind {
                BlockKind::DynamicParam => &mut script.dynamic_param,
                BlockKind::Begin => &mut script.begin,
                BlockKind::Process => &mut script.process,
                BlockKind::End => &mut script.end,
                BlockKind::Clean => &mut script.clean,
            };
            if slot.is_none() {
                let StatementBlock { statements, traps, .. } = block;
                *slot = Some(Box::new(NamedBlock { span, kind, unnamed: false, statements, traps }));
            } else {
                self.report(span, "DuplicateScriptCommandClause", &[name.kind.text()]);
            }
            self.skip_newlines_and_semicolons();
        }
    }
}

pub(super) fn variable_of(token: &Token) -> Option<Variable> {
    match &token.value {
        crate::token::TokenValue::Variable(path) => Some(Variable {
            span: token.span,
            path: path.clone(),
            splatted: token.kind == TokenKind::SplattedVariable,
        }),
        _ => None,
    }
}
