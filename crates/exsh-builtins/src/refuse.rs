//! Parameters that are declared, because the reference has them, and whose work is not there yet: giving one is an
//! error that says so. Nothing is silently ignored.

use exsh_core::cmdlet::{Bound, ParamSpec};
use exsh_core::error::{Category, ErrorRecord, Result};

/// Ends the command when one of `params` was given. Error id `ParameterNotImplemented`.
pub fn given(bound: &Bound, command: &str, params: &[&ParamSpec]) -> Result<()> {
    for p in params {
        if !bound.at(p.index as usize).is_unset() {
            return Err(ErrorRecord::of(
                "System.NotImplementedException",
                "ParameterNotImplemented",
                Category::NotImplemented,
                format!("The parameter -{} of {command} is not there yet in exsh.", p.name),
            )
            .advice("Leave the parameter out.")
            .into());
        }
    }
    Ok(())
}

/// `-Credential` on a command of the file system, refused in the reference's own words.
pub fn credential(bound: &Bound, param: &ParamSpec) -> Result<()> {
    let v = bound.at(param.index as usize);
    if v.is_null() {
        return Ok(());
    }
    Err(ErrorRecord::of(
        "System.NotSupportedException",
        "NotSupported",
        Category::NotImplemented,
        "The FileSystem provider supports credentials only on the New-PSDrive cmdlet. Perform the operation again \
         without specifying credentials.",
    )
    .into())
}
