//! Classes and enums.

use super::*;
use crate::token::TokenValue;

/// Attributes of a definition and the types that stand among them by mistake.
fn parted(attributes: Vec<AttributeOrType>) -> (Vec<Attribute>, Vec<Node>) {
    let (mut good, mut stray) = (vec![], vec![]);
    for attribute in attributes {
        match attribute {
            AttributeOrType::Attribute(a) => good.push(*a),
            other => stray.push(Node::Attribute(other)),
        }
    }
    (good, stray)
}

/// What one look for a member found.
enum Found {
    Member(Member),
    /// The rests of something broken; more may follow.
    Broken(Vec<Node>),
    End,
}

/// The words and attributes before a member.
#[derive(Default)]
struct Prefix {
    start: Option<Span>,
    last: Option<Span>,
    attributes: Vec<Attribute>,
    type_constraint: Option<TypeConstraint>,
    is_static: bool,
    is_hidden: bool,
}

impl Prefix {
    fn into_nodes(self) -> Vec<Node> {
        let attributes = self.attributes.into_iter().map(|a| AttributeOrType::Attribute(Box::new(a)));
        attributes.chain(self.type_constraint.map(AttributeOrType::Type)).map(Node::Attribute).collect()
    }
}

impl Parser<'_, '_> {
    pub(super) fn class_definition(&mut self, attributes: Vec<AttributeOrType>, keyword: Token) -> Stmt {
        self.skip_newlines();
        let Some((name, mut name_token)) = self.simple_name_token() else {
            let text = self.text_of(&keyword);
            self.incomplete(after(keyword.span), "MissingNameAfterKeyword", &[text]);
            return error_stmt(keyword.span, vec![]);
        };
        self.lex.mark(&mut name_token, flag::TYPE_NAME, flag::MEMBER_NAME);
        self.skip_newlines();
        self.in_mode(Mode::Signature, |p| p.class_body(attributes, keyword, name))
    }

    fn class_body(&mut self, attributes: Vec<AttributeOrType>, keyword: Token, name: StringConstant) -> Stmt {
        let base_types = self.base_types();
        let Some(open) = self.eat(TokenKind::LCurly) else {
            let last = base_types.last().map_or(name.span, |t| t.span);
            self.peek();
            self.incomplete(after(last), "MissingTypeBody", &["class"]);
            let nested = base_types.into_iter().map(|t| Node::Attribute(AttributeOrType::Type(t))).collect();
            return error_stmt(keyword.span.to(last), nested);
        };
        let mut end = open.span;
        let mut members = vec![];
        let mut broken: Vec<Node> = vec![];
        loop {
            match self.class_member(&name.value) {
                Found::Member(member) => {
                    end = member.span();
                    members.push(member);
                }
                Found::Broken(nodes) => {
                    if let Some(Node::Attribute(last)) = nodes.last() {
                        end = last.span();
                    } else if let Some(Node::Expr(last)) = nodes.last() {
                        end = last.span();
                    }
                    broken.extend(nodes);
                }
                Found::End => break,
            }
        }
        let close = self.next();
        if close.kind == TokenKind::RCurly {
            end = close.span;
        } else {
            self.incomplete_at(after(open.span), close.span, "MissingEndCurlyBrace", &[]);
            self.unget(close);
        }
        let start = attributes.first().map_or(keyword.span, AttributeOrType::span);
        let span = start.to(end);
        let (attributes, stray) = parted(attributes);
        let (kind, name, name_span) = (TypeKind::Class, name.value, name.span);
        let definition = TypeDefinition { span, kind, name, name_span, attributes, base_types, members };
        let definition = Stmt::Type(Box::new(definition));
        if !stray.is_empty() {
            broken.extend(stray);
            broken.push(Node::Stmt(definition));
            return error_stmt(span, broken);
        }
        if !broken.is_empty() {
            return error_stmt(span, broken);
        }
        definition
    }

    fn base_types(&mut self) -> Vec<TypeConstraint> {
        let mut types = vec![];
        let Some(colon) = self.eat(TokenKind::Colon) else { return types };
        let mut last = colon.span;
        loop {
            self.skip_newlines();
            let Some((type_name, _)) = self.type_name(false) else {
                self.incomplete(after(last), "TypeNameExpected", &[]);
                return types;
            };
            types.push(TypeConstraint { span: type_name.span, type_name });
            self.skip_newlines();
            match self.eat(TokenKind::Comma) {
                Some(comma) => last = comma.span,
                None => return types,
            }
        }
    }

