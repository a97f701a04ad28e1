//! Small pieces of error records that several cmdlets share.

use exsh_core::error::{Category, ErrorRecord};
use exsh_core::value::Value;
use std::rc::Rc;

/// A record about an object that reached the cmdlet as a PSObject.
pub trait About {
    /// Sets the target; CategoryInfo then names its type PSObject, whatever is inside.
    fn about(self, object: &Value) -> Self;
}

impl About for ErrorRecord {
    fn about(self, object: &Value) -> ErrorRecord {
        let record = self.on(object.clone());
        record.context.borrow_mut().target_type = Some("PSObject".into());
        record
    }
}

/// A PSArgumentException (`InvalidArgument`).
pub fn argument(id: &'static str, message: impl Into<Rc<str>>) -> ErrorRecord {
    ErrorRecord::of(
        "System.Management.Automation.PSArgumentException",
        id,
        Category::InvalidArgument,
        message,
    )
}

/// `Cannot find path '…' because it does not exist.` (`PathNotFound`)
pub fn path_not_found(path: &str) -> ErrorRecord {
    ErrorRecord::of(
        "System.Management.Automation.ItemNotFoundException",
        "PathNotFound",
        Category::ObjectNotFound,
        format!("Cannot find path '{path}' because it does not exist."),
    )
    .on(Value::text(path))
}
