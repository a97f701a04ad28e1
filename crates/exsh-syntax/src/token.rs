//! Tokens: their kinds, traits and values. The kinds, flags and texts are those of the reference's `TokenKind`,
//! `TokenFlags` and `TokenTraits`, so that a list of tokens can be compared with it.

use crate::ast::{Literal, Stream, VariablePath};
use crate::source::Span;
use crate::text::Text;

/// Kinds in the reference's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum TokenKind {
    Unknown,
    Variable,
    SplattedVariable,
    Parameter,
    Number,
    Label,
    Identifier,
    Generic,
    NewLine,
    LineContinuation,
    Comment,
    EndOfInput,
    StringLiteral,
    StringExpandable,
    HereStringLiteral,
    HereStringExpandable,
    LParen,
    RParen,
    LCurly,
    RCurly,
    LBracket,
    RBracket,
    AtParen,
    AtCurly,
    DollarParen,
    Semi,
    AndAnd,
    OrOr,
    Ampersand,
    Pipe,
    Comma,
    MinusMinus,
    PlusPlus,
    DotDot,
    ColonColon,
    Dot,
    Exclaim,
    Multiply,
    Divide,
    Rem,
    Plus,
    Minus,
    Equals,
    PlusEquals,
    MinusEquals,
    MultiplyEquals,
    DivideEquals,
    RemainderEquals,
    Redirection,
    RedirectInStd,
    Format,
    Not,
    Bnot,
    And,
    Or,
    Xor,
    Band,
    Bor,
    Bxor,
    Join,
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
    Is,
    IsNot,
    As,
    PostfixPlusPlus,
    PostfixMinusMinus,
    Shl,
    Shr,
    Colon,
    QuestionMark,
    QuestionQuestionEquals,
    QuestionQuestion,
    QuestionDot,
    QuestionLBracket,
    Begin,
    Break,
    Catch,
    Class,
    Continue,
    Data,
    Define,
    Do,
    Dynamicparam,
    Else,
    ElseIf,
    End,
    Exit,
    Filter,
    Finally,
    For,
    Foreach,
    From,
    Function,
    If,
    In,
    Param,
    Process,
    Return,
    Switch,
    Throw,
    Trap,
    Try,
    Until,
    Using,
    Var,
    While,
    Workflow,
    Parallel,
    Sequence,
    InlineScript,
    Configuration,
    DynamicKeyword,
    Public,
    Private,
    Static,
    Interface,
    Enum,
    Namespace,
    Module,
    Type,
    Assembly,
    Command,
    Hidden,
    Base,
    Default,
    Clean,
}

