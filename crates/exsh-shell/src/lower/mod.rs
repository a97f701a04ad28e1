//! Tree to plan: names become slots or cells, constants are made, literal types are looked up, once and for all.
//!
//! Lowering knows the global cells and nothing else of a session. A block is lowered when it first runs.

mod assigned;
mod command;
mod expr;
pub mod plan;
mod stmt;

use crate::run::frame::SlotTable;
use crate::run::globals::Globals;
use exsh_core::{Name, Str};
use exsh_syntax::ast;
use plan::{BlockPlan, BlockSource, Param, Place, ScopeMark, Source, Type, Uses, Var};
use std::rc::Rc;

/// Where the lowered code will run.
enum Mode {
    /// In the global scope: every name is a cell.
    Global,
    /// In a frame of its own: assigned names are slots.
    Local(SlotTable),
    /// In whatever frame is current (dot-sourcing, `Invoke-Expression`): every name is looked for.
    Dynamic,
}

/// One lowering.
pub struct Lowerer<'a> {
    source: &'a Rc<Source>,
    globals: &'a mut Globals,
    mode: Mode,
    uses: Uses,
}

/// Which scope a text is lowered for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    Global,
    Local,
    Dynamic,
}

/// Lowers a script block with its parameters.
pub fn block(source: &BlockSource, scope: Scope, globals: &mut Globals) -> BlockPlan {
    let mut declared: Vec<&ast::Parameter> = Vec::new();
    if let Some(p) = &source.parameters {
        declared.extend(p.iter());
    }
    if let Some(p) = &source.ast.param_block {
        declared.extend(p.parameters.iter());
    }
    let mode = match scope {
        Scope::Global => Mode::Global,
        Scope::Dynamic => Mode::Dynamic,
        Scope::Local => {
            let mut table = SlotTable::automatic();
            for p in &declared {
                table.add(p.name.path.name());
            }
            assigned::names(&source.ast, &mut |n| {
                table.add(n);
            });
            Mode::Local(table)
        }
    };
    let mut low = Lowerer { source: &source.source, globals, mode, uses: Uses::default() };
    let params = declared
        .iter()
        .map(|p| {
            let spelling = Str::from(p.name.path.name());
            let slot = match low.place(&spelling) {
                Place::Slot(i) | Place::Global(i) => i,
                Place::Dynamic => u32::MAX,
            };
            Param {
                slot,
                name: Name::new(&spelling),
                default: p.default.as_ref().map(|d| low.expr(d)),
                ty: p.attributes.iter().find_map(|a| match a {
                    ast::AttributeOrType::Type(t) => Some(low.type_of(&t.type_name)),
                    ast::AttributeOrType::Attribute(_) => None,
                }),
            }
        })
        .collect();
    let mut named = |b: &Option<Box<ast::NamedBlock>>| b.as_ref().map(|b| low.named_block(b));
    let mut begin = named(&source.ast.begin);
    let mut process = named(&source.ast.process);
    let mut end = named(&source.ast.end);
    let clean = named(&source.ast.clean);
    if let Some(refusal) = stmt::refused(&source.ast) {
        // What would silently do something else does not run at all.
        (begin, process) = (None, None);
        end = Some(plan::Block { statements: vec![refusal], traps: Vec::new(), span: source.ast.span });
    }
    if source.filter && process.is_none() {
        process = end.take();
    }
    let uses = low.uses;
    let table = match low.mode {
        Mode::Local(t) => t,
        _ => SlotTable::automatic(),
    };
    BlockPlan { table: Rc::new(table), params, begin, process, end, clean, uses }
}

/// Lowers one expression for a scope (defaults of parameters, attribute arguments).
pub fn expression(expr: &ast::Expr, source: &Rc<Source>, scope: Scope, globals: &mut Globals) -> plan::Expr {
    let mode = if scope == Scope::Global { Mode::Global } else { Mode::Dynamic };
    Lowerer { source, globals, mode, uses: Uses::default() }.expr(expr)
}

impl Lowerer<'_> {
    fn place(&mut self, spelling: &str) -> Place {
        match &self.mode {
            Mode::Global => Place::Global(self.globals.cell(spelling)),
            Mode::Local(table) => match table.find(Name::new(spelling)) {
                Some(i) => Place::Slot(i as u32),
                None => Place::Dynamic,
            },
            Mode::Dynamic => Place::Dynamic,
        }
    }

    /// A variable of this scope by name.
    fn named_var(&mut self, spelling: &str) -> Var {
        Var {
            place: self.place(spelling),
            name: Name::new(spelling),
            spelling: Str::from(spelling),
            scope: ScopeMark::None,
        }
    }

    /// A variable that this code assigns, so that it has a slot of its own where code has slots.
    fn own_var(&mut self, spelling: &str) -> Var {
        if let Mode::Local(table) = &mut self.mode {
            table.add(spelling);
        }
        self.named_var(spelling)
    }

    fn var(&mut self, path: &ast::VariablePath) -> Var {
        let spelling = if exsh_core::name::same(path.name(), "PSItem") { "_" } else { path.name() };
        let scope = match path.scope {
            ast::VariableScope::None | ast::VariableScope::Variable | ast::VariableScope::Drive => {
                ScopeMark::None
            }
            ast::VariableScope::Global => ScopeMark::Global,
            ast::VariableScope::Local => ScopeMark::Local,
            ast::VariableScope::Private => ScopeMark::Private,
            ast::VariableScope::Script => ScopeMark::Script,
        };
        let place = match scope {
            ScopeMark::Global => Place::Global(self.globals.cell(spelling)),
            ScopeMark::Script if matches!(self.mode, Mode::Global) => {
                Place::Global(self.globals.cell(spelling))
            }
            ScopeMark::Script => Place::Dynamic,
            ScopeMark::None | ScopeMark::Local | ScopeMark::Private => self.place(spelling),
        };
        Var { place, name: Name::new(spelling), spelling: Str::from(spelling), scope }
    }

    fn type_of(&self, name: &ast::TypeName) -> Type {
        let written: &str = &name.name;
        let found = exsh_dotnet::types::find(written).or_else(|| {
            self.source.namespaces.iter().find_map(|n| exsh_dotnet::types::find(&format!("{n}.{written}")))
        });
        match found {
            Some(t) => Type::Known(t),
            None => Type::Named(Str::from(written)),
        }
    }

    fn named_block(&mut self, b: &ast::NamedBlock) -> plan::Block {
        self.statements(&b.statements, &b.traps, b.span)
    }

    fn block(&mut self, b: &ast::StatementBlock) -> plan::Block {
        self.statements(&b.statements, &b.traps, b.span)
    }

    fn block_source(&self, ast: &Rc<ast::ScriptBlock>) -> Rc<BlockSource> {
        Rc::new(BlockSource {
            ast: ast.clone(),
            parameters: None,
            source: self.source.clone(),
            name: None,
            filter: false,
        })
    }
}

/// Labels are names; zero is no label.
pub fn label(text: Option<&str>) -> u32 {
    text.map_or(0, |t| Name::new(t).index() as u32 + 1)
}
