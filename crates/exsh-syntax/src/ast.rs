//! The parse tree: node types and nothing else.
//!
//! The nodes mirror the classes of the reference's `System.Management.Automation.Language` (each type names its class), so
//! that a dump can be compared with it node by node. The tree is a plain value for one source text: it holds no slots, no
//! types that were looked up, and no interned names. Literals and names are decoded here once and for all.
//! `Expr` and `Stmt` are one tag and one pointer wide; their payloads are boxed.

mod extent;
mod operator;
mod requirement;

pub use operator::{AssignOperator, BinaryOperator, ChainOperator, UnaryOperator};
pub use requirement::{ModuleRequirement, ScriptRequirements};

use crate::source::Span;
use crate::text::Text;
use std::rc::Rc;

/// ScriptBlockAst: a whole script, a function's body, or what stands between the braces of `{ … }`.
#[derive(Debug, Clone, Default)]
pub struct ScriptBlock {
    pub span: Span,
    pub using: Vec<UsingStatement>,
    pub param_block: Option<Box<ParamBlock>>,
    pub dynamic_param: Option<Box<NamedBlock>>,
    pub begin: Option<Box<NamedBlock>>,
    pub process: Option<Box<NamedBlock>>,
    /// The block of a script without named blocks is `end` (for a filter: `process`) with `unnamed` set.
    pub end: Option<Box<NamedBlock>>,
    pub clean: Option<Box<NamedBlock>>,
    /// What `#requires` lines ask for; only ever set on a whole script.
    pub requirements: Option<Box<ScriptRequirements>>,
}

/// NamedBlockAst.
#[derive(Debug, Clone)]
pub struct NamedBlock {
    pub span: Span,
    pub kind: BlockKind,
    /// The keyword was not written.
    pub unnamed: bool,
    pub statements: Vec<Stmt>,
    /// Traps are taken out of the statements; they hold for the whole block, wherever they stand.
    pub traps: Vec<TrapStatement>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    DynamicParam,
    Begin,
    Process,
    End,
    Clean,
}

/// StatementBlockAst: `{ … }` of a control statement, or the inside of `$( )` and `@( )`.
#[derive(Debug, Clone, Default)]
pub struct StatementBlock {
    pub span: Span,
    pub statements: Vec<Stmt>,
    pub traps: Vec<TrapStatement>,
}

/// ParamBlockAst.
#[derive(Debug, Clone)]
pub struct ParamBlock {
    pub span: Span,
    /// `[CmdletBinding()]` and the like, before `param`.
    pub attributes: Vec<Attribute>,
    pub parameters: Vec<Parameter>,
}

/// ParameterAst.
#[derive(Debug, Clone)]
pub struct Parameter {
    pub span: Span,
    pub name: Variable,
    /// In written order; type constraints stand among them.
    pub attributes: Vec<AttributeOrType>,
    pub default: Option<Expr>,
}

/// AttributeBaseAst: an attribute or a type constraint.
#[derive(Debug, Clone)]
pub enum AttributeOrType {
    Attribute(Box<Attribute>),
    Type(TypeConstraint),
}

/// AttributeAst: `[Parameter(Mandatory, Position = 0)]`.
#[derive(Debug, Clone)]
pub struct Attribute {
    pub span: Span,
    pub type_name: TypeName,
    pub positional: Vec<Expr>,
    pub named: Vec<NamedArgument>,
}

/// NamedAttributeArgumentAst.
#[derive(Debug, Clone)]
pub struct NamedArgument {
    pub span: Span,
    pub name: Text,
    pub name_span: Span,
    /// `true` as a constant with the name's span if it was left out.
    pub value: Expr,
    pub value_omitted: bool,
}

/// TypeConstraintAst: `[int]` before something.
#[derive(Debug, Clone)]
pub struct TypeConstraint {
    /// With the brackets.
    pub span: Span,
    pub type_name: TypeName,
}

