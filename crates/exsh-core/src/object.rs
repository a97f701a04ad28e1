//! Objects: Rust structs behind the `Object` trait, and ad-hoc objects that share their list of names.
//!
//! A domain object stays a Rust struct with a static [`crate::TypeInfo`]; nothing is copied into maps, and a property
//! nobody reads costs nothing. `[pscustomobject]`, CSV rows and selected objects share a [`Shape`] and store values only.

use crate::error::Result;
use crate::name::Name;
use crate::types::TypeRef;
use crate::value::{Str, Value};
use std::any::Any;
use std::cell::{Ref, RefCell, RefMut};
use std::rc::Rc;

/// A Rust struct that scripts see as an object. Its properties and methods stand in its type's tables.
pub trait Object: Any {
    fn type_info(&self) -> TypeRef;
    fn as_any(&self) -> &dyn Any;

    /// .NET's `ToString()`; nothing means the type's full name.
    fn to_text(&self) -> Option<String> {
        None
    }

    /// Items, when the pipeline enumerates this object (.NET's IEnumerable, strings and dictionaries excepted).
    fn enumerate(&self) -> Option<Vec<Value>> {
        None
    }

    /// Equality beyond identity: .NET's `Equals`.
    fn key_equals(&self, _other: &dyn Object) -> bool {
        false
    }

    /// Hash that agrees with [`Object::key_equals`]; nothing means identity.
    fn key_hash(&self) -> Option<u64> {
        None
    }

    /// Order against another object: .NET's IComparable; nothing means not comparable.
    fn compare(&self, _other: &Value) -> Option<std::cmp::Ordering> {
        None
    }

    /// A property that only this object knows (XML elements, COM-like adapters), after the type's own.
    fn dynamic_property(&self, _name: &str) -> Option<Result<Value>> {
        None
    }

    /// Names of those properties, in order.
    fn dynamic_names(&self) -> Vec<Str> {
        Vec::new()
    }

    /// Sets such a property; false when the object has none of that name.
    fn set_dynamic_property(&self, _name: &str, _value: &Value) -> Result<bool> {
        Ok(false)
    }
}

/// What a member of an ad-hoc object or an added member is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MemberKind {
    /// The stored value is the property's value.
    Note,
    /// The stored value is the text of the name it stands for.
    Alias,
    /// The stored value is a [`ScriptProperty`] object.
    Script,
    /// The stored value is a script block.
    ScriptMethod,
}

/// Getter and setter of a script property.
pub struct ScriptProperty {
    pub getter: Value,
    pub setter: Value,
}

impl Object for ScriptProperty {
    fn type_info(&self) -> TypeRef {
        &crate::types::PS_SCRIPT_PROPERTY
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// One name of a shape.
#[derive(Clone)]
pub struct ShapeMember {
    pub name: Name,
    /// The spelling to show.
    pub spelling: Str,
    pub kind: MemberKind,
}

/// The shared list of names of ad-hoc objects, with their chain of type names.
pub struct Shape {
    members: Vec<ShapeMember>,
    /// Custom type names, most derived first; empty means the plain PSCustomObject chain.
    type_names: Vec<Str>,
    all_notes: bool,
}

impl Shape {
    pub fn new(members: Vec<ShapeMember>, type_names: Vec<Str>) -> Rc<Shape> {
        let all_notes = members.iter().all(|m| m.kind == MemberKind::Note);
        Rc::new(Shape { members, type_names, all_notes })
    }

    /// A shape of note properties.
    pub fn of_names<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> Rc<Shape> {
        let members = names
            .into_iter()
            .map(|n| ShapeMember {
                name: Name::new(n.as_ref()),
                spelling: Str::from(n.as_ref()),
                kind: MemberKind::Note,
            })
            .collect();
        Shape::new(members, Vec::new())
    }

    pub fn members(&self) -> &[ShapeMember] {
        &self.members
    }
    pub fn type_names(&self) -> &[Str] {
        &self.type_names
    }
    pub fn all_notes(&self) -> bool {
        self.all_notes
    }

    /// The place of a name.
    #[inline]
    pub fn index_of(&self, name: Name) -> Option<usize> {
        self.members.iter().position(|m| m.name == name)
    }
}

/// Names by shape and their values: the inside of an ad-hoc object, and the members added to any other object.
pub struct Members {
    shape: Rc<Shape>,
    values: Vec<Value>,
}

impl Members {
    /// The two must have the same length.
    pub fn new(shape: Rc<Shape>, values: Vec<Value>) -> Members {
        assert_eq!(shape.members.len(), values.len(), "a shape has one value for each name");
        Members { shape, values }
    }

    pub fn empty() -> Members {
        Members { shape: Shape::new(Vec::new(), Vec::new()), values: Vec::new() }
    }

    pub fn shape(&self) -> &Rc<Shape> {
        &self.shape
    }
    pub fn values(&self) -> &[Value] {
        &self.values
    }
    pub fn len(&self) -> usize {
        self.values.len()
    }
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    pub fn get(&self, name: Name) -> Option<(MemberKind, &Value)> {
        let i = self.shape.index_of(name)?;
        Some((self.shape.members[i].kind, &self.values[i]))
    }

    pub fn value_mut(&mut self, index: usize) -> &mut Value {
        &mut self.values[index]
    }

    /// Adds a member, or replaces the one of that name.
    pub fn put(&mut self, spelling: &str, kind: MemberKind, value: Value) {
        let name = Name::new(spelling);
        if let Some(i) = self.shape.index_of(name)
            && self.shape.members[i].kind == kind
        {
            self.values[i] = value;
            return;
        }
        let mut members = self.shape.members.clone();
        let member = ShapeMember { name, spelling: Str::from(spelling), kind };
        match self.shape.index_of(name) {
            Some(i) => {
                members[i] = member;
                self.values[i] = value;
            }
            None => {
                members.push(member);
                self.values.push(value);
            }
        }
        self.shape = Shape::new(members, self.shape.type_names.clone());
    }

    pub fn remove(&mut self, name: Name) -> bool {
        let Some(i) = self.shape.index_of(name) else { return false };
        let mut members = self.shape.members.clone();
        members.remove(i);
        self.values.remove(i);
        self.shape = Shape::new(members, self.shape.type_names.clone());
        true
    }

    pub fn set_type_names(&mut self, names: Vec<Str>) {
        self.shape = Shape::new(self.shape.members.clone(), names);
    }
}

/// A PSCustomObject: reference semantics over [`Members`].
pub struct Custom {
    members: RefCell<Members>,
}

impl Custom {
    pub fn new(shape: Rc<Shape>, values: Vec<Value>) -> Custom {
        Custom { members: RefCell::new(Members::new(shape, values)) }
    }

    pub fn from_members(members: Members) -> Custom {
        Custom { members: RefCell::new(members) }
    }

    /// A custom object of note properties given in order.
    pub fn of<'a>(properties: impl IntoIterator<Item = (&'a str, Value)>) -> Custom {
        let (names, values): (Vec<_>, Vec<_>) = properties.into_iter().unzip();
        Custom::new(Shape::of_names(names), values)
    }

    pub fn members(&self) -> Ref<'_, Members> {
        self.members.borrow()
    }
    pub fn members_mut(&self) -> RefMut<'_, Members> {
        self.members.borrow_mut()
    }

    /// The value of a note property.
    pub fn note(&self, name: Name) -> Option<Value> {
        match self.members.borrow().get(name) {
            Some((MemberKind::Note, v)) => Some(v.clone()),
            _ => None,
        }
    }
}