/// Name, flags and text of every kind, in the order of the enum.
static TRAITS: [(&str, u32, &str); 157] = [
    ("Unknown", 0x0, "unknown"),
    ("Variable", 0x0, "var"),
    ("SplattedVariable", 0x0, "@var"),
    ("Parameter", 0x0, "param"),
    ("Number", 0x0, "number"),
    ("Label", 0x0, "label"),
    ("Identifier", 0x0, "ident"),
    ("Generic", 0x0, "generic"),
    ("NewLine", 0x8000, "newline"),
    ("LineContinuation", 0x8000, "line continuation"),
    ("Comment", 0x8000, "comment"),
    ("EndOfInput", 0x8000, "eof"),
    ("StringLiteral", 0x8000, "sqstr"),
    ("StringExpandable", 0x8000, "dqstr"),
    ("HereStringLiteral", 0x8000, "sq here string"),
    ("HereStringExpandable", 0x8000, "dq here string"),
    ("LParen", 0x8000, "("),
    ("RParen", 0x8000, ")"),
    ("LCurly", 0x8000, "{"),
    ("RCurly", 0x8000, "}"),
    ("LBracket", 0x0, "["),
    ("RBracket", 0x8000, "]"),
    ("AtParen", 0x8000, "@("),
    ("AtCurly", 0x8000, "@{"),
    ("DollarParen", 0x8000, "$("),
    ("Semi", 0x8000, ";"),
    ("AndAnd", 0x8000, "&&"),
    ("OrOr", 0x8000, "||"),
    ("Ampersand", 0x9000, "&"),
    ("Pipe", 0x9000, "|"),
    ("Comma", 0x8200, ","),
    ("MinusMinus", 0x60200, "--"),
    ("PlusPlus", 0x60200, "++"),
    ("DotDot", 0x2010d, ".."),
    ("ColonColon", 0x21000, "::"),
    ("Dot", 0x21000, "."),
    ("Exclaim", 0x800200, "!"),
    ("Multiply", 0x80010a, "*"),
    ("Divide", 0x80010a, "/"),
    ("Rem", 0x80010a, "%"),
    ("Plus", 0x800309, "+"),
    ("Minus", 0x800309, "-"),
    ("Equals", 0x2000, "="),
    ("PlusEquals", 0x2000, "+="),
    ("MinusEquals", 0x2000, "-="),
    ("MultiplyEquals", 0x2000, "*="),
    ("DivideEquals", 0x2000, "/="),
    ("RemainderEquals", 0x2000, "%="),
    ("Redirection", 0x20000, "redirection"),
    ("RedirectInStd", 0x28000, "<"),
    ("Format", 0x2010c, "-f"),
    ("Not", 0x800200, "-not"),
    ("Bnot", 0x800200, "-bnot"),
    ("And", 0x800101, "-and"),
    ("Or", 0x800101, "-or"),
    ("Xor", 0x800101, "-xor"),
    ("Band", 0x800102, "-band"),
    ("Bor", 0x800102, "-bor"),
    ("Bxor", 0x800102, "-bxor"),
    ("Join", 0x20305, "-join"),
    ("Ieq", 0x105, "-eq"),
    ("Ine", 0x105, "-ne"),
    ("Ige", 0x105, "-ge"),
    ("Igt", 0x105, "-gt"),
    ("Ilt", 0x105, "-lt"),
    ("Ile", 0x105, "-le"),
    ("Ilike", 0x105, "-ilike"),
    ("Inotlike", 0x105, "-inotlike"),
    ("Imatch", 0x20105, "-imatch"),
    ("Inotmatch", 0x20105, "-inotmatch"),
    ("Ireplace", 0x20105, "-ireplace"),
    ("Icontains", 0x105, "-icontains"),
    ("Inotcontains", 0x105, "-inotcontains"),
    ("Iin", 0x105, "-iin"),
    ("Inotin", 0x105, "-inotin"),
    ("Isplit", 0x20305, "-isplit"),
    ("Ceq", 0x505, "-ceq"),
    ("Cne", 0x505, "-cne"),
    ("Cge", 0x505, "-cge"),
    ("Cgt", 0x505, "-cgt"),
    ("Clt", 0x505, "-clt"),
    ("Cle", 0x505, "-cle"),
    ("Clike", 0x505, "-clike"),
    ("Cnotlike", 0x505, "-cnotlike"),
    ("Cmatch", 0x20505, "-cmatch"),
    ("Cnotmatch", 0x20505, "-cnotmatch"),
    ("Creplace", 0x20505, "-creplace"),
    ("Ccontains", 0x505, "-ccontains"),
    ("Cnotcontains", 0x505, "-cnotcontains"),
    ("Cin", 0x505, "-cin"),
    ("Cnotin", 0x505, "-cnotin"),
    ("Csplit", 0x20705, "-csplit"),
    ("Is", 0x105, "-is"),
    ("IsNot", 0x105, "-isnot"),
    ("As", 0x20105, "-as"),
    ("PostfixPlusPlus", 0x60200, "++"),
    ("PostfixMinusMinus", 0x60200, "--"),
    ("Shl", 0x800105, "-shl"),
    ("Shr", 0x800105, "-shr"),
    ("Colon", 0x21000, ":"),
    ("QuestionMark", 0x20800, "?"),
    ("QuestionQuestionEquals", 0x2000, "??="),
    ("QuestionQuestion", 0x107, "??"),
    ("QuestionDot", 0x21000, "?."),
    ("QuestionLBracket", 0x0, "?["),
    ("Begin", 0x30, "begin"),
    ("Break", 0x1000010, "break"),
    ("Catch", 0x10, "catch"),
    ("Class", 0x10, "class"),
    ("Continue", 0x1000010, "continue"),
    ("Data", 0x1000010, "data"),
    ("Define", 0x1000010, "define"),
    ("Do", 0x1000010, "do"),
    ("Dynamicparam", 0x30, "dynamicparam"),
    ("Else", 0x10, "else"),
    ("ElseIf", 0x10, "elseif"),
    ("End", 0x30, "end"),
    ("Exit", 0x1000010, "exit"),
    ("Filter", 0x1000010, "filter"),
    ("Finally", 0x10, "finally"),
    ("For", 0x1000010, "for"),
    ("Foreach", 0x1000010, "foreach"),
    ("From", 0x1000010, "from"),
    ("Function", 0x1000010, "function"),
    ("If", 0x1000010, "if"),
    ("In", 0x10, "in"),
    ("Param", 0x10, "param"),
    ("Process", 0x30, "process"),
    ("Return", 0x1000010, "return"),
    ("Switch", 0x1000010, "switch"),
    ("Throw", 0x1000010, "throw"),
    ("Trap", 0x1000010, "trap"),
    ("Try", 0x1000010, "try"),
    ("Until", 0x10, "until"),
    ("Using", 0x1000010, "using"),
    ("Var", 0x1000010, "var"),
    ("While", 0x1000010, "while"),
    ("Workflow", 0x1000010, "workflow"),
    ("Parallel", 0x1000010, "parallel"),
    ("Sequence", 0x1000010, "sequence"),
    ("InlineScript", 0x1000010, "inlinescript"),
    ("Configuration", 0x10, "configuration"),
    ("DynamicKeyword", 0x10, "<dynamic keyword>"),
    ("Public", 0x10, "public"),
    ("Private", 0x10, "private"),
    ("Static", 0x10, "static"),
    ("Interface", 0x10, "interface"),
    ("Enum", 0x10, "enum"),
    ("Namespace", 0x10, "namespace"),
    ("Module", 0x10, "module"),
    ("Type", 0x10, "type"),
    ("Assembly", 0x10, "assembly"),
    ("Command", 0x10, "command"),
    ("Hidden", 0x10, "hidden"),
    ("Base", 0x10, "base"),
    ("Default", 0x10, "default"),
    ("Clean", 0x30, "clean"),
];

