//! What `#requires` lines ask for.

use crate::text::Text;

/// ScriptRequirements: all `#requires` lines of a script together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ScriptRequirements {
    /// `-Version`, as `major.minor[.build[.revision]]`.
    pub version: Option<Text>,
    pub modules: Vec<ModuleRequirement>,
    /// `-PSEdition`.
    pub editions: Vec<Text>,
    /// `-RunAsAdministrator`.
    pub elevated: bool,
}

/// One module asked for by `#requires -Modules`: a name or a specification table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ModuleRequirement {
    pub name: Text,
    pub version: Option<Text>,
    pub maximum_version: Option<Text>,
    pub required_version: Option<Text>,
    pub guid: Option<Text>,
}

impl std::fmt::Display for ModuleRequirement {
    /// As the reference writes a module specification.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.version.is_none()
            && self.maximum_version.is_none()
            && self.required_version.is_none()
            && self.guid.is_none()
        {
            return f.write_str(&self.name);
        }
        write!(f, "@{{ ModuleName = '{}'", self.name)?;
        let entries = [
            ("GUID", &self.guid, "'{"),
            ("ModuleVersion", &self.version, "'"),
            ("MaximumVersion", &self.maximum_version, "'"),
            ("RequiredVersion", &self.required_version, "'"),
        ];
        for (key, value, quote) in entries {
            if let Some(value) = value {
                let close = if quote == "'{" { "}'" } else { "'" };
                write!(f, "; {key} = {quote}{value}{close}")?;
            }
        }
        f.write_str(" }")
    }
}