/// ITypeName: TypeName, GenericTypeName, ArrayTypeName.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeName {
    pub span: Span,
    /// The full text in the reference's normal form: `System.Collections.Generic.List[string]`, `int[]`, `int[,]`.
    pub name: Text,
    pub form: TypeNameForm,
}

#[derive(Debug, Clone, PartialEq)]
pub enum TypeNameForm {
    /// A plain name, perhaps with the assembly written behind the comma.
    Simple {
        assembly: Option<Text>,
    },
    /// `of[,]`; rank is at least 1.
    Array {
        rank: u32,
        of: Box<TypeName>,
    },
    Generic {
        type_name: Box<TypeName>,
        arguments: Vec<TypeName>,
    },
}

// ---- statements -------------------------------------------------------------------------------------------------------

/// StatementAst.
#[derive(Debug, Clone)]
pub enum Stmt {
    Pipeline(Box<Pipeline>),
    /// A bare CommandExpressionAst where the reference has no pipeline around it: the right side of an assignment, a base
    /// constructor call.
    Expression(Box<CommandExpression>),
    Chain(Box<PipelineChain>),
    Assignment(Box<Assignment>),
    If(Box<IfStatement>),
    Switch(Box<SwitchStatement>),
    ForEach(Box<ForEachStatement>),
    For(Box<ForStatement>),
    While(Box<WhileStatement>),
    /// `do { } while ()`; same shape as `while`.
    DoWhile(Box<WhileStatement>),
    DoUntil(Box<WhileStatement>),
    Break(Box<JumpStatement>),
    Continue(Box<JumpStatement>),
    Return(Box<ExitStatement>),
    Throw(Box<ExitStatement>),
    Exit(Box<ExitStatement>),
    Try(Box<TryStatement>),
    /// Only inside `ErrorStatement`; blocks keep traps in their own list.
    Trap(Box<TrapStatement>),
    Data(Box<DataStatement>),
    Function(Box<FunctionDefinition>),
    Type(Box<TypeDefinition>),
    /// `parallel { }`, `sequence { }`: always with a problem.
    Block(Box<BlockStatement>),
    Using(Box<UsingStatement>),
    Error(Box<ErrorStatement>),
}

/// PipelineAst.
#[derive(Debug, Clone)]
pub struct Pipeline {
    pub span: Span,
    pub elements: Vec<PipelineElement>,
    /// Ends with `&`.
    pub background: bool,
}

/// CommandBaseAst.
#[derive(Debug, Clone)]
pub enum PipelineElement {
    Command(Box<Command>),
    Expression(Box<CommandExpression>),
}

/// PipelineChainAst: `left && right`. The left side is a pipeline or another chain.
#[derive(Debug, Clone)]
pub struct PipelineChain {
    pub span: Span,
    pub operator: ChainOperator,
    pub left: Stmt,
    pub right: Pipeline,
    pub background: bool,
}

/// CommandExpressionAst.
#[derive(Debug, Clone)]
pub struct CommandExpression {
    pub span: Span,
    pub expression: Expr,
    pub redirections: Vec<Redirection>,
}

/// CommandAst. The first element is the command's name or the expression that gives it.
#[derive(Debug, Clone)]
pub struct Command {
    pub span: Span,
    pub invocation: InvocationOperator,
    pub elements: Vec<CommandElement>,
    pub redirections: Vec<Redirection>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvocationOperator {
    None,
    /// `&`
    Ampersand,
    /// `.`
    Dot,
}

/// CommandElementAst.
///
/// A bare word is a `StringConstant` or `ExpandableString` of kind `BareWord`, its value already free of escapes.
/// `--%` and the text behind it are two bare words.
#[derive(Debug, Clone)]
pub enum CommandElement {
    Parameter(Box<CommandParameter>),
    Expr(Expr),
}

/// CommandParameterAst: `-Name` or `-Name:argument`.
#[derive(Debug, Clone)]
pub struct CommandParameter {
    /// With the argument.
    pub span: Span,
    /// Without dash and colon.
    pub name: Text,
    /// The dash, the name and the colon.
    pub name_span: Span,
    pub argument: Option<Expr>,
}

#[derive(Debug, Clone)]
pub enum Redirection {
    /// FileRedirectionAst: `2>> file`.
    File { span: Span, from: Stream, append: bool, location: Expr },
    /// MergingRedirectionAst: `2>&1`.
    Merging { span: Span, from: Stream, to: Stream },
}

/// RedirectionStream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    All,
    Output,
    Error,
    Warning,
    Verbose,
    Debug,
    Information,
}

