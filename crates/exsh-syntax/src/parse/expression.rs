//! Expressions: ternary, binary, lists, unary.

use super::*;

impl Parser<'_, '_> {
    /// `in_ternary`: a number ends at `?` and `:`.
    pub(super) fn expression(&mut self, in_ternary: bool) -> Option<Expr> {
        if !self.enter() {
            return None;
        }
        let result = self.in_mode(Mode::Expression, |p| p.ternary(in_ternary));
        self.leave();
        result
    }

    fn ternary(&mut self, in_ternary: bool) -> Option<Expr> {
        let condition = self.binary(in_ternary)?;
        let Some(question) = self.eat(TokenKind::QuestionMark) else { return Some(condition) };
        self.taller();
        self.skip_newlines();
        let if_true = self.branch(&question);
        self.skip_newlines();
        let colon = self.next();
        if colon.kind != TokenKind::Colon {
            let span = condition.span().to(self.before(colon.span));
            let mut nested = vec![Node::Expr(condition)];
            let place = colon.span;
            self.unget(colon);
            if !matches!(if_true, Expr::Error(_)) {
                nested.push(Node::Expr(if_true));
                self.incomplete(place, "MissingColonInTernaryExpression", &[]);
            }
            return Some(error_expr(span, nested));
        }
        self.skip_newlines();
        let if_false = self.branch(&colon);
        let span = condition.span().to(if_false.span());
        Some(Expr::Ternary(Box::new(Ternary { span, condition, if_true, if_false })))
    }

    /// What must stand behind `?` or `:`.
    fn branch(&mut self, operator: &Token) -> Expr {
        self.expression(true).unwrap_or_else(|| {
            let place = after(operator.span);
            self.incomplete(place, "ExpectedValueExpression", &[operator.kind.text()]);
            error_expr(place, vec![])
        })
    }

    fn binary(&mut self, in_ternary: bool) -> Option<Expr> {
        let outer = std::mem::replace(&mut self.height, 0);
        let result = self.binary_inside(in_ternary);
        self.height = outer.max(self.height);
        result
    }

    fn binary_inside(&mut self, in_ternary: bool) -> Option<Expr> {
        let first = self.array_literal(in_ternary)?;
        let Some((operator, kind)) = binary_operator(self.peek_kind()) else {
            return Some(self.stray_parameter(first));
        };
        let mut pending = (operator, kind.precedence(), self.next());
        let mut operands = vec![first];
        let mut operators: Vec<(BinaryOperator, u32, Span)> = vec![];
        loop {
            self.taller();
            let token = &pending.2;
            self.skip_newlines();
            let (span, text) = (token.span, self.text_of(token));
            operators.push((pending.0, pending.1, span));
            let operand = self.array_literal(true).unwrap_or_else(|| {
                let place = after(span);
                self.incomplete(place, "ExpectedValueExpression", &[text]);
                error_expr(place, vec![])
            });
            operands.push(operand);
            let Some((operator, kind)) = binary_operator(self.peek_kind()) else { break };
            let precedence = kind.precedence();
            while operators.last().is_some_and(|(_, before, _)| precedence <= *before) {
                fold(&mut operands, &mut operators);
            }
            pending = (operator, precedence, self.next());
        }
        while !operators.is_empty() {
            fold(&mut operands, &mut operators);
        }
        let result = operands.pop()?;
        Some(self.stray_parameter(result))
    }

    /// A parameter behind an expression is a misspelt operator.
    fn stray_parameter(&mut self, expression: Expr) -> Expr {
        let Some(token) = self.eat(TokenKind::Parameter) else { return expression };
        self.report(token.span, "UnexpectedToken", &[self.text_of(&token)]);
        let span = expression.span().to(token.span);
        let name = control::parameter_name(&token).into();
        let parameter = CommandParameter { span: token.span, name, name_span: token.span, argument: None };
        error_expr(span, vec![Node::Expr(expression), Node::Parameter(parameter)])
    }

    fn array_literal(&mut self, in_ternary: bool) -> Option<Expr> {
        let first = self.unary(in_ternary)?;
        if self.comma_disabled || self.peek_kind() != TokenKind::Comma {
            return Some(first);
        }
        let start = first.span();
        let mut elements = vec![first];
        let mut end = start;
        while let Some(comma) = self.eat(TokenKind::Comma) {
            self.skip_newlines();
            match self.unary(true) {
                Some(element) => {
                    end = element.span();
                    elements.push(element);
                }
                None => {
                    self.incomplete(after(comma.span), "MissingExpressionAfterToken", &[","]);
                    end = comma.span;
                    elements.push(error_expr(comma.span, vec![]));
                    break;
                }
            }
        }
        Some(Expr::ArrayLiteral(Box::new(ArrayLiteral { span: start.to(end), elements })))
    }

