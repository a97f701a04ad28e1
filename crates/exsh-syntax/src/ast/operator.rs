//! Operators, named as the reference's TokenKind.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChainOperator {
    AndAnd,
    OrOr,
}

/// TokenKind of an assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssignOperator {
    Equals,
    PlusEquals,
    MinusEquals,
    MultiplyEquals,
    DivideEquals,
    RemainderEquals,
    QuestionQuestionEquals,
}

/// TokenKind of a binary operator. `-eq` and `-ieq` are `Ieq`, `-ceq` is `Ceq`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BinaryOperator {
    And,
    Or,
    Xor,
    Band,
    Bor,
    Bxor,
    Shl,
    Shr,
    Plus,
    Minus,
    Multiply,
    Divide,
    /// `%`
    Rem,
    Format,
    /// `..`
    DotDot,
    /// `??`
    QuestionQuestion,
    Join,
    Is,
    IsNot,
    As,
    Ieq,
    Ine,
    Ige,
    Igt,
    Ilt,
    Ile,
    Ilike,
    Inotlike,
    Imatch,
    Inotmatch,
    Ireplace,
    Icontains,
    Inotcontains,
    Iin,
    Inotin,
    Isplit,
    Ceq,
    Cne,
    Cge,
    Cgt,
    Clt,
    Cle,
    Clike,
    Cnotlike,
    Cmatch,
    Cnotmatch,
    Creplace,
    Ccontains,
    Cnotcontains,
    Cin,
    Cnotin,
    Csplit,
}

/// TokenKind of a unary operator; a unary comma is an `ArrayLiteral` of one element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnaryOperator {
    /// `-not`
    Not,
    /// `!`
    Exclaim,
    Bnot,
    Plus,
    Minus,
    Join,
    Isplit,
    Csplit,
    /// `++$x`
    PlusPlus,
    MinusMinus,
    /// `$x++`
    PostfixPlusPlus,
    PostfixMinusMinus,
}
