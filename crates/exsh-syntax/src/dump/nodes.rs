//! Every node with its properties.

use super::{Dump, literal_text, literal_type};
use crate::ast::*;
use crate::source::Span;

impl Dump {
    fn node(&mut self, name: &str, span: Span, properties: impl FnOnce(&mut Self)) {
        self.json.open('{');
        self.json.field_text("n", name);
        self.extent(span);
        properties(self);
        self.json.close('}');
    }

    fn list<T>(&mut self, key: &str, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        if !items.is_empty() {
            self.json.key(key);
            self.json.open('[');
            for item in items {
                write(self, item);
            }
            self.json.close(']');
        }
    }

    fn field<T>(&mut self, key: &str, value: &T, write: impl FnOnce(&mut Self, &T)) {
        self.json.key(key);
        write(self, value);
    }

    fn maybe<T>(&mut self, key: &str, value: Option<&T>, write: impl FnOnce(&mut Self, &T)) {
        if let Some(value) = value {
            self.field(key, value, write);
        }
    }

    fn label(&mut self, label: &Option<crate::text::Text>) {
        if let Some(label) = label {
            self.json.field_text("Label", label);
        }
    }

    pub(super) fn script_block(&mut self, b: &ScriptBlock) {
        self.node("ScriptBlock", b.span, |d| {
            d.list("UsingStatements", &b.using, Self::using_statement);
            d.maybe("ParamBlock", b.param_block.as_deref(), Self::param_block);
            d.maybe("BeginBlock", b.begin.as_deref(), Self::named_block);
            d.maybe("ProcessBlock", b.process.as_deref(), Self::named_block);
            d.maybe("EndBlock", b.end.as_deref(), Self::named_block);
            d.maybe("CleanBlock", b.clean.as_deref(), Self::named_block);
            d.maybe("DynamicParamBlock", b.dynamic_param.as_deref(), Self::named_block);
            d.maybe("ScriptRequirements", b.requirements.as_deref(), Self::requirements);
        });
    }

    fn requirements(&mut self, r: &ScriptRequirements) {
        self.json.open('{');
        self.json.field_text("version", r.version.as_deref().unwrap_or(""));
        self.json.key("modules");
        self.json.open('[');
        for module in &r.modules {
            self.json.text(&module.to_string());
        }
        self.json.close(']');
        self.json.key("editions");
        self.json.open('[');
        for edition in &r.editions {
            self.json.text(edition);
        }
        self.json.close(']');
        self.json.key("elevated");
        self.json.raw(if r.elevated { "true" } else { "false" });
        self.json.close('}');
    }

    fn named_block(&mut self, b: &NamedBlock) {
        self.node("NamedBlock", b.span, |d| {
            d.json.field_true("Unnamed", b.unnamed);
            let kind = match b.kind {
                BlockKind::DynamicParam => "Dynamicparam",
                BlockKind::Begin => "Begin",
                BlockKind::Process => "Process",
                BlockKind::End => "End",
                BlockKind::Clean => "Clean",
            };
            d.json.field_text("BlockKind", kind);
            d.list("Statements", &b.statements, Self::statement);
            d.list("Traps", &b.traps, Self::trap);
        });
    }

    fn statement_block(&mut self, b: &StatementBlock) {
        self.node("StatementBlock", b.span, |d| {
            d.list("Statements", &b.statements, Self::statement);
            d.list("Traps", &b.traps, Self::trap);
        });
    }

    fn param_block(&mut self, b: &ParamBlock) {
        self.node("ParamBlock", b.span, |d| {
            d.list("Attributes", &b.attributes, Self::attribute);
            d.list("Parameters", &b.parameters, Self::parameter);
        });
    }

    fn parameter(&mut self, p: &Parameter) {
        self.node("Parameter", p.span, |d| {
            d.list("Attributes", &p.attributes, Self::attribute_or_type);
            d.field("Name", &p.name, Self::variable);
            d.maybe("DefaultValue", p.default.as_ref(), Self::expression);
        });
    }

    fn attribute_or_type(&mut self, a: &AttributeOrType) {
        match a {
            AttributeOrType::Attribute(a) => self.attribute(a),
            AttributeOrType::Type(t) => self.type_constraint(t),
        }
    }

