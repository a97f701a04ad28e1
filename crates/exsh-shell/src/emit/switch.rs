//! `switch` in all its modes.

use super::cells;
use super::{BlockCode, Emitter, Expr, Stmt};
use crate::lower::plan::{Expr as P, Switch, Var};
use crate::run::engine::Engine;
use crate::run::sink::{Ctl, Pipe};
use exsh_core::{Category, ErrorRecord, Flow, Invoke, Result, Shell, Value, View};
use exsh_dotnet::ops::{pattern, regex};
use exsh_dotnet::{convert, text};

enum Test {
    /// A script block decides, with the item as `$_`.
    Block(Expr),
    Value(Expr),
}

enum Mode {
    Exact,
    Wildcard,
    Regex,
}

impl Emitter {
    pub(super) fn switch_stmt(&self, s: &Switch) -> Stmt {
        let over = self.value(&s.over);
        let clauses: Vec<(Test, BlockCode)> = s
            .clauses
            .iter()
            .map(|(c, b)| {
                let test = match c {
                    P::ScriptBlock(_) => Test::Block(self.expr(c)),
                    _ => Test::Value(self.expr(c)),
                };
                (test, self.block(b))
            })
            .collect();
        let default = s.default.as_ref().map(|b| self.block(b));
        let mode = if s.flags.regex {
            Mode::Regex
        } else if s.flags.wildcard {
            Mode::Wildcard
        } else {
            Mode::Exact
        };
        let ignore_case = !s.flags.case_sensitive;
        let file = s.flags.file;
        let label = s.label;
        let matches: Option<Var> = s.matches.clone();
        Box::new(move |m, out| {
            let v = over(m)?;
            let saved = m.dollar_under().clone();
            let mut result = Ok(Ctl::Next);
            let run = |m: &mut Engine, out: &mut dyn Pipe, item: Value| -> Result<Option<Ctl>> {
                *m.dollar_under() = item.clone();
                let r = one_item(
                    m,
                    out,
                    &item,
                    &clauses,
                    default.as_ref(),
                    &mode,
                    ignore_case,
                    matches.as_ref(),
                )?;
                Ok(match r {
                    Ctl::Next => None,
                    Ctl::Continue(l) if l == 0 || l == label => None,
                    Ctl::Break(l) if l == 0 || l == label => Some(Ctl::Next),
                    other => Some(other),
                })
            };
            let items: Vec<Value> = if file {
                lines_of(m, &text::to_text(&v))?
            } else {
                match v.base().view() {
                    View::List(l) => l.items().clone(),
                    View::Nothing => Vec::new(),
                    _ => vec![v.clone()],
                }
            };
            for item in items {
                match run(m, out, item) {
                    Ok(None) => {}
                    Ok(Some(ctl)) => {
                        result = Ok(ctl);
                        break;
                    }
                    Err(flow) => {
                        result = match *flow {
                            Flow::Break(None) => Ok(Ctl::Next),
                            Flow::Continue(None) => continue,
                            other => Err(Box::new(other)),
                        };
                        break;
                    }
                }
                m.check_interrupt()?;
            }
            *m.dollar_under() = saved;
            result
        })
    }
}

#[allow(clippy::too_many_arguments)]
fn one_item(
    m: &mut Engine,
    out: &mut dyn Pipe,
    item: &Value,
    clauses: &[(Test, BlockCode)],
    default: Option<&BlockCode>,
    mode: &Mode,
    ignore_case: bool,
    matches: Option<&Var>,
) -> Result<Ctl> {
    let mut any = false;
    for (test, body) in clauses {
        let hit = match test {
            Test::Block(code) => {
                let block = code(m)?;
                let results = m.call(
                    &block,
                    Invoke { dollar_under: Some(item.clone()), same_scope: true, ..Invoke::default() },
                )?;
                convert::to_bool(&exsh_core::enumerate::collapse(results))
            }
            Test::Value(code) => {
                let label = code(m)?;
                if label.downcast::<crate::command::function::BlockObject>().is_some() {
                    let results = m.call(
                        &label,
                        Invoke { dollar_under: Some(item.clone()), same_scope: true, ..Invoke::default() },
                    )?;
                    convert::to_bool(&exsh_core::enumerate::collapse(results))
                } else {
                    fits(m, mode, ignore_case, &label, item, matches)?
                }
            }
        };
        if hit {
            any = true;
            match body.run(m, out)? {
                Ctl::Next => {}
                ctl => return Ok(ctl),
            }
        }
    }
    match default {
        Some(d) if !any => d.run(m, out),
        _ => Ok(Ctl::Next),
    }
}

/// Labels compare as strings.
fn fits(
    m: &mut Engine,
    mode: &Mode,
    ignore_case: bool,
    label: &Value,
    item: &Value,
    matches: Option<&Var>,
) -> Result<bool> {
    let text = text::to_text(item);
    match mode {
        Mode::Exact => {
            let label = text::to_text(label);
            Ok(if ignore_case {
                exsh_core::name::same(&label, &text)
            } else {
                label.as_str() == text.as_str()
            })
        }
        Mode::Wildcard => Ok(pattern::compile(&text::to_text(label), ignore_case)?.matches(&text)),
        Mode::Regex => match regex::match_scalar(item, label, ignore_case)? {
            Some(found) => {
                if let Some(var) = matches {
                    cells::store(m, var, found.table())?;
                }
                Ok(true)
            }
            None => Ok(false),
        },
    }
}

fn lines_of(m: &mut Engine, path: &str) -> Result<Vec<Value>> {
    let full = m.file_path(path)?;
    let bytes = std::fs::read(&full).map_err(|e| {
        ErrorRecord::of(
            "System.IO.FileNotFoundException",
            "FileOpenFailure",
            Category::OpenError,
            format!("Could not find file '{}': {e}", full.display()),
        )
    })?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.lines().map(Value::text).collect())
}
