//! The plan: a tree of plain data in which every name is resolved and every constant is made.

use crate::run::frame::SlotTable;
use exsh_core::{Name, Str, TypeRef, Value};
use exsh_syntax::ast;
use exsh_syntax::source::Span;
use std::rc::Rc;

/// Where a variable lives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// Slot of the running frame.
    Slot(u32),
    /// Global cell; the code runs in the global scope.
    Global(u32),
    /// Looked for by name along the frames.
    Dynamic,
}

/// A scope written before the name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScopeMark {
    None,
    Global,
    Script,
    Local,
    Private,
}

#[derive(Clone, Debug)]
pub struct Var {
    pub place: Place,
    pub name: Name,
    pub spelling: Str,
    pub scope: ScopeMark,
}

/// A source text shared by all plans made from it.
pub struct Source {
    pub text: Rc<str>,
    pub file: Option<Rc<str>>,
    /// `using namespace`, in order.
    pub namespaces: Vec<Str>,
}

/// Variables that are computed when read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Automatic {
    Status,
    MyInvocation,
    PsCmdlet,
    PsBoundParameters,
    PsScriptRoot,
    PsCommandPath,
    StackTrace,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BitOp {
    And,
    Or,
    Xor,
    Shl,
    Shr,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Compare {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
    Like,
    NotLike,
    Match,
    NotMatch,
    Contains,
    NotContains,
    In,
    NotIn,
}

pub enum Expr {
    Const(Value),
    Var(Var),
    Automatic(Automatic),
    /// `$env:PATH`, `$function:f`.
    Drive {
        drive: Str,
        name: Str,
    },
    Expand(Vec<Part>),
    /// `1, 2`
    List(Vec<Expr>),
    /// `@( )`
    ArrayOf(Block),
    /// `$( )`
    Sub(Block),
    /// A statement in parentheses, as a value.
    Paren(Box<Stmt>),
    Hash {
        pairs: Vec<(Expr, Stmt)>,
        ordered: bool,
        span: Span,
    },
    /// `[pscustomobject]@{ }`
    Custom {
        pairs: Vec<(Expr, Stmt)>,
        span: Span,
    },
    Arithmetic(Arithmetic, Box<Expr>, Box<Expr>),
    Bits(BitOp, Box<Expr>, Box<Expr>),
    Compare {
        op: Compare,
        ignore_case: bool,
        left: Box<Expr>,
        right: Box<Expr>,
        matches: Option<Var>,
    },
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    Xor(Box<Expr>, Box<Expr>),
    Coalesce(Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    Negate(Box<Expr>),
    UnaryPlus(Box<Expr>),
    BitNot(Box<Expr>),
    Range(Box<Expr>, Box<Expr>),
    Format(Box<Expr>, Box<Expr>),
    Join(Box<Expr>, Option<Box<Expr>>),
    Split {
        left: Box<Expr>,
        right: Option<Box<Expr>>,
        ignore_case: bool,
    },
    Replace {
        left: Box<Expr>,
        right: Box<Expr>,
        ignore_case: bool,
    },
    Is {
        value: Box<Expr>,
        ty: Box<Expr>,
        not: bool,
    },
    As {
        value: Box<Expr>,
        ty: Box<Expr>,
    },
    Ternary(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `++`, `--`: what is changed, by how much, whether the new value is the result.
    Step {
        target: Box<Target>,
        by: i32,
        prefix: bool,
    },
    Cast {
        ty: Type,
        value: Box<Expr>,
    },
    Type(Type),
    Member {
        target: Box<Expr>,
        name: Box<Expr>,
        is_static: bool,
        null_conditional: bool,
    },
    Invoke {
        target: Box<Expr>,
        name: Box<Expr>,
        args: Vec<Expr>,
        is_static: bool,
        null_conditional: bool,
    },
    Index {
        target: Box<Expr>,
        index: Vec<Expr>,
        null_conditional: bool,
    },
    ScriptBlock(Rc<BlockSource>),
    /// `[ref]$x`
    Reference(Var),
    /// `[ref]` of a value: a place of its own.
    ReferenceTo(Box<Expr>),
    Assign(Box<Assign>),
    /// An attribute on a value (`[ValidateNotNull()]$x` read).
    Fail(Failure),
}

/// Something that cannot be run, told when it is reached.
#[derive(Clone)]
pub struct Failure {
    pub id: &'static str,
    pub message: Rc<str>,
}

pub enum Part {
    Text(Str),
    Expr(Expr),
}

/// A type in the source: known, or looked for when it is needed (classes come into being as the script runs).
#[derive(Clone)]
pub enum Type {
    Known(TypeRef),
    Named(Rc<NamedType>),
}

pub struct NamedType {
    pub name: Str,
    /// Where it stands, for the error that it is not there.
    pub span: Span,
    pub source: Rc<Source>,
}

pub enum Target {
    /// `$null = …`: the value goes nowhere.
    Nothing,
    Var(Var),
    Drive {
        drive: Str,
        name: Str,
    },
    Member {
        target: Expr,
        name: Expr,
        is_static: bool,
    },
    Index {
        target: Expr,
        index: Vec<Expr>,
    },
    /// `$a, $b = …`
    Many(Vec<Target>),
    /// `[int]$x = …`
    Typed {
        ty: Type,
        target: Box<Target>,
        checks: Vec<Rc<ast::Attribute>>,
    },
    Fail(Failure),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AssignOp {
    Set,
    Arithmetic(Arithmetic),
    Coalesce,
}

pub struct Assign {
    pub target: Target,
    pub op: AssignOp,
    pub value: Box<Stmt>,
    pub span: Span,
}

/// A list of statements.
#[derive(Default)]
pub struct Block {
    pub statements: Vec<Stmt>,
    pub traps: Vec<Trap>,
    pub span: Span,
}

pub struct Trap {
    pub ty: Option<(Type, Span)>,
    pub body: Block,
}

pub struct Stmt {
    pub kind: StmtKind,
    pub span: Span,
}

pub enum StmtKind {
    /// One expression alone.
    Expr(Expr),
    Assign(Assign),
    Pipeline(Pipeline),
    Chain {
        and: bool,
        left: Box<Stmt>,
        right: Box<Stmt>,
    },
    If {
        clauses: Vec<(Stmt, Block)>,
        otherwise: Option<Block>,
    },
    While {
        label: u32,
        condition: Box<Stmt>,
        body: Block,
    },
    DoLoop {
        label: u32,
        condition: Box<Stmt>,
        body: Block,
        until: bool,
    },
    For {
        label: u32,
        init: Option<Box<Stmt>>,
        condition: Option<Box<Stmt>>,
        step: Option<Box<Stmt>>,
        body: Block,
    },
    ForEach {
        label: u32,
        var: Var,
        over: Box<Stmt>,
        body: Block,
        enumerator: Option<Var>,
    },
    Switch(Box<Switch>),
    Break(Option<Expr>),
    Continue(Option<Expr>),
    Return(Option<Box<Stmt>>),
    Throw(Option<Box<Stmt>>),
    Exit(Option<Box<Stmt>>),
    Try {
        body: Block,
        catches: Vec<Catch>,
        finally: Option<Block>,
    },
    Function {
        name: Str,
        code: Rc<BlockSource>,
        filter: bool,
    },
    Fail(Failure),
    Empty,
}

pub struct Catch {
    pub types: Vec<(Type, Span)>,
    pub body: Block,
}

pub struct Switch {
    pub label: u32,
    pub flags: ast::SwitchFlags,
    pub over: Stmt,
    pub clauses: Vec<(Expr, Block)>,
    pub default: Option<Block>,
    pub matches: Option<Var>,
    pub var: Option<Var>,
}

pub struct Pipeline {
    pub elements: Vec<Element>,
    pub background: bool,
    pub span: Span,
}

pub enum Element {
    Expr { expr: Expr, redirections: Vec<Redirection>, span: Span },
    Command(Command),
}

pub struct Command {
    pub invocation: ast::InvocationOperator,
    pub name: CommandName,
    pub args: Vec<Arg>,
    pub redirections: Vec<Redirection>,
    pub span: Span,
    pub name_span: Span,
    /// Literal script blocks of `Where-Object` and `ForEach-Object`, lowered against the enclosing frame.
    pub fused: Option<Fused>,
}

pub enum CommandName {
    Word(Str),
    Value(Expr),
}

/// Which cmdlet the name must still mean when the site runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FusedKind {
    Where,
    ForEach,
}

pub struct Fused {
    pub kind: FusedKind,
    pub body: Block,
}

pub enum Arg {
    Value { expr: Expr, span: Span },
    Parameter { name: Str, attached: Option<Expr>, attached_span: Option<Span>, span: Span, written: Str },
    Splat { var: Var, span: Span },
    EndOfParameters,
}

pub struct Redirection {
    pub from: ast::Stream,
    pub to: RedirectTo,
}

pub enum RedirectTo {
    File { path: Expr, append: bool },
    Stream(ast::Stream),
}

/// A script block before it is lowered: tree and source; lowering happens at the first run.
pub struct BlockSource {
    pub ast: Rc<ast::ScriptBlock>,
    /// `function f($a)`'s parameters, beside those of a `param` block.
    pub parameters: Option<Rc<Vec<ast::Parameter>>>,
    pub source: Rc<Source>,
    pub name: Option<Str>,
    pub filter: bool,
}

/// A parameter of a block.
pub struct Param {
    pub slot: u32,
    pub name: Name,
    pub default: Option<Expr>,
    pub ty: Option<Type>,
}

/// A lowered script block.
pub struct BlockPlan {
    pub table: Rc<SlotTable>,
    pub params: Vec<Param>,
    pub begin: Option<Block>,
    pub process: Option<Block>,
    pub end: Option<Block>,
    pub clean: Option<Block>,
    /// Something in the block reads `$PSBoundParameters`, `$args`, `$input` or `$MyInvocation`.
    pub uses: Uses,
}

#[derive(Clone, Copy, Default, Debug)]
pub struct Uses {
    pub bound_parameters: bool,
    pub args: bool,
}