    fn attribute(&mut self, a: &Attribute) {
        self.node("Attribute", a.span, |d| {
            d.field("TypeName", &a.type_name, Self::type_name);
            d.list("PositionalArguments", &a.positional, Self::expression);
            d.list("NamedArguments", &a.named, Self::named_argument);
        });
    }

    fn named_argument(&mut self, n: &NamedArgument) {
        self.node("NamedAttributeArgument", n.span, |d| {
            d.json.field_text("ArgumentName", &n.name);
            d.field("Argument", &n.value, Self::expression);
            d.json.field_true("ExpressionOmitted", n.value_omitted);
        });
    }

    fn type_constraint(&mut self, t: &TypeConstraint) {
        self.node("TypeConstraint", t.span, |d| d.field("TypeName", &t.type_name, Self::type_name));
    }

    fn type_name(&mut self, t: &TypeName) {
        self.json.open('{');
        self.json.field_text("name", &t.full_name());
        self.extent(t.span);
        match &t.form {
            TypeNameForm::Simple { assembly } => {
                if let Some(assembly) = assembly {
                    self.json.field_text("assembly", assembly);
                }
            }
            TypeNameForm::Array { rank, of } => {
                self.json.key("array");
                self.json.raw(&rank.to_string());
                self.field("of", &**of, Self::type_name);
            }
            TypeNameForm::Generic { type_name, arguments } => {
                self.field("generic", &**type_name, Self::type_name);
                self.list("arguments", arguments, Self::type_name);
            }
        }
        self.json.close('}');
    }

    fn using_statement(&mut self, u: &UsingStatement) {
        self.node("UsingStatement", u.span, |d| {
            let kind = match u.kind {
                UsingKind::Assembly => "Assembly",
                UsingKind::Command => "Command",
                UsingKind::Module => "Module",
                UsingKind::Namespace => "Namespace",
                UsingKind::Type => "Type",
            };
            d.json.field_text("UsingStatementKind", kind);
            d.maybe("Name", u.name.as_ref(), Self::string_constant);
            d.maybe("Alias", u.alias.as_ref(), Self::string_constant);
            d.maybe("ModuleSpecification", u.module_specification.as_ref(), Self::hashtable);
        });
    }