/// Bits of `Token::flags`; the lowest four hold the precedence of a binary operator.
pub mod flag {
    pub const KEYWORD: u32 = 0x10;
    pub const SCRIPT_BLOCK_BLOCK_NAME: u32 = 0x20;
    pub const BINARY_OPERATOR: u32 = 0x100;
    pub const UNARY_OPERATOR: u32 = 0x200;
    pub const CASE_SENSITIVE_OPERATOR: u32 = 0x400;
    pub const TERNARY_OPERATOR: u32 = 0x800;
    pub const SPECIAL_OPERATOR: u32 = 0x1000;
    pub const ASSIGNMENT_OPERATOR: u32 = 0x2000;
    pub const PARSE_MODE_INVARIANT: u32 = 0x8000;
    pub const TOKEN_IN_ERROR: u32 = 0x10000;
    pub const DISALLOWED_IN_RESTRICTED_MODE: u32 = 0x20000;
    pub const PREFIX_OR_POSTFIX_OPERATOR: u32 = 0x40000;
    pub const COMMAND_NAME: u32 = 0x80000;
    pub const MEMBER_NAME: u32 = 0x100000;
    pub const TYPE_NAME: u32 = 0x200000;
    pub const ATTRIBUTE_NAME: u32 = 0x400000;
    pub const CAN_CONSTANT_FOLD: u32 = 0x800000;
    pub const STATEMENT_DOESNT_SUPPORT_ATTRIBUTES: u32 = 0x1000000;
    pub const PRECEDENCE_MASK: u32 = 0xf;
}

/// Names of the precedence values.
static PRECEDENCES: [(u32, &str); 8] = [
    (13, "BinaryPrecedenceRange"),
    (12, "BinaryPrecedenceFormat"),
    (10, "BinaryPrecedenceMultiply"),
    (9, "BinaryPrecedenceAdd"),
    (7, "BinaryPrecedenceCoalesce"),
    (5, "BinaryPrecedenceComparison"),
    (2, "BinaryPrecedenceBitwise"),
    (1, "BinaryPrecedenceLogical"),
];

