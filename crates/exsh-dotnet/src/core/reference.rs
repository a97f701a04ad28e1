//! `[ref]`: a place that a method may write to.

use crate::sig::{arg, constructors, properties};
use crate::{fail, types};
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Object, Result, Shell, Value};
use std::any::Any;
use std::cell::RefCell;

pub static TYPE: TypeInfo = TypeInfo::class("System.Management.Automation.PSReference", MEMBERS);
pub const REF: TypeRef = &TYPE;

type Get = Box<dyn Fn(&mut dyn Shell) -> Result<Value>>;
type Set = Box<dyn Fn(&mut dyn Shell, Value) -> Result<()>>;

/// A reference to a value of its own, or to a variable through two closures.
pub enum Reference {
    Own(RefCell<Value>),
    Variable(Get, Set),
}

impl Reference {
    pub fn new(value: Value) -> Reference {
        Reference::Own(RefCell::new(value))
    }

    /// For the engine: a variable behind it.
    pub fn to_variable(get: Get, set: Set) -> Reference {
        Reference::Variable(get, set)
    }

    pub fn get(&self, shell: &mut dyn Shell) -> Result<Value> {
        match self {
            Reference::Own(v) => Ok(v.borrow().clone()),
            Reference::Variable(get, _) => get(shell),
        }
    }

    pub fn set(&self, shell: &mut dyn Shell, value: Value) -> Result<()> {
        match self {
            Reference::Own(v) => {
                *v.borrow_mut() = value;
                Ok(())
            }
            Reference::Variable(_, set) => set(shell, value),
        }
    }
}

impl Object for Reference {
    fn type_info(&self) -> TypeRef {
        &TYPE
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Writes through an argument that must be a reference.
pub fn assign(shell: &mut dyn Shell, reference: &Value, value: Value) -> Result<()> {
    match reference.downcast::<Reference>() {
        Some(r) => r.set(shell, value),
        None if reference.is_null() => Ok(()),
        None => {
            let name = types::of(reference).map_or("", |t| t.name);
            Err(fail::thrown(
                "System.ArgumentException",
                format!("Argument must be a reference ([ref]), not {name}."),
            ))
        }
    }
}

pub const MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Value: "System.Object" = |shell, this| match this.downcast::<Reference>() {
            Some(r) => r.get(shell),
            None => Ok(Value::NULL),
        }, set |shell, this, v| match this.downcast::<Reference>() {
            Some(r) => r.set(shell, v),
            None => Ok(()),
        };
    },
    methods: &[],
    static_properties: &[],
    static_methods: &[],
    constructors: constructors! {
        "System.Management.Automation.PSReference";
        (value: crate::sig::OBJ) = |_, _, a| Ok(Value::object(Reference::new(arg(a, 0).clone())));
    },
};