/// AssignmentStatementAst.
#[derive(Debug, Clone)]
pub struct Assignment {
    pub span: Span,
    /// A variable, member, index, array literal of such, or one of them under conversions and attributes.
    pub left: Expr,
    pub operator: AssignOperator,
    pub operator_span: Span,
    /// A lone expression is `Stmt::Expression`.
    pub right: Stmt,
}

/// IfStatementAst.
#[derive(Debug, Clone)]
pub struct IfStatement {
    pub span: Span,
    /// `if` and every `elseif`.
    pub clauses: Vec<(Stmt, StatementBlock)>,
    pub else_block: Option<StatementBlock>,
}

/// SwitchStatementAst.
#[derive(Debug, Clone)]
pub struct SwitchStatement {
    pub span: Span,
    pub label: Option<Text>,
    pub flags: SwitchFlags,
    /// With `-File` the pipeline that gives the file's name.
    pub condition: Stmt,
    pub clauses: Vec<(Expr, StatementBlock)>,
    pub default: Option<StatementBlock>,
}

/// SwitchFlags: several may be set; what wins is the engine's matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SwitchFlags {
    pub file: bool,
    pub regex: bool,
    pub wildcard: bool,
    pub exact: bool,
    pub case_sensitive: bool,
    pub parallel: bool,
}

/// ForEachStatementAst.
#[derive(Debug, Clone)]
pub struct ForEachStatement {
    pub span: Span,
    pub label: Option<Text>,
    pub parallel: bool,
    pub throttle_limit: Option<Expr>,
    pub variable: Variable,
    pub condition: Stmt,
    pub body: StatementBlock,
}

/// ForStatementAst.
#[derive(Debug, Clone)]
pub struct ForStatement {
    pub span: Span,
    pub label: Option<Text>,
    pub initializer: Option<Stmt>,
    pub condition: Option<Stmt>,
    pub iterator: Option<Stmt>,
    pub body: StatementBlock,
}

/// WhileStatementAst, DoWhileStatementAst, DoUntilStatementAst.
#[derive(Debug, Clone)]
pub struct WhileStatement {
    pub span: Span,
    pub label: Option<Text>,
    pub condition: Stmt,
    pub body: StatementBlock,
}

/// BreakStatementAst, ContinueStatementAst.
#[derive(Debug, Clone)]
pub struct JumpStatement {
    pub span: Span,
    /// A bare word (string constant) or an expression.
    pub label: Option<Expr>,
}

/// ReturnStatementAst, ThrowStatementAst, ExitStatementAst.
#[derive(Debug, Clone)]
pub struct ExitStatement {
    pub span: Span,
    pub pipeline: Option<Stmt>,
}

/// TryStatementAst.
#[derive(Debug, Clone)]
pub struct TryStatement {
    pub span: Span,
    pub body: StatementBlock,
    pub catches: Vec<CatchClause>,
    pub finally: Option<StatementBlock>,
}

/// CatchClauseAst; without types it catches all.
#[derive(Debug, Clone)]
pub struct CatchClause {
    pub span: Span,
    pub types: Vec<TypeConstraint>,
    pub body: StatementBlock,
}

