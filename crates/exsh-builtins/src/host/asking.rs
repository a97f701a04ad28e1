//! Asking the person at the console, and what is said when nobody can answer.

use exsh_core::error::{Category, ErrorRecord, Flow};
use exsh_core::host::NoAnswer;

/// Why an answer could not be had, as the flow that ends the command; nothing at the end of input.
pub fn no_answer(why: NoAnswer) -> Option<Box<Flow>> {
    match why {
        NoAnswer::EndOfInput => None,
        NoAnswer::Interrupted => Some(Box::new(Flow::Interrupted)),
        NoAnswer::NonInteractive => Some(
            ErrorRecord::of(
                "System.Management.Automation.PSInvalidOperationException",
                "InvalidOperation",
                Category::InvalidOperation,
                "PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.",
            )
            .into(),
        ),
    }
}
