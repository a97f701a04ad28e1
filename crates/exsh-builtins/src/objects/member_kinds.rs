//! Kinds of members as numbers of PSMemberTypes, and what they are.

use exsh_dotnet::member::MemberType;
use exsh_dotnet::types::enums::PSMEMBER_TYPES;

/// The number in PSMemberTypes.
pub fn number(kind: MemberType) -> i64 {
    let info = PSMEMBER_TYPES.enumeration.expect("it is an enumeration");
    info.members.iter().find(|(name, _)| *name == kind.name()).map_or(0, |(_, n)| *n)
}

/// The name of a single kind; empty for a number that is none.
pub fn name(number: i64) -> &'static str {
    let info = PSMEMBER_TYPES.enumeration.expect("it is an enumeration");
    info.members.iter().find(|(_, n)| *n == number).map_or("", |(name, _)| name)
}

pub fn is_method(kind: MemberType) -> bool {
    matches!(kind, MemberType::Method | MemberType::CodeMethod | MemberType::ScriptMethod)
}

/// Added by a script or by PowerShell's type data, not by .NET.
pub fn is_extended(kind: MemberType) -> bool {
    !matches!(
        kind,
        MemberType::Property | MemberType::Method | MemberType::ParameterizedProperty | MemberType::Event
    )
}