/// TrapStatementAst.
#[derive(Debug, Clone)]
pub struct TrapStatement {
    pub span: Span,
    pub trap_type: Option<TypeConstraint>,
    pub body: StatementBlock,
}

/// DataStatementAst.
#[derive(Debug, Clone)]
pub struct DataStatement {
    pub span: Span,
    pub variable: Option<Text>,
    pub commands_allowed: Vec<Expr>,
    pub body: StatementBlock,
}

/// FunctionDefinitionAst.
#[derive(Debug, Clone)]
pub struct FunctionDefinition {
    pub span: Span,
    pub kind: FunctionKind,
    pub name: Text,
    pub name_span: Span,
    /// `function f($a) { }`; a `param` block inside the body is the body's.
    pub parameters: Option<Vec<Parameter>>,
    /// Shared, so that who runs it later need not copy the tree.
    pub body: Rc<ScriptBlock>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FunctionKind {
    Function,
    Filter,
    Workflow,
}

/// TypeDefinitionAst.
#[derive(Debug, Clone)]
pub struct TypeDefinition {
    pub span: Span,
    pub kind: TypeKind,
    pub name: Text,
    pub name_span: Span,
    pub attributes: Vec<Attribute>,
    pub base_types: Vec<TypeConstraint>,
    pub members: Vec<Member>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeKind {
    Class,
    Enum,
    Interface,
}

/// MemberAst.
#[derive(Debug, Clone)]
pub enum Member {
    Property(Box<PropertyMember>),
    Function(Box<FunctionMember>),
}

/// PropertyMemberAst: a property of a class, or a value of an enum (then `is_static`, with the value as `initial_value`).
#[derive(Debug, Clone)]
pub struct PropertyMember {
    pub span: Span,
    pub name: Text,
    pub property_type: Option<TypeConstraint>,
    pub attributes: Vec<Attribute>,
    pub is_static: bool,
    pub is_hidden: bool,
    pub is_literal: bool,
    pub initial_value: Option<Expr>,
}

/// FunctionMemberAst. A constructor's body begins with its `BaseCtorInvoke`, written or not.
#[derive(Debug, Clone)]
pub struct FunctionMember {
    pub span: Span,
    pub name: Text,
    pub name_span: Span,
    pub return_type: Option<TypeConstraint>,
    pub attributes: Vec<Attribute>,
    pub parameters: Vec<Parameter>,
    pub is_static: bool,
    pub is_hidden: bool,
    pub is_constructor: bool,
    /// Shared, so that who runs it later need not copy the tree.
    pub body: Rc<ScriptBlock>,
}

/// UsingStatementAst.
#[derive(Debug, Clone)]
pub struct UsingStatement {
    pub span: Span,
    pub kind: UsingKind,
    pub name: Option<StringConstant>,
    pub alias: Option<StringConstant>,
    pub module_specification: Option<Hashtable>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UsingKind {
    Assembly,
    Command,
    Module,
    Namespace,
    Type,
}

/// BlockStatementAst.
#[derive(Debug, Clone)]
pub struct BlockStatement {
    pub span: Span,
    pub parallel: bool,
    pub kind_span: Span,
    pub body: StatementBlock,
}

/// ErrorStatementAst: what could be kept of a broken statement. Never run.
#[derive(Debug, Clone, Default)]
pub struct ErrorStatement {
    pub span: Span,
    /// The keyword that began it (its TokenKind) and where that stands.
    pub kind: Option<(&'static str, Span)>,
    pub conditions: Vec<Node>,
    pub bodies: Vec<Node>,
    pub nested: Vec<Node>,
}

/// Any node, for the insides of error nodes.
#[derive(Debug, Clone)]
pub enum Node {
    Expr(Expr),
    Stmt(Stmt),
    Parameter(CommandParameter),
    FunctionParameter(Parameter),
    StatementBlock(StatementBlock),
    NamedBlock(NamedBlock),
    ParamBlock(ParamBlock),
    Attribute(AttributeOrType),
    NamedArgument(NamedArgument),
    CatchClause(CatchClause),
    Member(Member),
    Redirection(Redirection),
}

// ---- expressions ------------------------------------------------------------------------------------------------------

/// ExpressionAst.
#[derive(Debug, Clone)]
pub enum Expr {
    Variable(Box<Variable>),
    Constant(Box<Constant>),
    StringConstant(Box<StringConstant>),
    ExpandableString(Box<ExpandableString>),
    Binary(Box<Binary>),
    Unary(Box<Unary>),
    Ternary(Box<Ternary>),
    Convert(Box<Convert>),
    Attributed(Box<Attributed>),
    Type(Box<TypeExpression>),
    Member(Box<MemberExpression>),
    InvokeMember(Box<InvokeMember>),
    BaseCtorInvoke(Box<BaseCtorInvoke>),
    Index(Box<IndexExpression>),
    ArrayLiteral(Box<ArrayLiteral>),
    Array(Box<BlockExpression>),
    SubExpression(Box<BlockExpression>),
    Paren(Box<ParenExpression>),
    Hashtable(Box<Hashtable>),
    ScriptBlock(Box<ScriptBlockExpression>),
    Using(Box<UsingExpression>),
    Error(Box<ErrorExpression>),
}

/// VariableExpressionAst.
#[derive(Debug, Clone)]
pub struct Variable {
    pub span: Span,
    pub path: VariablePath,
    /// `@x`
    pub splatted: bool,
}

/// VariablePath: a variable's name taken apart. Spelling is kept as written; compare without case.
#[derive(Debug, Clone, PartialEq)]
pub struct VariablePath {
    /// What the user wrote, without `$`, braces and escapes: `global:x`, `env:PATH`, `x`.
    pub user_path: Text,
    pub scope: VariableScope,
    /// Byte index in `user_path` where the name begins, behind the scope's or drive's colon.
    pub name_start: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VariableScope {
    /// `$x`
    None,
    /// `$variable:x`: a variable without a scope.
    Variable,
    Global,
    Local,
    Private,
    Script,
    /// `$env:x`, `$function:x`, `${c:x}`: an item of a drive.
    Drive,
}

/// ConstantExpressionAst that is no string. The text as written is the span's.
#[derive(Debug, Clone)]
pub struct Constant {
    pub span: Span,
    pub value: Literal,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    Null,
    Bool(bool),
    SByte(i8),
    Byte(u8),
    Int16(i16),
    UInt16(u16),
    Int32(i32),
    UInt32(u32),
    Int64(i64),
    UInt64(u64),
    /// System.Decimal: decimal digits with sign and point, multiplier applied.
    Decimal(Text),
    Double(f64),
    /// Decimal digits with sign.
    BigInteger(Text),
}

/// StringConstantExpressionAst.
#[derive(Debug, Clone)]
pub struct StringConstant {
    pub span: Span,
    pub value: Text,
    pub kind: StringKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StringKind {
    SingleQuoted,
    SingleQuotedHereString,
    DoubleQuoted,
    DoubleQuotedHereString,
    BareWord,
}

/// ExpandableStringExpressionAst.
#[derive(Debug, Clone)]
pub struct ExpandableString {
    pub span: Span,
    /// The reference's Value: escapes processed, expressions as written.
    pub value: Text,
    pub kind: StringKind,
    /// The whole content in order. Never two texts side by side, never an empty text.
    pub parts: Vec<StringPart>,
}

#[derive(Debug, Clone)]
pub enum StringPart {
    Text(Text),
    /// A variable (also under `$using:`) or a sub-expression.
    Expr(Expr),
}

/// BinaryExpressionAst.
#[derive(Debug, Clone)]
pub struct Binary {
    pub span: Span,
    pub operator: BinaryOperator,
    pub operator_span: Span,
    pub left: Expr,
    pub right: Expr,
}

/// UnaryExpressionAst.
#[derive(Debug, Clone)]
pub struct Unary {
    pub span: Span,
    pub operator: UnaryOperator,
    pub child: Expr,
}

/// TernaryExpressionAst.
#[derive(Debug, Clone)]
pub struct Ternary {
    pub span: Span,
    pub condition: Expr,
    pub if_true: Expr,
    pub if_false: Expr,
}

/// ConvertExpressionAst: `[int]$x`.
#[derive(Debug, Clone)]
pub struct Convert {
    pub span: Span,
    pub target: TypeConstraint,
    pub child: Expr,
}

/// AttributedExpressionAst: `[ValidateNotNull()]$x`.
#[derive(Debug, Clone)]
pub struct Attributed {
    pub span: Span,
    pub attribute: Attribute,
    pub child: Expr,
}

/// TypeExpressionAst: `[int]`.
#[derive(Debug, Clone)]
pub struct TypeExpression {
    pub span: Span,
    pub type_name: TypeName,
}

/// MemberExpressionAst.
#[derive(Debug, Clone)]
pub struct MemberExpression {
    pub span: Span,
    pub target: Expr,
    /// Mostly a bare word (string constant).
    pub member: Expr,
    /// `::`
    pub is_static: bool,
    /// `?.`
    pub null_conditional: bool,
}

/// InvokeMemberExpressionAst.
#[derive(Debug, Clone)]
pub struct InvokeMember {
    pub span: Span,
    pub target: Expr,
    pub member: Expr,
    pub arguments: Vec<Expr>,
    /// `$x.Method[int]()`
    pub generic_arguments: Vec<TypeName>,
    pub is_static: bool,
    pub null_conditional: bool,
}

/// BaseCtorInvokeMemberExpressionAst; only as the first statement of a constructor.
#[derive(Debug, Clone)]
pub struct BaseCtorInvoke {
    pub span: Span,
    /// `base`, or an empty span if the call was not written.
    pub base_span: Span,
    pub arguments: Vec<Expr>,
}

/// IndexExpressionAst.
#[derive(Debug, Clone)]
pub struct IndexExpression {
    pub span: Span,
    pub target: Expr,
    pub index: Expr,
    /// `?[`
    pub null_conditional: bool,
}

/// ArrayLiteralAst: `1,2,3` or `,1`.
#[derive(Debug, Clone)]
pub struct ArrayLiteral {
    pub span: Span,
    pub elements: Vec<Expr>,
}

/// ArrayExpressionAst `@( )` and SubExpressionAst `$( )`.
#[derive(Debug, Clone)]
pub struct BlockExpression {
    pub span: Span,
    pub block: StatementBlock,
}

/// ParenExpressionAst: `( )` around a pipeline, an assignment or an error.
#[derive(Debug, Clone)]
pub struct ParenExpression {
    pub span: Span,
    pub pipeline: Stmt,
}

/// HashtableAst.
#[derive(Debug, Clone)]
pub struct Hashtable {
    pub span: Span,
    pub pairs: Vec<(Expr, Stmt)>,
}

/// ScriptBlockExpressionAst.
#[derive(Debug, Clone)]
pub struct ScriptBlockExpression {
    /// With the braces, as is the span of the block itself.
    pub span: Span,
    pub block: Rc<ScriptBlock>,
}

/// UsingExpressionAst: `$using:x`. The child is the variable without `using:`, perhaps under members and indexes.
#[derive(Debug, Clone)]
pub struct UsingExpression {
    pub span: Span,
    pub child: Expr,
}

/// ErrorExpressionAst. Never run.
#[derive(Debug, Clone)]
pub struct ErrorExpression {
    pub span: Span,
    pub nested: Vec<Node>,
}

const _: () = assert!(size_of::<Expr>() <= 16 && size_of::<Stmt>() <= 16);