    fn member_prefix(&mut self) -> Prefix {
        let mut prefix = Prefix::default();
        loop {
            self.skip_newlines();
            if let Some(attribute) = self.attribute() {
                let span = attribute.span();
                prefix.last = Some(span);
                prefix.start.get_or_insert(span);
                match attribute {
                    AttributeOrType::Attribute(a) => prefix.attributes.push(*a),
                    AttributeOrType::Type(t) if prefix.type_constraint.is_none() => {
                        prefix.type_constraint = Some(t)
                    }
                    AttributeOrType::Type(_) => self.report(span, "TooManyTypes", &[]),
                }
                continue;
            }
            let token = self.peek();
            let (kind, span) = (token.kind, token.span);
            prefix.start.get_or_insert(span);
            let set = match kind {
                TokenKind::Hidden => &mut prefix.is_hidden,
                TokenKind::Static => &mut prefix.is_static,
                _ => return prefix,
            };
            prefix.last = Some(span);
            if std::mem::replace(set, true) {
                let token = self.next();
                self.report(span, "DuplicateQualifier", &[self.text_of(&token)]);
            } else {
                self.skip();
            }
        }
    }

    fn class_member(&mut self, class: &str) -> Found {
        let prefix = self.member_prefix();
        let start = prefix.start.unwrap_or_default();
        let token = self.peek();
        if token.kind == TokenKind::Variable {
            return self.property(prefix, start);
        }
        if token.kind == TokenKind::Identifier || token.flags & flag::KEYWORD != 0 {
            let mut name = self.next();
            self.lex.mark(&mut name, 0, u32::MAX);
            return match self.method(&name, class, prefix.is_static) {
                Some((parameters, body)) => {
                    let text = self.text_of(&name);
                    Found::Member(Member::Function(Box::new(FunctionMember {
                        span: start.to(body.span),
                        name: text.into(),
                        name_span: name.span,
                        return_type: prefix.type_constraint,
                        attributes: prefix.attributes,
                        parameters,
                        is_static: prefix.is_static,
                        is_hidden: prefix.is_hidden,
                        is_constructor: is_constructor(text, class),
                        body: body.into(),
                    })))
                }
                None => {
                    self.sync_on_error(false, &[TokenKind::RCurly]);
                    match prefix.into_nodes() {
                        nodes if nodes.is_empty() => Found::End,
                        nodes => Found::Broken(nodes),
                    }
                }
            };
        }
        if let Some(last) = prefix.last {
            self.incomplete(after(last), "IncompleteMemberDefinition", &[]);
            let nodes = prefix.into_nodes();
            if !nodes.is_empty() {
                return Found::Broken(nodes);
            }
        }
        Found::End
    }

    fn property(&mut self, prefix: Prefix, start: Span) -> Found {
        let variable = self.next();
        let mut initial_value = None;
        if self.eat(TokenKind::Equals).is_some() {
            self.skip_newlines();
            initial_value = self.expression(false);
        }
        let mut end = initial_value.as_ref().map_or(variable.span, Expr::span);
        end = self.end_property(end, true);
        let name: Text = match &variable.value {
            TokenValue::Variable(path) => path.name().into(),
            _ => Text::default(),
        };
        if name.is_empty() {
            let mut nodes = prefix.into_nodes();
            nodes.extend(initial_value.map(Node::Expr));
            return if nodes.is_empty() { Found::End } else { Found::Broken(nodes) };
        }
        Found::Member(Member::Property(Box::new(PropertyMember {
            span: start.to(end),
            name,
            property_type: prefix.type_constraint,
            attributes: prefix.attributes,
            is_static: prefix.is_static,
            is_hidden: prefix.is_hidden,
            is_literal: false,
            initial_value,
        })))
    }

    /// What must stand behind a property or enum value; a semicolon belongs to it.
    fn end_property(&mut self, mut end: Span, report: bool) -> Span {
        let token = self.peek();
        let (kind, span) = (token.kind, token.span);
        if report && !matches!(kind, TokenKind::NewLine | TokenKind::Semi | TokenKind::RCurly) {
            self.incomplete(after(end), "MissingPropertyTerminator", &[]);
        }
        self.skip_newlines_and_semicolons();
        if kind == TokenKind::Semi {
            end = span;
        }
        end
    }

    /// Behind a method's name: its parameters and body.
    fn method(
        &mut self,
        name: &Token,
        class: &str,
        is_static: bool,
    ) -> Option<(Vec<Parameter>, ScriptBlock)> {
        let text = self.text_of(name);
        let mut wrong = None;
        let mut close = None;
        let mut parameters = vec![];
        if self.peek_kind() == TokenKind::LParen {
            let (list, end, broken) = self.function_parameters();
            parameters = list.unwrap_or_default();
            (close, wrong) = (end, broken);
        } else {
            self.incomplete(after(name.span), "MissingMethodParameterList", &[]);
        }
        let mut base_call = None;
        if is_constructor(text, class) && !is_static {
            self.skip_newlines();
            base_call = Some(self.in_mode(Mode::Signature, |p| p.base_call(&mut wrong)));
        }
        let open = self.next();
        if open.kind != TokenKind::LCurly {
            self.unget(open);
            if wrong.is_none() {
                let end = close.unwrap_or(name.span);
                self.incomplete(after(end), "MissingFunctionBody", &[]);
            }
            return None;
        }
        if wrong.is_some() {
            return None;
        }
        let first = base_call.map(|call| {
            let expression = CommandExpression {
                span: call.span,
                expression: Expr::BaseCtorInvoke(Box::new(call)),
                redirections: vec![],
            };
            Stmt::Expression(Box::new(expression))
        });
        let body = self.in_mode(Mode::Command, |p| p.script_block(Some(&open), false, first));
        Some((parameters, body))
    }