    pub(super) fn unary(&mut self, in_ternary: bool) -> Option<Expr> {
        if !self.enter() {
            return None;
        }
        let outer = std::mem::replace(&mut self.height, 0);
        let result = self.unary_inside(in_ternary);
        self.height = outer.max(self.height + 1);
        if self.height > MAX_HEIGHT {
            self.too_deep();
        }
        self.leave();
        result
    }

    fn unary_inside(&mut self, in_ternary: bool) -> Option<Expr> {
        let signed = std::mem::replace(&mut self.lex.allow_signed_numbers, true);
        let ternary = std::mem::replace(&mut self.lex.end_number_on_ternary, in_ternary);
        if let Some(token) = &self.ungot
            && (token.kind == TokenKind::Minus || (in_ternary && token.kind == TokenKind::Generic))
        {
            let at = token.at;
            self.resync(at);
        }
        let kind = self.peek_kind();
        self.lex.allow_signed_numbers = signed;
        self.lex.end_number_on_ternary = ternary;

        let mut expression = if kind.has(flag::UNARY_OPERATOR) {
            if self.comma_disabled && kind == TokenKind::Comma {
                return None;
            }
            match self.prefixed() {
                Ok(expression) => expression,
                Err(broken) => return Some(broken),
            }
        } else if kind == TokenKind::LBracket {
            match self.bracketed()? {
                Ok(expression) => expression,
                Err(broken) => return Some(broken),
            }
        } else {
            self.primary(true)?
        };
        let postfix = match self.peek_kind() {
            TokenKind::PlusPlus => UnaryOperator::PostfixPlusPlus,
            TokenKind::MinusMinus => UnaryOperator::PostfixMinusMinus,
            _ => return Some(expression),
        };
        let token = self.next();
        let span = expression.span().to(token.span);
        expression = Expr::Unary(Box::new(Unary { span, operator: postfix, child: expression }));
        Some(expression)
    }

    /// A unary operator and its operand.
    fn prefixed(&mut self) -> Result<Expr, Expr> {
        let token = self.next();
        self.skip_newlines();
        let Some(child) = self.unary(true) else {
            let text = self.text_of(&token);
            self.incomplete(after(token.span), "MissingExpressionAfterOperator", &[text]);
            return Err(error_expr(token.span, vec![]));
        };
        let span = token.span.to(child.span());
        let operator = match token.kind {
            TokenKind::Comma => {
                return Ok(Expr::ArrayLiteral(Box::new(ArrayLiteral { span, elements: vec![child] })));
            }
            TokenKind::Not => UnaryOperator::Not,
            TokenKind::Exclaim => UnaryOperator::Exclaim,
            TokenKind::Bnot => UnaryOperator::Bnot,
            TokenKind::Plus => UnaryOperator::Plus,
            TokenKind::Minus => UnaryOperator::Minus,
            TokenKind::Join => UnaryOperator::Join,
            TokenKind::Csplit => UnaryOperator::Csplit,
            TokenKind::PlusPlus => UnaryOperator::PlusPlus,
            TokenKind::MinusMinus => UnaryOperator::MinusMinus,
            _ => UnaryOperator::Isplit,
        };
        Ok(Expr::Unary(Box::new(Unary { span, operator, child })))
    }

