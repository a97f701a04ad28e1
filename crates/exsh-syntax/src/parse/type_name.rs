//! What stands in square brackets before something: attributes, type constraints, type names.

use super::*;

impl Parser<'_, '_> {
    /// Attributes and types one behind the other. In an expression a line end behind a type ends the list.
    pub(super) fn attribute_list(&mut self, in_expression: bool) -> Vec<AttributeOrType> {
        let mut list = vec![];
        while let Some(attribute) = self.attribute() {
            if !in_expression || matches!(attribute, AttributeOrType::Attribute(_)) {
                self.skip_newlines();
            }
            list.push(attribute);
        }
        list
    }

    pub(super) fn attribute(&mut self) -> Option<AttributeOrType> {
        let open = self.next_left_bracket()?;
        self.skip_newlines();
        let Some((type_name, first)) = self.type_name(true) else {
            self.resync(open.at);
            self.incomplete(after(open.span), "MissingTypename", &[]);
            return None;
        };
        let token = self.next();
        if token.kind == TokenKind::LParen {
            return Some(self.attribute_arguments(open.span, type_name, first, token.span));
        }
        let mut end = token.span;
        if token.kind != TokenKind::RBracket {
            let place = self.before(token.span);
            self.unget(token);
            self.report(place, "EndSquareBracketExpectedAtEndOfAttribute", &[]);
            end = type_name.span;
        }
        Some(AttributeOrType::Type(TypeConstraint { span: open.span.to(end), type_name }))
    }

    /// Behind the opening parenthesis.
    fn attribute_arguments(
        &mut self,
        open: Span,
        type_name: TypeName,
        mut first: Token,
        paren: Span,
    ) -> AttributeOrType {
        self.skip_newlines();
        let mut attribute = Attribute { span: open, type_name, positional: vec![], named: vec![] };
        let mut last = paren;
        self.with_comma(true, |p| {
            p.in_mode(Mode::Expression, |p| p.attribute_argument_list(&mut attribute, &mut last));
        });
        self.skip_newlines();
        let mut end = last;
        let paren = self.eat(TokenKind::RParen).map(|t| t.span);
        match paren {
            Some(span) => end = span,
            None => {
                self.incomplete(after(last), "MissingEndParenthesisInExpression", &[]);
            }
        }
        self.skip_newlines();
        match self.eat(TokenKind::RBracket) {
            Some(bracket) => end = bracket.span,
            None => {
                if let Some(paren) = paren {
                    self.incomplete(after(paren), "EndSquareBracketExpectedAtEndOfAttribute", &[]);
                }
            }
        }
        self.lex.mark(&mut first, flag::ATTRIBUTE_NAME, 0);
        attribute.span = open.to(end);
        AttributeOrType::Attribute(Box::new(attribute))
    }

    fn attribute_argument_list(&mut self, attribute: &mut Attribute, last: &mut Span) {
        let mut comma: Option<Span> = None;
        loop {
            self.skip_newlines();
            if let Some(name) = self.simple_name() {
                self.named_argument(name, attribute, last);
            } else if let Some(value) = self.expression(false) {
                *last = value.span();
                attribute.positional.push(value);
            } else if let Some(comma) = comma {
                let place = after(comma);
                self.incomplete(place, "MissingExpressionAfterToken", &[","]);
                attribute.positional.push(error_expr(place, vec![]));
                *last = place;
            }
            self.skip_newlines();
            match self.eat(TokenKind::Comma) {
                Some(token) => {
                    *last = token.span;
                    comma = Some(token.span);
                }
                None => return,
            }
        }
    }

    fn named_argument(&mut self, name: StringConstant, attribute: &mut Attribute, last: &mut Span) {
        let (value, value_omitted) = match self.eat(TokenKind::Equals) {
            Some(equals) => {
                self.skip_newlines();
                let value = self.expression(false).unwrap_or_else(|| {
                    let place = after(equals.span);
                    self.incomplete(place, "MissingExpressionInNamedArgument", &[]);
                    let stops =
                        [TokenKind::Comma, TokenKind::RParen, TokenKind::RBracket, TokenKind::NewLine];
                    self.sync_on_error(true, &stops);
                    error_expr(place, vec![])
                });
                *last = value.span();
                (value, false)
            }
            None => {
                (Expr::Constant(Box::new(Constant { span: name.span, value: Literal::Bool(true) })), true)
            }
        };
        if attribute.named.iter().any(|n| n.name == name.value) {
            self.report(name.span, "DuplicateNamedArgument", &[&name.value]);
            return;
        }
        let span = name.span.to(value.span());
        attribute.named.push(NamedArgument {
            span,
            name: name.value,
            name_span: name.span,
            value,
            value_omitted,
        });
    }