    /// `: base(…)` behind a constructor's parameters, or the call that stands for it.
    fn base_call(&mut self, wrong: &mut Option<Span>) -> BaseCtorInvoke {
        let mut call =
            BaseCtorInvoke { span: Span::default(), base_span: Span::default(), arguments: vec![] };
        let Some(colon) = self.eat(TokenKind::Colon) else { return call };
        self.skip_newlines();
        let Some(base) = self.eat(TokenKind::Base) else {
            *wrong = Some(colon.span);
            self.incomplete(after(colon.span), "MissingBaseCtorCall", &[]);
            return call;
        };
        self.skip_newlines();
        call.base_span = base.span;
        match self.eat(TokenKind::LParen) {
            Some(open) => {
                let (arguments, end) = self.argument_list(open.span);
                call.arguments = arguments;
                call.span = base.span.to(end);
                self.skip_newlines();
            }
            None => {
                *wrong = Some(base.span);
                self.incomplete(after(base.span), "MissingMethodParameterList", &[]);
            }
        }
        call
    }

    pub(super) fn enum_definition(&mut self, attributes: Vec<AttributeOrType>, keyword: Token) -> Stmt {
        self.skip_newlines();
        let Some(name) = self.simple_name() else {
            let text = self.text_of(&keyword);
            self.incomplete(after(keyword.span), "MissingNameAfterKeyword", &[text]);
            return error_stmt(keyword.span, vec![]);
        };
        self.in_mode(Mode::Signature, |p| p.enum_body(attributes, keyword, name))
    }

    fn enum_body(&mut self, attributes: Vec<AttributeOrType>, keyword: Token, name: StringConstant) -> Stmt {
        let mut base_types = vec![];
        if let Some(colon) = self.eat(TokenKind::Colon) {
            self.skip_newlines();
            match self.type_name(false) {
                None => {
                    self.incomplete(after(colon.span), "TypeNameExpected", &[]);
                }
                Some((type_name, _)) => {
                    let known = type_name.name.trim_start_matches("System.").trim_start_matches("system.");
                    if !UNDERLYING.iter().any(|t| t.eq_ignore_ascii_case(known)) {
                        self.report(type_name.span, "InvalidUnderlyingType", &[&type_name.name]);
                    }
                    base_types.push(TypeConstraint { span: type_name.span, type_name });
                }
            }
        }
        self.skip_newlines();
        let Some(open) = self.eat(TokenKind::LCurly) else {
            self.peek();
            self.incomplete(after(name.span), "MissingTypeBody", &["enum"]);
            return error_stmt(keyword.span.to(name.span), vec![]);
        };
        let mut members = vec![];
        while let Some(member) = self.enum_member() {
            members.push(member);
        }
        let close = self.next();
        let end = close.span;
        if close.kind != TokenKind::RCurly {
            self.incomplete_at(after(open.span), close.span, "MissingEndCurlyBrace", &[]);
            self.unget(close);
        }
        let start = attributes.first().map_or(keyword.span, AttributeOrType::span);
        let span = start.to(end);
        let (attributes, mut stray) = parted(attributes);
        let (kind, name, name_span) = (TypeKind::Enum, name.value, name.span);
        let definition = TypeDefinition { span, kind, name, name_span, attributes, base_types, members };
        let definition = Stmt::Type(Box::new(definition));
        if stray.is_empty() {
            return definition;
        }
        stray.push(Node::Stmt(definition));
        error_stmt(start, stray)
    }

    fn enum_member(&mut self) -> Option<Member> {
        self.skip_newlines();
        let name = self.simple_name()?;
        let mut end = name.span;
        let mut complete = true;
        let initial_value = self.in_mode(Mode::Expression, |p| {
            let equals = p.eat(TokenKind::Equals)?;
            let value = p.expression(false);
            match &value {
                Some(value) => end = value.span(),
                None => {
                    p.report(after(equals.span), "ExpectedValueExpression", &["="]);
                    end = equals.span;
                    complete = false;
                }
            }
            value
        });
        let end = self.end_property(end, complete);
        Some(Member::Property(Box::new(PropertyMember {
            span: name.span.to(end),
            name: name.value,
            property_type: None,
            attributes: vec![],
            is_static: true,
            is_hidden: false,
            is_literal: true,
            initial_value,
        })))
    }
}

/// Types an enum may be made of, as written without `System.`.
static UNDERLYING: [&str; 15] = [
    "byte", "sbyte", "int16", "uint16", "int32", "uint32", "int64", "uint64", "int", "uint", "long", "ulong",
    "short", "ushort", "char",
];

fn is_constructor(name: &str, class: &str) -> bool {
    name.len() == class.len() && name.to_lowercase() == class.to_lowercase()
}