    fn statement(&mut self, s: &Stmt) {
        match s {
            Stmt::Pipeline(n) => self.pipeline(n),
            Stmt::Expression(n) => self.command_expression(n),
            Stmt::Chain(n) => self.node("PipelineChain", n.span, |d| {
                d.field("LhsPipelineChain", &n.left, Self::statement);
                d.field("RhsPipeline", &n.right, Self::pipeline);
                let operator = match n.operator {
                    ChainOperator::AndAnd => "AndAnd",
                    ChainOperator::OrOr => "OrOr",
                };
                d.json.field_text("Operator", operator);
                d.json.field_true("Background", n.background);
            }),
            Stmt::Assignment(n) => self.node("AssignmentStatement", n.span, |d| {
                d.field("Left", &n.left, Self::expression);
                d.json.field_text("Operator", &format!("{:?}", n.operator));
                d.field("Right", &n.right, Self::statement);
            }),
            Stmt::If(n) => self.node("IfStatement", n.span, |d| {
                d.list("Clauses", &n.clauses, |d, (condition, body)| {
                    d.json.open('[');
                    d.statement(condition);
                    d.statement_block(body);
                    d.json.close(']');
                });
                d.maybe("ElseClause", n.else_block.as_ref(), Self::statement_block);
            }),
            Stmt::Switch(n) => self.switch(n),
            Stmt::ForEach(n) => self.node("ForEachStatement", n.span, |d| {
                d.label(&n.label);
                d.field("Condition", &n.condition, Self::statement);
                d.field("Body", &n.body, Self::statement_block);
                d.field("Variable", &n.variable, Self::variable);
                d.maybe("ThrottleLimit", n.throttle_limit.as_ref(), Self::expression);
                d.json.field_text("Flags", if n.parallel { "Parallel" } else { "None" });
            }),
            Stmt::For(n) => self.node("ForStatement", n.span, |d| {
                d.label(&n.label);
                d.maybe("Initializer", n.initializer.as_ref(), Self::statement);
                d.maybe("Condition", n.condition.as_ref(), Self::statement);
                d.maybe("Iterator", n.iterator.as_ref(), Self::statement);
                d.field("Body", &n.body, Self::statement_block);
            }),
            Stmt::While(n) => self.while_loop("WhileStatement", n),
            Stmt::DoWhile(n) => self.while_loop("DoWhileStatement", n),
            Stmt::DoUntil(n) => self.while_loop("DoUntilStatement", n),
            Stmt::Break(n) => self.jump("BreakStatement", n),
            Stmt::Continue(n) => self.jump("ContinueStatement", n),
            Stmt::Return(n) => self.exit("ReturnStatement", n),
            Stmt::Throw(n) => self.exit("ThrowStatement", n),
            Stmt::Exit(n) => self.exit("ExitStatement", n),
            Stmt::Try(n) => self.node("TryStatement", n.span, |d| {
                d.field("Body", &n.body, Self::statement_block);
                d.list("CatchClauses", &n.catches, Self::catch_clause);
                d.maybe("Finally", n.finally.as_ref(), Self::statement_block);
            }),
            Stmt::Trap(n) => self.trap(n),
            Stmt::Data(n) => self.node("DataStatement", n.span, |d| {
                if let Some(variable) = &n.variable {
                    d.json.field_text("Variable", variable);
                }
                d.list("CommandsAllowed", &n.commands_allowed, Self::expression);
                d.field("Body", &n.body, Self::statement_block);
            }),
            Stmt::Function(n) => self.node("FunctionDefinition", n.span, |d| {
                d.json.field_true("IsFilter", n.kind == FunctionKind::Filter);
                d.json.field_true("IsWorkflow", n.kind == FunctionKind::Workflow);
                d.json.field_text("Name", &n.name);
                d.list("Parameters", n.parameters.as_deref().unwrap_or(&[]), Self::parameter);
                d.field("Body", &*n.body, Self::script_block);
            }),
            Stmt::Type(n) => self.type_definition(n),
            Stmt::Block(n) => self.node("BlockStatement", n.span, |d| {
                d.field("Body", &n.body, Self::statement_block);
                d.token_fact("Kind", if n.parallel { "Parallel" } else { "Sequence" }, n.kind_span);
            }),
            Stmt::Using(n) => self.using_statement(n),
            Stmt::Error(n) => self.node("ErrorStatement", n.span, |d| {
                if let Some((kind, span)) = n.kind {
                    d.token_fact("Kind", kind, span);
                }
                d.list("Conditions", &n.conditions, Self::any);
                d.list("Bodies", &n.bodies, Self::any);
                d.list("NestedAst", &n.nested, Self::any);
            }),
        }
    }

    fn token_fact(&mut self, key: &str, kind: &str, span: Span) {
        self.json.key(key);
        self.json.open('{');
        self.json.field_text("token", kind);
        self.extent(span);
        self.json.close('}');
    }

    fn pipeline(&mut self, n: &Pipeline) {
        self.node("Pipeline", n.span, |d| {
            d.list("PipelineElements", &n.elements, |d, element| match element {
                PipelineElement::Command(c) => d.command(c),
                PipelineElement::Expression(e) => d.command_expression(e),
            });
            d.json.field_true("Background", n.background);
        });
    }

    fn command(&mut self, n: &Command) {
        self.node("Command", n.span, |d| {
            d.list("CommandElements", &n.elements, |d, element| match element {
                CommandElement::Parameter(p) => d.command_parameter(p),
                CommandElement::Expr(e) => d.expression(e),
            });
            let operator = match n.invocation {
                InvocationOperator::None => "Unknown",
                InvocationOperator::Ampersand => "Ampersand",
                InvocationOperator::Dot => "Dot",
            };
            d.json.field_text("InvocationOperator", operator);
            d.list("Redirections", &n.redirections, Self::redirection);
        });
    }

    fn command_parameter(&mut self, n: &CommandParameter) {
        self.node("CommandParameter", n.span, |d| {
            d.json.field_text("ParameterName", &n.name);
            d.maybe("Argument", n.argument.as_ref(), Self::expression);
        });
    }

    fn command_expression(&mut self, n: &CommandExpression) {
        self.node("CommandExpression", n.span, |d| {
            d.field("Expression", &n.expression, Self::expression);
            d.list("Redirections", &n.redirections, Self::redirection);
        });
    }

