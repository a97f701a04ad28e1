//! Expressions.

use super::plan::*;
use super::{Lowerer, plan};
use exsh_core::{Str, Value, types};
use exsh_syntax::ast::{self, BinaryOperator as B, UnaryOperator as U};

impl Lowerer<'_> {
    pub(super) fn expr(&mut self, e: &ast::Expr) -> Expr {
        match e {
            ast::Expr::Variable(v) => self.read(v),
            ast::Expr::Constant(c) => constant(&c.value),
            ast::Expr::StringConstant(s) => Expr::Const(Value::text(&*s.value)),
            ast::Expr::ExpandableString(s) => Expr::Expand(
                s.parts
                    .iter()
                    .map(|p| match p {
                        ast::StringPart::Text(t) => Part::Text(Str::from(&**t)),
                        ast::StringPart::Expr(e) => Part::Expr(self.expr(e)),
                    })
                    .collect(),
            ),
            ast::Expr::Binary(b) => self.binary(b),
            ast::Expr::Unary(u) => self.unary(u),
            ast::Expr::Ternary(t) => Expr::Ternary(
                Box::new(self.expr(&t.condition)),
                Box::new(self.expr(&t.if_true)),
                Box::new(self.expr(&t.if_false)),
            ),
            ast::Expr::Convert(c) => self.convert(c),
            ast::Expr::Attributed(a) => self.expr(&a.child),
            ast::Expr::Type(t) => Expr::Type(self.type_of(&t.type_name, t.span)),
            ast::Expr::Member(m) => Expr::Member {
                target: Box::new(self.expr(&m.target)),
                name: Box::new(self.expr(&m.member)),
                is_static: m.is_static,
                null_conditional: m.null_conditional,
            },
            ast::Expr::InvokeMember(i) => Expr::Invoke {
                target: Box::new(self.expr(&i.target)),
                name: Box::new(self.expr(&i.member)),
                args: i.arguments.iter().map(|a| self.expr(a)).collect(),
                is_static: i.is_static,
                null_conditional: i.null_conditional,
            },
            ast::Expr::BaseCtorInvoke(_) => fail(
                "ClassesNotSupported",
                "Classes are not supported by this version of exsh. See docs/compatibility.md.",
            ),
            ast::Expr::Index(i) => Expr::Index {
                target: Box::new(self.expr(&i.target)),
                index: self.index(&i.index),
                null_conditional: i.null_conditional,
            },
            ast::Expr::ArrayLiteral(l) => self.list(&l.elements),
            ast::Expr::Array(b) => Expr::ArrayOf(self.block(&b.block)),
            ast::Expr::SubExpression(b) => Expr::Sub(self.block(&b.block)),
            ast::Expr::Paren(p) => self.paren(&p.pipeline),
            ast::Expr::Hashtable(h) => Expr::Hash { pairs: self.pairs(h), ordered: false, span: h.span },
            ast::Expr::ScriptBlock(b) => Expr::ScriptBlock(self.block_source(&b.block)),
            ast::Expr::Using(u) => self.expr(&u.child),
            ast::Expr::Error(_) => fail("ParserError", "The expression could not be parsed."),
        }
    }

    fn read(&mut self, v: &ast::Variable) -> Expr {
        let path = &v.path;
        if let Some(drive) = path.drive() {
            return Expr::Drive { drive: Str::from(drive), name: Str::from(path.name()) };
        }
        if path.scope == ast::VariableScope::None {
            let name = path.name();
            match name.len() {
                1 if name == "?" => return Expr::Automatic(Automatic::Status),
                4..=17 => {
                    let lower = name.to_ascii_lowercase();
                    match lower.as_str() {
                        "true" => return Expr::Const(Value::TRUE),
                        "null" => return Expr::Const(Value::NULL),
                        "false" => return Expr::Const(Value::FALSE),
                        "args" => self.uses.args = true,
                        "myinvocation" => return Expr::Automatic(Automatic::MyInvocation),
                        "pscmdlet" => return Expr::Automatic(Automatic::PsCmdlet),
                        "psscriptroot" => return Expr::Automatic(Automatic::PsScriptRoot),
                        "pscommandpath" => return Expr::Automatic(Automatic::PsCommandPath),
                        "stacktrace" => return Expr::Automatic(Automatic::StackTrace),
                        "psboundparameters" => {
                            self.uses.bound_parameters = true;
                            return Expr::Automatic(Automatic::PsBoundParameters);
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        Expr::Var(self.var(path))
    }

    fn list(&mut self, elements: &[ast::Expr]) -> Expr {
        Expr::List(elements.iter().map(|e| self.expr(e)).collect())
    }

    pub(super) fn index(&mut self, index: &ast::Expr) -> Vec<Expr> {
        match index {
            // `$a[1, 2]` is a slice: one index that is an array.
            ast::Expr::ArrayLiteral(l) => l.elements.iter().map(|e| self.expr(e)).collect(),
            e => vec![self.expr(e)],
        }
    }

    fn paren(&mut self, inner: &ast::Stmt) -> Expr {
        match inner {
            ast::Stmt::Pipeline(p) if p.elements.len() == 1 && !p.background => match &p.elements[0] {
                ast::PipelineElement::Expression(e) if e.redirections.is_empty() => self.expr(&e.expression),
                _ => Expr::Paren(Box::new(self.stmt(inner))),
            },
            ast::Stmt::Assignment(a) => Expr::Assign(Box::new(self.assign(a))),
            s => Expr::Paren(Box::new(self.stmt(s))),
        }
    }

    fn pairs(&mut self, h: &ast::Hashtable) -> Vec<(Expr, Stmt)> {
        h.pairs.iter().map(|(k, v)| (self.expr(k), self.stmt(v))).collect()
    }

    fn convert(&mut self, c: &ast::Convert) -> Expr {
        let name: &str = &c.target.type_name.name;
        if let ast::Expr::Hashtable(h) = &c.child {
            if name.eq_ignore_ascii_case("ordered") {
                return Expr::Hash { pairs: self.pairs(h), ordered: true, span: h.span };
            }
            if name.eq_ignore_ascii_case("pscustomobject")
                || name.eq_ignore_ascii_case("System.Management.Automation.PSCustomObject")
            {
                return Expr::Custom { pairs: self.pairs(h), span: h.span };
            }
        }
        if name.eq_ignore_ascii_case("ordered") {
            return fail(
                "OrderedAttributeOnlyOnHashLiteralNode",
                "The ordered attribute can be specified only on a hash literal node.",
            );
        }
        if name.eq_ignore_ascii_case("ref")
            && let ast::Expr::Variable(v) = &c.child
        {
            return Expr::Reference(self.var(&v.path));
        }
        if name.eq_ignore_ascii_case("ref") {
            return Expr::ReferenceTo(Box::new(self.expr(&c.child)));
        }
        Expr::Cast {
            ty: self.type_of(&c.target.type_name, c.target.type_name.span),
            value: Box::new(self.expr(&c.child)),
        }
    }

    fn unary(&mut self, u: &ast::Unary) -> Expr {
        let boxed = |low: &mut Self| Box::new(low.expr(&u.child));
        match u.operator {
            U::Not | U::Exclaim => Expr::Not(boxed(self)),
            U::Bnot => Expr::BitNot(boxed(self)),
            U::Plus => Expr::UnaryPlus(boxed(self)),
            U::Minus => Expr::Negate(boxed(self)),
            U::Join => Expr::Join(boxed(self), None),
            U::Isplit => Expr::Split { left: boxed(self), right: None, ignore_case: true },
            U::Csplit => Expr::Split { left: boxed(self), right: None, ignore_case: false },
            U::PlusPlus | U::MinusMinus | U::PostfixPlusPlus | U::PostfixMinusMinus => Expr::Step {
                target: Box::new(self.target(&u.child)),
                by: if matches!(u.operator, U::PlusPlus | U::PostfixPlusPlus) { 1 } else { -1 },
                prefix: matches!(u.operator, U::PlusPlus | U::MinusMinus),
            },
        }
    }

    fn binary(&mut self, b: &ast::Binary) -> Expr {
        let left = Box::new(self.expr(&b.left));
        let right = Box::new(self.expr(&b.right));
        let compare = |low: &mut Self, op, ignore_case, left, right| {
            let matches = match op {
                Compare::Match | Compare::NotMatch => Some(low.own_var("Matches")),
                _ => None,
            };
            Expr::Compare { op, ignore_case, left, right, matches }
        };
        use plan::Compare as C;
        let (op, ignore_case) = match b.operator {
            B::And => return Expr::And(left, right),
            B::Or => return Expr::Or(left, right),
            B::Xor => return Expr::Xor(left, right),
            B::Band => return Expr::Bits(BitOp::And, left, right),
            B::Bor => return Expr::Bits(BitOp::Or, left, right),
            B::Bxor => return Expr::Bits(BitOp::Xor, left, right),
            B::Shl => return Expr::Bits(BitOp::Shl, left, right),
            B::Shr => return Expr::Bits(BitOp::Shr, left, right),
            B::Plus => return Expr::Arithmetic(Arithmetic::Add, left, right),
            B::Minus => return Expr::Arithmetic(Arithmetic::Subtract, left, right),
            B::Multiply => return Expr::Arithmetic(Arithmetic::Multiply, left, right),
            B::Divide => return Expr::Arithmetic(Arithmetic::Divide, left, right),
            B::Rem => return Expr::Arithmetic(Arithmetic::Remainder, left, right),
            B::Format => return Expr::Format(left, right),
            B::DotDot => return Expr::Range(left, right),
            B::QuestionQuestion => return Expr::Coalesce(left, right),
            B::Join => return Expr::Join(left, Some(right)),
            B::Is => return Expr::Is { value: left, ty: right, not: false },
            B::IsNot => return Expr::Is { value: left, ty: right, not: true },
            B::As => return Expr::As { value: left, ty: right },
            B::Ireplace | B::Creplace => {
                return Expr::Replace { left, right, ignore_case: b.operator == B::Ireplace };
            }
            B::Isplit | B::Csplit => {
                return Expr::Split { left, right: Some(right), ignore_case: b.operator == B::Isplit };
            }
            B::Ieq => (C::Eq, true),
            B::Ine => (C::Ne, true),
            B::Ige => (C::Ge, true),
            B::Igt => (C::Gt, true),
            B::Ilt => (C::Lt, true),
            B::Ile => (C::Le, true),
            B::Ilike => (C::Like, true),
            B::Inotlike => (C::NotLike, true),
            B::Imatch => (C::Match, true),
            B::Inotmatch => (C::NotMatch, true),
            B::Icontains => (C::Contains, true),
            B::Inotcontains => (C::NotContains, true),
            B::Iin => (C::In, true),
            B::Inotin => (C::NotIn, true),
            B::Ceq => (C::Eq, false),
            B::Cne => (C::Ne, false),
            B::Cge => (C::Ge, false),
            B::Cgt => (C::Gt, false),
            B::Clt => (C::Lt, false),
            B::Cle => (C::Le, false),
            B::Clike => (C::Like, false),
            B::Cnotlike => (C::NotLike, false),
            B::Cmatch => (C::Match, false),
            B::Cnotmatch => (C::NotMatch, false),
            B::Ccontains => (C::Contains, false),
            B::Cnotcontains => (C::NotContains, false),
            B::Cin => (C::In, false),
            B::Cnotin => (C::NotIn, false),
        };
        compare(self, op, ignore_case, left, right)
    }

    /// The left side of an assignment.
    pub(super) fn target(&mut self, e: &ast::Expr) -> Target {
        match e {
            ast::Expr::Variable(v) => match v.path.drive() {
                Some(drive) => Target::Drive { drive: Str::from(drive), name: Str::from(v.path.name()) },
                None if v.path.scope == ast::VariableScope::None
                    && v.path.name().eq_ignore_ascii_case("null") =>
                {
                    Target::Nothing
                }
                None => Target::Var(self.var(&v.path)),
            },
            ast::Expr::Member(m) => Target::Member {
                target: self.expr(&m.target),
                name: self.expr(&m.member),
                is_static: m.is_static,
            },
            ast::Expr::Index(i) => {
                Target::Index { target: self.expr(&i.target), index: self.index(&i.index) }
            }
            ast::Expr::ArrayLiteral(l) => Target::Many(l.elements.iter().map(|e| self.target(e)).collect()),
            ast::Expr::Convert(c) => Target::Typed {
                ty: self.type_of(&c.target.type_name, c.target.type_name.span),
                target: Box::new(self.target(&c.child)),
                checks: Vec::new(),
            },
            ast::Expr::Attributed(a) => match self.target(&a.child) {
                Target::Typed { ty, target, mut checks } => {
                    checks.insert(0, std::rc::Rc::new(a.attribute.clone()));
                    Target::Typed { ty, target, checks }
                }
                target => Target::Typed {
                    ty: Type::Known(&types::OBJECT),
                    target: Box::new(target),
                    checks: vec![std::rc::Rc::new(a.attribute.clone())],
                },
            },
            ast::Expr::Paren(p) => match &p.pipeline {
                ast::Stmt::Pipeline(p) if p.elements.len() == 1 => match &p.elements[0] {
                    ast::PipelineElement::Expression(e) => self.target(&e.expression),
                    _ => invalid_target(),
                },
                _ => invalid_target(),
            },
            _ => invalid_target(),
        }
    }
}

fn invalid_target() -> Target {
    Target::Fail(Failure {
        id: "InvalidLeftHandSide",
        message: "The assignment expression is not valid. The input to an assignment operator must be an object that is able to accept assignments, such as a variable or a property.".into(),
    })
}

fn fail(id: &'static str, message: &str) -> Expr {
    Expr::Fail(Failure { id, message: message.into() })
}

fn constant(l: &ast::Literal) -> Expr {
    use ast::Literal as L;
    Expr::Const(match l {
        L::Null => Value::NULL,
        L::Bool(b) => Value::bool(*b),
        L::SByte(n) => Value::sbyte(*n),
        L::Byte(n) => Value::byte(*n),
        L::Int16(n) => Value::int16(*n),
        L::UInt16(n) => Value::uint16(*n),
        L::Int32(n) => Value::int(*n),
        L::UInt32(n) => Value::uint(*n),
        L::Int64(n) => Value::long(*n),
        L::UInt64(n) => Value::ulong(*n),
        L::Double(n) => Value::double(*n),
        L::Decimal(t) => match t.parse::<exsh_core::Decimal>() {
            Ok(d) => Value::decimal(d),
            Err(_) => return fail("BadNumericConstant", &format!("The numeric constant {t} is not valid.")),
        },
        L::BigInteger(t) => match exsh_dotnet::numbers::big::Big::parse(t) {
            Some(n) => exsh_dotnet::numbers::big::value(n),
            None => return fail("BadNumericConstant", &format!("The numeric constant {t} is not valid.")),
        },
    })
}