    /// A type's name with what belongs to it, and its first token.
    pub(super) fn type_name(&mut self, assembly_allowed: bool) -> Option<(TypeName, Token)> {
        self.in_mode(Mode::TypeName, |p| {
            let token = p.next();
            if token.kind != TokenKind::Identifier {
                p.unget(token);
                return None;
            }
            let name = p.finish_type_name(&token, false, assembly_allowed);
            Some((name, token))
        })
    }

    fn simple_type(&self, token: &Token) -> TypeName {
        simple(token.span, self.text_of(token))
    }

    /// Behind a name: array brackets, generic arguments, an assembly. A generic argument that is not in brackets of its own
    /// has no assembly: the comma ends it.
    fn finish_type_name(&mut self, name: &Token, unbracketed: bool, assembly_allowed: bool) -> TypeName {
        if let Some(open) = self.eat(TokenKind::LBracket) {
            self.skip_newlines();
            let token = self.next();
            return match token.kind {
                TokenKind::RBracket | TokenKind::Comma => {
                    let element = self.simple_type(name);
                    self.array_type(element, token, unbracketed)
                }
                TokenKind::LBracket | TokenKind::Identifier => self.generic_type(name, token, unbracketed),
                TokenKind::EndOfInput => {
                    self.unget(token);
                    self.incomplete(after(open.span), "MissingTypename", &[]);
                    self.simple_type(name)
                }
                _ => {
                    self.report(token.span, "UnexpectedToken", &[self.text_of(&token)]);
                    self.sync_on_error(true, &[TokenKind::RBracket]);
                    self.simple_type(name)
                }
            };
        }
        let mut result = self.simple_type(name);
        if assembly_allowed && !unbracketed && self.peek_kind() == TokenKind::Comma {
            let comma = self.next();
            let assembly = self.lex.assembly_name();
            if assembly.trim().is_empty() {
                self.report(after(comma.span), "MissingAssemblyNameSpecification", &[]);
            } else {
                result.span = name.span.to(self.lex.current_span());
                set_assembly(&mut result, &assembly);
            }
        }
        result
    }

    fn generic_argument(&mut self, first: Token) -> TypeName {
        if first.kind == TokenKind::Identifier {
            return self.finish_type_name(&first, true, true);
        }
        let token = self.next();
        if token.kind != TokenKind::Identifier {
            let place = after(token.span);
            self.unget(token);
            self.incomplete(place, "MissingTypename", &[]);
            return simple(first.span, ":ErrorTypeName:");
        }
        let name = self.finish_type_name(&token, false, true);
        if self.eat(TokenKind::RBracket).is_none() {
            let next = self.peek().span;
            let place = self.before(next);
            self.incomplete(place, "EndSquareBracketExpectedAtEndOfType", &[]);
        }
        name
    }

    /// Arguments from their first token on, and the token behind them.
    pub(super) fn generic_arguments(&mut self, first: Token) -> (Vec<TypeName>, Token) {
        let mut arguments = vec![];
        if !self.enter() {
            return (arguments, self.next());
        }
        arguments.push(self.generic_argument(first));
        let last = loop {
            self.skip_newlines();
            let token = self.next();
            if token.kind != TokenKind::Comma {
                break token;
            }
            self.skip_newlines();
            if matches!(self.peek_kind(), TokenKind::Identifier | TokenKind::LBracket) {
                let first = self.next();
                let argument = self.generic_argument(first);
                arguments.push(argument);
            } else {
                self.incomplete(after(token.span), "MissingTypename", &[]);
                arguments.push(simple(token.span, ":ErrorTypeName:"));
            }
        };
        self.leave();
        (arguments, last)
    }

    fn generic_type(&mut self, name: &Token, first: Token, unbracketed: bool) -> TypeName {
        let first_span = first.span;
        let (arguments, close) = self.generic_arguments(first);
        let mut end = arguments.last().map_or(first_span, |a| a.span);
        if close.kind == TokenKind::RBracket {
            end = close.span;
        } else {
            let place = self.before(close.span);
            self.unget(close);
            self.incomplete(place, "EndSquareBracketExpectedAtEndOfAttribute", &[]);
        }
        let open = Box::new(self.simple_type(name));
        let mut result = TypeName {
            span: name.span.to(end),
            name: Text::default(),
            form: TypeNameForm::Generic { type_name: open, arguments },
        };
        result.rename();
        if self.eat(TokenKind::LBracket).is_some() {
            let token = self.next();
            return self.array_type(result, token, unbracketed);
        }
        if !unbracketed && self.peek_kind() == TokenKind::Comma {
            let comma = self.next();
            let assembly = self.lex.assembly_name();
            if assembly.is_empty() {
                self.report(after(comma.span), "MissingAssemblyNameSpecification", &[]);
            } else {
                set_assembly(&mut result, &assembly);
            }
        }
        result
    }