    fn redirection(&mut self, n: &Redirection) {
        match n {
            Redirection::File { span, from, append, location } => self.node("FileRedirection", *span, |d| {
                d.json.field_text("FromStream", stream(*from));
                d.field("Location", location, Self::expression);
                d.json.field_true("Append", *append);
            }),
            Redirection::Merging { span, from, to } => self.node("MergingRedirection", *span, |d| {
                d.json.field_text("FromStream", stream(*from));
                d.json.field_text("ToStream", stream(*to));
            }),
        }
    }

    fn switch(&mut self, n: &SwitchStatement) {
        self.node("SwitchStatement", n.span, |d| {
            d.label(&n.label);
            d.field("Condition", &n.condition, Self::statement);
            let flags: Vec<&str> = [
                (n.flags.file, "File"),
                (n.flags.regex, "Regex"),
                (n.flags.wildcard, "Wildcard"),
                (n.flags.case_sensitive, "CaseSensitive"),
                (n.flags.parallel, "Parallel"),
            ]
            .iter()
            .filter(|(set, _)| *set)
            .map(|(_, name)| *name)
            .collect();
            d.json.field_text("Flags", &if flags.is_empty() { "None".to_owned() } else { flags.join(", ") });
            d.list("Clauses", &n.clauses, |d, (test, body)| {
                d.json.open('[');
                d.expression(test);
                d.statement_block(body);
                d.json.close(']');
            });
            d.maybe("Default", n.default.as_ref(), Self::statement_block);
        });
    }

    fn while_loop(&mut self, name: &str, n: &WhileStatement) {
        self.node(name, n.span, |d| {
            d.label(&n.label);
            d.field("Condition", &n.condition, Self::statement);
            d.field("Body", &n.body, Self::statement_block);
        });
    }

    fn jump(&mut self, name: &str, n: &JumpStatement) {
        self.node(name, n.span, |d| d.maybe("Label", n.label.as_ref(), Self::expression));
    }

    fn exit(&mut self, name: &str, n: &ExitStatement) {
        self.node(name, n.span, |d| d.maybe("Pipeline", n.pipeline.as_ref(), Self::statement));
    }

    fn catch_clause(&mut self, n: &CatchClause) {
        self.node("CatchClause", n.span, |d| {
            d.list("CatchTypes", &n.types, Self::type_constraint);
            d.json.field_true("IsCatchAll", n.types.is_empty());
            d.field("Body", &n.body, Self::statement_block);
        });
    }

    fn trap(&mut self, n: &TrapStatement) {
        self.node("TrapStatement", n.span, |d| {
            d.maybe("TrapType", n.trap_type.as_ref(), Self::type_constraint);
            d.field("Body", &n.body, Self::statement_block);
        });
    }

    fn type_definition(&mut self, n: &TypeDefinition) {
        self.node("TypeDefinition", n.span, |d| {
            d.json.field_text("Name", &n.name);
            let kind = match n.kind {
                TypeKind::Class => "Class",
                TypeKind::Enum => "Enum",
                TypeKind::Interface => "Interface",
            };
            d.json.field_text("TypeAttributes", kind);
            d.json.field_true(&format!("Is{kind}"), true);
            d.list("Attributes", &n.attributes, Self::attribute);
            d.list("BaseTypes", &n.base_types, Self::type_constraint);
            d.list("Members", &n.members, Self::member);
        });
    }

    fn member(&mut self, n: &Member) {
        match n {
            Member::Property(n) => self.node("PropertyMember", n.span, |d| {
                d.json.field_text("Name", &n.name);
                d.maybe("PropertyType", n.property_type.as_ref(), Self::type_constraint);
                d.list("Attributes", &n.attributes, Self::attribute);
                d.modifiers("PropertyAttributes", n.is_static, n.is_literal, n.is_hidden);
                d.maybe("InitialValue", n.initial_value.as_ref(), Self::expression);
            }),
            Member::Function(n) => self.node("FunctionMember", n.span, |d| {
                d.json.field_text("Name", &n.name);
                d.list("Attributes", &n.attributes, Self::attribute);
                d.maybe("ReturnType", n.return_type.as_ref(), Self::type_constraint);
                d.list("Parameters", &n.parameters, Self::parameter);
                d.field("Body", &*n.body, Self::script_block);
                d.modifiers("MethodAttributes", n.is_static, false, n.is_hidden);
                d.json.field_true("IsConstructor", n.is_constructor);
            }),
        }
    }

