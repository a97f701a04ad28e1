//! `System.Management.Automation.ScriptBlock`: members that the engine lets anybody have.

use crate::sig::*;
use exsh_core::enumerate::collapse;
use exsh_core::types::MemberTable;
use exsh_core::{Invoke, Value};

pub static MEMBERS: MemberTable = MemberTable {
    properties: &[],
    methods: methods! {
        Invoke {
            (args: OBJS => rest) -> "System.Collections.ObjectModel.Collection[psobject]" = |shell, this, a| {
                let args = arg(a, 0).base().as_list().map_or_else(Vec::new, |l| l.items().clone());
                let r = shell.call(this, Invoke { args, ..Invoke::default() })?;
                Ok(Value::list_of(crate::types::collection_of(&exsh_core::types::PS_OBJECT), r))
            };
        }
        InvokeReturnAsIs {
            (args: OBJS => rest) -> "System.Object" = |shell, this, a| {
                let args = arg(a, 0).base().as_list().map_or_else(Vec::new, |l| l.items().clone());
                Ok(collapse(shell.call(this, Invoke { args, ..Invoke::default() })?))
            };
        }
    },
    static_properties: &[],
    static_methods: methods! {
        Create { (script: STR) -> "scriptblock" = |shell, _, a| shell.compile(&str_at(a, 0)); }
    },
    constructors: &[],
};
