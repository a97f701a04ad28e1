//! Reading what is to be shown from objects: properties by name, script blocks, computed values.
//!
//! A reader remembers where it found its property last time (a shape's index, a type's getter), so that a stream of
//! objects of one kind costs one comparison each. Errors of a getter become an [`Outcome`]; only what must leave the
//! pipeline (stop, exit, interruption) is passed on.

use crate::views::Expr;
use exsh_core::enumerate;
use exsh_core::error::ErrorRecord;
use exsh_core::object::MemberKind;
use exsh_core::types::{Getter, TypeRef};
use exsh_core::value::View;
use exsh_core::{Flow, Invoke, Name, Result, Shape, Shell, Str, Value};
use exsh_dotnet::member;
use std::rc::Rc;

/// What reading gave.
pub enum Outcome {
    Value(Value),
    /// The object has no such property.
    Missing,
    Failed(Rc<ErrorRecord>),
}

impl Outcome {
    /// The value; null when there is none.
    pub fn value(self) -> Value {
        match self {
            Outcome::Value(v) => v,
            Outcome::Missing | Outcome::Failed(_) => Value::NULL,
        }
    }
}

/// Where a shown value comes from, ready to be read.
pub enum Source {
    Property(Reader),
    /// A script block.
    Script(Value),
    /// Text of a script that is compiled when it is needed first.
    Text(&'static str, Option<Value>),
    Compute(fn(&mut dyn Shell, &Value) -> Result<Value>),
    Plain(fn(&Value) -> Value),
    This,
}

impl Source {
    pub fn property(name: impl Into<Str>) -> Source {
        Source::Property(Reader::new(name.into()))
    }

    pub fn of(expr: &Expr) -> Source {
        match expr {
            Expr::Property(name) => Source::property(*name),
            Expr::Script(text) => Source::Text(text, None),
            Expr::Compute(f) => Source::Compute(*f),
            Expr::Plain(f) => Source::Plain(*f),
            Expr::This => Source::This,
        }
    }

    pub fn read(&mut self, shell: &mut dyn Shell, object: &Value) -> Result<Outcome> {
        match self {
            Source::Property(r) => r.read(shell, object),
            Source::Script(block) => outcome(run(shell, block, object)),
            Source::Text(text, block) => {
                let block = match block {
                    Some(b) => b,
                    None => block.insert(shell.compile(text)?),
                };
                outcome(run(shell, block, object))
            }
            Source::Compute(f) => outcome(f(shell, object)),
            Source::Plain(f) => Ok(Outcome::Value(f(object))),
            Source::This => Ok(Outcome::Value(object.clone())),
        }
    }

    /// How the source names itself in a heading or a message: the property's name or the script's text.
    pub fn text(&self) -> Str {
        match self {
            Source::Property(r) => r.text.clone(),
            Source::Script(block) => exsh_dotnet::text::to_text(block),
            Source::Text(text, _) => Str::from(*text),
            Source::Compute(_) | Source::Plain(_) | Source::This => Str::from(""),
        }
    }
}

/// Runs a script block with `$_`; its results are collapsed as a statement's are.
fn run(shell: &mut dyn Shell, block: &Value, object: &Value) -> Result<Value> {
    let how = Invoke { dollar_under: Some(object.clone()), propagate_errors: true, ..Invoke::default() };
    Ok(enumerate::collapse(shell.call(block, how)?))
}

/// An error is an outcome; anything else that leaves early goes on leaving.
fn outcome(result: Result<Value>) -> Result<Outcome> {
    match result {
        Ok(v) => Ok(Outcome::Value(v)),
        Err(flow) => match *flow {
            Flow::Error(record) => Ok(Outcome::Failed(record)),
            other => Err(Box::new(other)),
        },
    }
}

/// One property by name.
pub struct Reader {
    text: Str,
    name: Name,
    place: Place,
}

enum Place {
    Unknown,
    /// Index of a note in objects of this shape.
    Note(Rc<Shape>, usize),
    Getter(TypeRef, Getter),
}

impl Reader {
    pub fn new(text: Str) -> Reader {
        let name = Name::new(text.as_str());
        Reader { text, name, place: Place::Unknown }
    }

    #[inline]
    pub fn read(&mut self, shell: &mut dyn Shell, object: &Value) -> Result<Outcome> {
        match (object.view(), &self.place) {
            (View::Custom(c), Place::Note(shape, i)) => {
                let members = c.members();
                if Rc::ptr_eq(members.shape(), shape) {
                    return Ok(Outcome::Value(members.values()[*i].clone()));
                }
            }
            (View::Object(o), Place::Getter(ty, get))
                if o.get().type_info().is(ty) && o.extra().borrow().is_none() =>
            {
                let get = *get;
                return outcome(get(shell, object));
            }
            _ => {}
        }
        self.read_anew(shell, object)
    }

    #[cold]
    fn read_anew(&mut self, shell: &mut dyn Shell, object: &Value) -> Result<Outcome> {
        match object.view() {
            View::Custom(c) => {
                let members = c.members();
                if let Some(i) = members.shape().index_of(self.name)
                    && members.shape().members()[i].kind == MemberKind::Note
                {
                    self.place = Place::Note(members.shape().clone(), i);
                    return Ok(Outcome::Value(members.values()[i].clone()));
                }
            }
            View::Object(o) if o.extra().borrow().is_none() => {
                let ty = o.get().type_info();
                if let Some(p) = member::find_property(ty, &self.text) {
                    self.place = Place::Getter(ty, p.get);
                    return outcome((p.get)(shell, object));
                }
            }
            _ => {}
        }
        match member::get(shell, object, self.name) {
            Ok(Some(v)) => Ok(Outcome::Value(v)),
            Ok(None) => Ok(Outcome::Missing),
            Err(flow) => outcome(Err(flow)),
        }
    }
}

/// What an object has in common with others that have the same properties, for caches.
#[derive(Clone)]
pub enum Sort {
    Shape(Rc<Shape>),
    Type(TypeRef),
    /// Nothing can be said: it has members of its own.
    Single,
}

impl Sort {
    pub fn of(object: &Value) -> Sort {
        match object.view() {
            View::Custom(c) => Sort::Shape(c.members().shape().clone()),
            View::Object(o) if o.extra().borrow().is_none() && o.get().dynamic_names().is_empty() => {
                Sort::Type(o.get().type_info())
            }
            View::DateTime(_) | View::TimeSpan(_) | View::Type(_) => {
                object.type_info().map_or(Sort::Single, Sort::Type)
            }
            _ => Sort::Single,
        }
    }

    /// Is this object of the same sort?
    #[inline]
    pub fn fits(&self, object: &Value) -> bool {
        match (self, object.view()) {
            (Sort::Shape(s), View::Custom(c)) => Rc::ptr_eq(s, c.members().shape()),
            (Sort::Type(t), View::Object(o)) => o.get().type_info().is(t) && o.extra().borrow().is_none(),
            (Sort::Type(t), View::DateTime(_) | View::TimeSpan(_) | View::Type(_)) => {
                object.type_info().is_some_and(|u| u.is(t))
            }
            _ => false,
        }
    }
}

/// Names that a remote session adds to every object; no table or list shows them by itself.
pub fn is_remoting_name(name: &str) -> bool {
    ["PSComputerName", "PSShowComputerName", "RunspaceId", "PSSourceJobInstanceId"]
        .iter()
        .any(|n| n.eq_ignore_ascii_case(name))
}
