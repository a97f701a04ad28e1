//! `.psbase` of a table: its own members, past its keys.

use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Object, Value};
use std::any::Any;

/// The view of a table by its type's members alone.
pub struct PsBase(pub Value);

pub static TYPE: TypeInfo = TypeInfo::class("System.Management.Automation.PSMemberSet", MemberTable::EMPTY);

impl Object for PsBase {
    fn type_info(&self) -> TypeRef {
        &TYPE
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}