    fn modifiers(&mut self, key: &str, is_static: bool, is_literal: bool, is_hidden: bool) {
        let mut names = vec!["Public"];
        names.extend(is_static.then_some("Static"));
        names.extend(is_literal.then_some("Literal"));
        names.extend(is_hidden.then_some("Hidden"));
        self.json.field_text(key, &names.join(", "));
        self.json.field_true("IsPublic", true);
        self.json.field_true("IsStatic", is_static);
        self.json.field_true("IsHidden", is_hidden);
    }

    fn any(&mut self, n: &Node) {
        match n {
            Node::Expr(n) => self.expression(n),
            Node::Stmt(n) => self.statement(n),
            Node::Parameter(n) => self.command_parameter(n),
            Node::FunctionParameter(n) => self.parameter(n),
            Node::StatementBlock(n) => self.statement_block(n),
            Node::NamedBlock(n) => self.named_block(n),
            Node::ParamBlock(n) => self.param_block(n),
            Node::Attribute(n) => self.attribute_or_type(n),
            Node::NamedArgument(n) => self.named_argument(n),
            Node::CatchClause(n) => self.catch_clause(n),
            Node::Member(n) => self.member(n),
            Node::Redirection(n) => self.redirection(n),
        }
    }

    fn variable(&mut self, n: &Variable) {
        self.node("VariableExpression", n.span, |d| {
            d.field("VariablePath", &n.path, |d, path| {
                d.json.open('{');
                d.json.field_text("path", &path.user_path);
                let scope = path.scope;
                d.json.field_true("IsGlobal", scope == VariableScope::Global);
                d.json.field_true("IsLocal", scope == VariableScope::Local);
                d.json.field_true("IsPrivate", scope == VariableScope::Private);
                d.json.field_true("IsScript", scope == VariableScope::Script);
                d.json.field_true("IsUnqualified", scope == VariableScope::None);
                let unscoped = matches!(scope, VariableScope::None | VariableScope::Variable);
                d.json.field_true("IsUnscopedVariable", unscoped);
                d.json.field_true("IsVariable", scope != VariableScope::Drive);
                d.json.field_true("IsDriveQualified", scope == VariableScope::Drive);
                if let Some(drive) = path.drive() {
                    d.json.field_text("drive", drive);
                }
                d.json.close('}');
            });
            d.json.field_true("Splatted", n.splatted);
        });
    }

    fn string_constant(&mut self, n: &StringConstant) {
        self.node("StringConstantExpression", n.span, |d| {
            d.json.field_text("Value", &n.value);
            d.json.field_text("StringConstantType", string_kind(n.kind));
        });
    }

    fn hashtable(&mut self, n: &Hashtable) {
        self.node("Hashtable", n.span, |d| {
            d.list("KeyValuePairs", &n.pairs, |d, (key, value)| {
                d.json.open('[');
                d.expression(key);
                d.statement(value);
                d.json.close(']');
            });
        });
    }