static FLAG_NAMES: [(u32, &str); 18] = [
    (flag::KEYWORD, "Keyword"),
    (flag::SCRIPT_BLOCK_BLOCK_NAME, "ScriptBlockBlockName"),
    (flag::BINARY_OPERATOR, "BinaryOperator"),
    (flag::UNARY_OPERATOR, "UnaryOperator"),
    (flag::CASE_SENSITIVE_OPERATOR, "CaseSensitiveOperator"),
    (flag::TERNARY_OPERATOR, "TernaryOperator"),
    (flag::SPECIAL_OPERATOR, "SpecialOperator"),
    (flag::ASSIGNMENT_OPERATOR, "AssignmentOperator"),
    (flag::PARSE_MODE_INVARIANT, "ParseModeInvariant"),
    (flag::TOKEN_IN_ERROR, "TokenInError"),
    (flag::DISALLOWED_IN_RESTRICTED_MODE, "DisallowedInRestrictedMode"),
    (flag::PREFIX_OR_POSTFIX_OPERATOR, "PrefixOrPostfixOperator"),
    (flag::COMMAND_NAME, "CommandName"),
    (flag::MEMBER_NAME, "MemberName"),
    (flag::TYPE_NAME, "TypeName"),
    (flag::ATTRIBUTE_NAME, "AttributeName"),
    (flag::CAN_CONSTANT_FOLD, "CanConstantFold"),
    (flag::STATEMENT_DOESNT_SUPPORT_ATTRIBUTES, "StatementDoesntSupportAttributes"),
];

/// One token. Its text is what the span covers.
#[derive(Debug, Clone)]
pub struct Token {
    pub kind: TokenKind,
    pub flags: u32,
    pub span: Span,
    pub value: TokenValue,
    /// Where it begins in the text being read, which for text inside a string is not the source.
    pub(crate) at: u32,
    /// Its place in the list of saved tokens, if tokens are saved.
    pub(crate) index: u32,
}

#[derive(Debug, Clone)]
pub enum TokenValue {
    None,
    /// `None` for a number out of every range.
    Number(Option<Literal>),
    Parameter {
        name: Text,
        used_colon: bool,
    },
    Variable(VariablePath),
    Label(Text),
    /// The decoded text of a string literal or a generic word.
    Text(Text),
    Expandable(Box<Expandable>),
    FileRedirection {
        from: Stream,
        append: bool,
    },
    MergingRedirection {
        from: Stream,
        to: Stream,
    },
    InputRedirection,
}

/// What the scanner knows of a string with expressions in it.
#[derive(Debug, Clone)]
pub struct Expandable {
    pub value: Text,
    pub(crate) pieces: Vec<Piece>,
    /// The tokens of the expressions: as scanned, and once parsed those of their insides.
    pub nested: Vec<Token>,
}

#[derive(Debug, Clone)]
pub(crate) enum Piece {
    Text(Text),
    Variable(Token),
    Sub(SubText),
}

/// A `$( )` inside a string, yet to be parsed.
#[derive(Debug, Clone)]
pub(crate) struct SubText {
    /// In the text being read.
    pub start: u32,
    pub end: u32,
    /// The closing parenthesis is missing.
    pub unclosed: bool,
    /// The text without the escapes of its quotes, if it has any.
    pub decoded: Option<Box<Decoded>>,
}

/// A text with escapes taken out, and the way back to the source: pairs of an offset in this text and one in the source,
/// each holding up to the next.
#[derive(Debug, Clone)]
pub(crate) struct Decoded {
    pub text: String,
    pub pieces: Vec<(u32, u32)>,
}

impl TokenKind {
    pub fn name(self) -> &'static str {
        TRAITS[self as usize].0
    }

    pub fn flags(self) -> u32 {
        TRAITS[self as usize].1
    }

    /// The text of an operator, punctuator or keyword; a description of other kinds.
    pub fn text(self) -> &'static str {
        TRAITS[self as usize].2
    }

    pub fn has(self, flag: u32) -> bool {
        self.flags() & flag != 0
    }

    pub(crate) fn precedence(self) -> u32 {
        self.flags() & flag::PRECEDENCE_MASK
    }
}

impl Token {
    pub fn has_error(&self) -> bool {
        self.flags & flag::TOKEN_IN_ERROR != 0
    }

    /// The decoded text of a word or string.
    pub fn text_value(&self) -> Option<&str> {
        match &self.value {
            TokenValue::Text(t) => Some(t),
            TokenValue::Expandable(e) => Some(&e.value),
            _ => None,
        }
    }
}

/// The flags' names, separated as the reference prints them.
pub fn flag_names(flags: u32) -> String {
    let mut names = vec![];
    let precedence = flags & flag::PRECEDENCE_MASK;
    if let Some((_, name)) = PRECEDENCES.iter().find(|(value, _)| *value == precedence) {
        names.push(*name);
    }
    names.extend(FLAG_NAMES.iter().filter(|(bit, _)| flags & bit != 0).map(|(_, name)| *name));
    if names.is_empty() { "None".to_owned() } else { names.join(", ") }
}