    /// Attributes and types before an operand, or a type by itself.
    fn bracketed(&mut self) -> Option<Result<Expr, Expr>> {
        let open = self.peek().span;
        let mut attributes = self.attribute_list(true);
        let last = attributes.pop()?;
        let mut expression = match last {
            AttributeOrType::Attribute(attribute) => {
                self.skip_newlines();
                match self.unary(true) {
                    Some(child) => {
                        let span = attribute.span.to(child.span());
                        Expr::Attributed(Box::new(Attributed { span, attribute: *attribute, child }))
                    }
                    None => {
                        self.incomplete(
                            attribute.span,
                            "UnexpectedAttribute",
                            &[&attribute.type_name.full_name()],
                        );
                        let span = open.to(attribute.span);
                        attributes.push(AttributeOrType::Attribute(attribute));
                        let nested = attributes.into_iter().map(Node::Attribute).collect();
                        return Some(Err(error_expr(span, nested)));
                    }
                }
            }
            AttributeOrType::Type(target) => self.after_type(target),
        };
        for attribute in attributes.into_iter().rev() {
            self.taller();
            let span = attribute.span().to(expression.span());
            expression = match attribute {
                AttributeOrType::Type(target) => {
                    Expr::Convert(Box::new(Convert { span, target, child: expression }))
                }
                AttributeOrType::Attribute(a) => {
                    Expr::Attributed(Box::new(Attributed { span, attribute: *a, child: expression }))
                }
            };
        }
        Some(Ok(expression))
    }

    /// Behind a type in brackets: a member of it, an operand to convert, or nothing.
    fn after_type(&mut self, target: TypeConstraint) -> Expr {
        if let Some(operator) = self.next_member_access(false) {
            let expression = type_expression(target);
            return self.member_accesses(Some(operator), expression);
        }
        if !matches!(self.peek_kind(), TokenKind::NewLine | TokenKind::Comma)
            && let Some(child) = self.unary(true)
        {
            let span = target.span.to(child.span());
            return Expr::Convert(Box::new(Convert { span, target, child }));
        }
        type_expression(target)
    }
}

fn type_expression(target: TypeConstraint) -> Expr {
    Expr::Type(Box::new(TypeExpression { span: target.span, type_name: target.type_name }))
}

/// Makes one expression of the last operator and its operands.
fn fold(operands: &mut Vec<Expr>, operators: &mut Vec<(BinaryOperator, u32, Span)>) {
    if let (Some((operator, _, operator_span)), Some(right), Some(left)) =
        (operators.pop(), operands.pop(), operands.pop())
    {
        let span = left.span().to(right.span());
        operands.push(Expr::Binary(Box::new(Binary { span, operator, operator_span, left, right })));
    }
}

fn binary_operator(kind: TokenKind) -> Option<(BinaryOperator, TokenKind)> {
    use BinaryOperator as B;
    use TokenKind as K;
    if !kind.has(flag::BINARY_OPERATOR) {
        return None;
    }
    let operator = match kind {
        K::And => B::And,
        K::Or => B::Or,
        K::Xor => B::Xor,
        K::Band => B::Band,
        K::Bor => B::Bor,
        K::Bxor => B::Bxor,
        K::Shl => B::Shl,
        K::Shr => B::Shr,
        K::Plus => B::Plus,
        K::Minus => B::Minus,
        K::Multiply => B::Multiply,
        K::Divide => B::Divide,
        K::Rem => B::Rem,
        K::Format => B::Format,
        K::DotDot => B::DotDot,
        K::QuestionQuestion => B::QuestionQuestion,
        K::Join => B::Join,
        K::Is => B::Is,
        K::IsNot => B::IsNot,
        K::As => B::As,
        K::Ieq => B::Ieq,
        K::Ine => B::Ine,
        K::Ige => B::Ige,
        K::Igt => B::Igt,
        K::Ilt => B::Ilt,
        K::Ile => B::Ile,
        K::Ilike => B::Ilike,
        K::Inotlike => B::Inotlike,
        K::Imatch => B::Imatch,
        K::Inotmatch => B::Inotmatch,
        K::Ireplace => B::Ireplace,
        K::Icontains => B::Icontains,
        K::Inotcontains => B::Inotcontains,
        K::Iin => B::Iin,
        K::Inotin => B::Inotin,
        K::Isplit => B::Isplit,
        K::Ceq => B::Ceq,
        K::Cne => B::Cne,
        K::Cge => B::Cge,
        K::Cgt => B::Cgt,
        K::Clt => B::Clt,
        K::Cle => B::Cle,
        K::Clike => B::Clike,
        K::Cnotlike => B::Cnotlike,
        K::Cmatch => B::Cmatch,
        K::Cnotmatch => B::Cnotmatch,
        K::Creplace => B::Creplace,
        K::Ccontains => B::Ccontains,
        K::Cnotcontains => B::Cnotcontains,
        K::Cin => B::Cin,
        K::Cnotin => B::Cnotin,
        K::Csplit => B::Csplit,
        _ => return None,
    };
    Some((operator, kind))
}