    fn expression(&mut self, e: &Expr) {
        match e {
            Expr::Variable(n) => self.variable(n),
            Expr::Constant(n) => self.node("ConstantExpression", n.span, |d| {
                if n.value != Literal::Null {
                    d.json.key("Value");
                    d.json.open('{');
                    d.json.field_text("type", literal_type(&n.value));
                    d.json.field_text("text", &literal_text(&n.value));
                    d.json.close('}');
                }
            }),
            Expr::StringConstant(n) => self.string_constant(n),
            Expr::ExpandableString(n) => self.node("ExpandableStringExpression", n.span, |d| {
                d.json.field_text("Value", &n.value);
                d.json.field_text("StringConstantType", string_kind(n.kind));
                let nested: Vec<&Expr> = n
                    .parts
                    .iter()
                    .filter_map(|part| match part {
                        StringPart::Expr(e) => Some(e),
                        StringPart::Text(_) => None,
                    })
                    .collect();
                d.list("NestedExpressions", &nested, |d, e| d.expression(e));
            }),
            Expr::Binary(n) => self.node("BinaryExpression", n.span, |d| {
                d.json.field_text("Operator", &format!("{:?}", n.operator));
                d.field("Left", &n.left, Self::expression);
                d.field("Right", &n.right, Self::expression);
            }),
            Expr::Unary(n) => self.node("UnaryExpression", n.span, |d| {
                d.json.field_text("TokenKind", &format!("{:?}", n.operator));
                d.field("Child", &n.child, Self::expression);
            }),
            Expr::Ternary(n) => self.node("TernaryExpression", n.span, |d| {
                d.field("Condition", &n.condition, Self::expression);
                d.field("IfTrue", &n.if_true, Self::expression);
                d.field("IfFalse", &n.if_false, Self::expression);
            }),
            Expr::Convert(n) => self.node("ConvertExpression", n.span, |d| {
                d.field("Child", &n.child, Self::expression);
                d.field("Attribute", &n.target, Self::type_constraint);
                d.field("Type", &n.target, Self::type_constraint);
            }),
            Expr::Attributed(n) => self.node("AttributedExpression", n.span, |d| {
                d.field("Child", &n.child, Self::expression);
                d.field("Attribute", &n.attribute, Self::attribute);
            }),
            Expr::Type(n) => {
                self.node("TypeExpression", n.span, |d| d.field("TypeName", &n.type_name, Self::type_name))
            }
            Expr::Member(n) => self.node("MemberExpression", n.span, |d| {
                d.field("Expression", &n.target, Self::expression);
                d.field("Member", &n.member, Self::expression);
                d.json.field_true("Static", n.is_static);
                d.json.field_true("NullConditional", n.null_conditional);
            }),
            Expr::InvokeMember(n) => self.node("InvokeMemberExpression", n.span, |d| {
                d.field("Expression", &n.target, Self::expression);
                d.field("Member", &n.member, Self::expression);
                d.json.field_true("Static", n.is_static);
                d.json.field_true("NullConditional", n.null_conditional);
                d.list("Arguments", &n.arguments, Self::expression);
                d.list("GenericTypeArguments", &n.generic_arguments, Self::type_name);
            }),
            Expr::BaseCtorInvoke(n) => self.node("BaseCtorInvokeMemberExpression", n.span, |d| {
                let this = Variable { span: n.base_span, path: VariablePath::parse("this"), splatted: false };
                let ctor =
                    StringConstant { span: n.base_span, value: ".ctor".into(), kind: StringKind::BareWord };
                d.field("Expression", &this, Self::variable);
                d.field("Member", &ctor, Self::string_constant);
                d.list("Arguments", &n.arguments, Self::expression);
            }),
            Expr::Index(n) => self.node("IndexExpression", n.span, |d| {
                d.field("Target", &n.target, Self::expression);
                d.field("Index", &n.index, Self::expression);
                d.json.field_true("NullConditional", n.null_conditional);
            }),
            Expr::ArrayLiteral(n) => {
                self.node("ArrayLiteral", n.span, |d| d.list("Elements", &n.elements, Self::expression));
            }
            Expr::Array(n) => {
                self.node("ArrayExpression", n.span, |d| {
                    d.field("SubExpression", &n.block, Self::statement_block)
                });
            }
            Expr::SubExpression(n) => {
                self.node("SubExpression", n.span, |d| {
                    d.field("SubExpression", &n.block, Self::statement_block)
                });
            }
            Expr::Paren(n) => {
                self.node("ParenExpression", n.span, |d| d.field("Pipeline", &n.pipeline, Self::statement))
            }
            Expr::Hashtable(n) => self.hashtable(n),
            Expr::ScriptBlock(n) => {
                self.node("ScriptBlockExpression", n.span, |d| {
                    d.field("ScriptBlock", &*n.block, Self::script_block)
                });
            }
            Expr::Using(n) => {
                self.node("UsingExpression", n.span, |d| {
                    d.field("SubExpression", &n.child, Self::expression)
                });
            }
            Expr::Error(n) => {
                self.node("ErrorExpression", n.span, |d| d.list("NestedAst", &n.nested, Self::any))
            }
        }
    }
}

pub(super) fn stream(stream: Stream) -> &'static str {
    match stream {
        Stream::All => "All",
        Stream::Output => "Output",
        Stream::Error => "Error",
        Stream::Warning => "Warning",
        Stream::Verbose => "Verbose",
        Stream::Debug => "Debug",
        Stream::Information => "Information",
    }
}

fn string_kind(kind: StringKind) -> &'static str {
    match kind {
        StringKind::SingleQuoted => "SingleQuoted",
        StringKind::SingleQuotedHereString => "SingleQuotedHereString",
        StringKind::DoubleQuoted => "DoubleQuoted",
        StringKind::DoubleQuotedHereString => "DoubleQuotedHereString",
        StringKind::BareWord => "BareWord",
    }
}
