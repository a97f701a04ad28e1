//! `-FileName` and `-RequestFile` went with the 2022 H1 updates: 2016 CU23 (15.1.2507) and 2019 CU12 (15.2.1118).
//! A server that is newer answers as the binder does for a name it does not know.

use exsh_core::error::{Category, ErrorRecord};
use exsh_state::model::Server;

/// Are the parameters still there on this server?
pub fn exist_on(server: &Server) -> bool {
    match build(&server.admin_display_version) {
        Some((15, 1, build)) => build < 2507,
        Some((15, 2, build)) => build < 1118,
        Some((major, minor, _)) => (major, minor) < (15, 1),
        None => false,
    }
}

/// M18: PowerShell's own words, with the cmdlet's name as the second part of the id.
pub fn unknown_parameter(name: &str, cmdlet: &str) -> ErrorRecord {
    let record = ErrorRecord::of(
        "System.Management.Automation.ParameterBindingException",
        "NamedParameterNotFound",
        Category::InvalidArgument,
        format!("A parameter cannot be found that matches parameter name '{name}'."),
    )
    .advice("Read the file with [System.IO.File]::ReadAllBytes and give -FileData, or write the returned data yourself: this server's version has no file parameters.");
    record.context.borrow_mut().command_id = Some(cmdlet.into());
    record
}

/// `Version 15.1 (Build 2375.7)` as (15, 1, 2375).
fn build(text: &str) -> Option<(u32, u32, u32)> {
    let (version, build) = text.strip_prefix("Version ")?.split_once(" (Build ")?;
    let (major, minor) = version.split_once('.')?;
    let build = build.split(['.', ')']).next()?;
    Some((major.parse().ok()?, minor.parse().ok()?, build.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::tests::server;

    #[test]
    fn file_parameters_went_with_the_updates_of_2022() {
        // documented: the parameter pages of Import- and Export-ExchangeCertificate.
        for (version, expected) in [
            ("Version 15.1 (Build 2375.7)", true),
            ("Version 15.1 (Build 2507.6)", false),
            ("Version 15.2 (Build 986.5)", true),
            ("Version 15.2 (Build 1118.7)", false),
            ("Version 15.2 (Build 2562.17)", false),
            ("Version 15.0 (Build 1497.2)", true),
            ("nonsense", false),
        ] {
            let ex01 = Server { admin_display_version: version.to_owned(), ..server() };
            assert_eq!(exist_on(&ex01), expected, "{version}");
        }
    }
}