    /// Behind `name[`, with the token that follows: one or more array brackets.
    fn array_type(&mut self, mut element: TypeName, mut token: Token, unbracketed: bool) -> TypeName {
        let mut brackets = 0;
        loop {
            brackets += 1;
            if brackets > 200 {
                self.too_deep();
                return element;
            }
            match token.kind {
                TokenKind::Comma => {
                    let first = token.span;
                    let mut last_comma = token.span;
                    let mut rank = 1;
                    let close = loop {
                        rank += 1;
                        let next = self.next();
                        if next.kind != TokenKind::Comma {
                            break next;
                        }
                        last_comma = next.span;
                    };
                    let (close_span, closed) = (close.span, close.kind == TokenKind::RBracket);
                    if !closed {
                        self.unget(close);
                    }
                    if rank > 32 {
                        self.report(first.to(last_comma), "ArrayHasTooManyDimensions", &[&rank.to_string()]);
                    } else {
                        if !closed {
                            self.report(after(last_comma), "EndSquareBracketExpectedAtEndOfAttribute", &[]);
                        }
                        element = array_of(element, rank, close_span);
                    }
                }
                TokenKind::RBracket => element = array_of(element, 1, token.span),
                TokenKind::EndOfInput => {
                    let place = self.before(token.span);
                    self.unget(token);
                    self.report(place, "EndSquareBracketExpectedAtEndOfAttribute", &[]);
                }
                _ => {
                    self.report(token.span, "UnexpectedToken", &[self.text_of(&token)]);
                    self.sync_on_error(true, &[TokenKind::RBracket]);
                }
            }
            match self.peek_kind() {
                TokenKind::Comma if !unbracketed => {
                    let comma = self.next();
                    let assembly = self.lex.assembly_name();
                    if assembly.is_empty() {
                        self.report(after(comma.span), "MissingAssemblyNameSpecification", &[]);
                    } else {
                        set_assembly(&mut element, &assembly);
                    }
                    return element;
                }
                TokenKind::LBracket => {
                    self.skip();
                    token = self.next();
                }
                _ => return element,
            }
        }
    }
}

fn simple(span: Span, text: &str) -> TypeName {
    TypeName { span, name: text.into(), form: TypeNameForm::Simple { assembly: None } }
}

fn array_of(element: TypeName, rank: u32, close: Span) -> TypeName {
    let span = element.span.to(close);
    let form = TypeNameForm::Array { rank, of: Box::new(element) };
    let mut array = TypeName { span, name: Text::default(), form };
    array.rename();
    array
}

/// The assembly belongs to the innermost name.
fn set_assembly(name: &mut TypeName, text: &str) {
    match &mut name.form {
        TypeNameForm::Simple { assembly } => *assembly = Some(text.into()),
        TypeNameForm::Array { of, .. } => set_assembly(of, text),
        TypeNameForm::Generic { type_name, .. } => set_assembly(type_name, text),
    }
}

impl TypeName {
    /// Puts the name together from the parts.
    fn rename(&mut self) {
        self.name = match &self.form {
            TypeNameForm::Simple { .. } => return,
            TypeNameForm::Array { rank, of } => {
                format!("{}[{}]", of.name.as_str(), ",".repeat(rank.saturating_sub(1) as usize)).into()
            }
            TypeNameForm::Generic { type_name, arguments } => {
                let arguments: Vec<&str> = arguments.iter().map(|a| a.name.as_str()).collect();
                format!("{}[{}]", type_name.name.as_str(), arguments.join(",")).into()
            }
        };
    }

    /// The name with its assembly, if one was written.
    pub fn full_name(&self) -> String {
        match &self.form {
            TypeNameForm::Simple { assembly: Some(assembly) } => {
                format!("{},{}", self.name.as_str(), assembly.as_str())
            }
            TypeNameForm::Simple { assembly: None } => self.name.to_string(),
            TypeNameForm::Array { rank, of } => {
                let brackets = format!("[{}]", ",".repeat(rank.saturating_sub(1) as usize));
                match of.split_assembly() {
                    (name, Some(assembly)) => format!("{name}{brackets},{assembly}"),
                    (name, None) => format!("{name}{brackets}"),
                }
            }
            TypeNameForm::Generic { .. } => match self.split_assembly() {
                (name, Some(assembly)) => format!("{name},{assembly}"),
                (name, None) => name,
            },
        }
    }

    fn split_assembly(&self) -> (String, Option<&str>) {
        match &self.form {
            TypeNameForm::Simple { assembly } => (self.name.to_string(), assembly.as_deref()),
            TypeNameForm::Array { rank, of } => {
                let (name, assembly) = of.split_assembly();
                (format!("{name}[{}]", ",".repeat(rank.saturating_sub(1) as usize)), assembly)
            }
            TypeNameForm::Generic { type_name, arguments } => {
                let (name, assembly) = type_name.split_assembly();
                let written = |a: &TypeName| match a.full_name() {
                    full if full.contains(',') && a.split_assembly().1.is_some() => format!("[{full}]"),
                    full => full,
                };
                let arguments: Vec<String> = arguments.iter().map(written).collect();
                (format!("{name}[{}]", arguments.join(",")), assembly)
            }
        }
    }
}
