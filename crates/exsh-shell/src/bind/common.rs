//! The common parameters: their names and what their values mean (about_CommonParameters).

use super::errors::{self, Fault, Subject};
use super::{ActionPreference, Binding, CommandMeta, one};
use exsh_core::out::Shell;
use exsh_core::types::{self, TypeRef};
use exsh_core::value::{Str, Value};
use exsh_dotnet::types::enums::ACTION_PREFERENCE;

pub(super) struct Common {
    pub name: &'static str,
    pub alias: &'static str,
    pub ty: TypeRef,
}

const fn common(name: &'static str, alias: &'static str, ty: TypeRef) -> Common {
    Common { name, alias, ty }
}

/// In the reference's order; the last two are known only to commands that support ShouldProcess.
pub(super) static COMMON: &[Common] = &[
    common("Verbose", "vb", &types::SWITCH),
    common("Debug", "db", &types::SWITCH),
    common("ErrorAction", "ea", &ACTION_PREFERENCE),
    common("WarningAction", "wa", &ACTION_PREFERENCE),
    common("InformationAction", "infa", &ACTION_PREFERENCE),
    common("ProgressAction", "proga", &ACTION_PREFERENCE),
    common("ErrorVariable", "ev", &types::STRING),
    common("WarningVariable", "wv", &types::STRING),
    common("InformationVariable", "iv", &types::STRING),
    common("OutVariable", "ov", &types::STRING),
    common("OutBuffer", "ob", &types::INT32),
    common("PipelineVariable", "pv", &types::STRING),
    common("WhatIf", "wi", &types::SWITCH),
    common("Confirm", "cf", &types::SWITCH),
];

pub(super) const SHOULD_PROCESS_FROM: usize = 12;

impl ActionPreference {
    /// From a member of the enumeration, its name in any case, or its number 0 to 6.
    pub fn parse(value: &Value) -> Option<ActionPreference> {
        let value = value.base();
        let number = match (value.as_enum(), value.as_str()) {
            (Some(e), _) => e.number,
            (_, Some(text)) => {
                let text = text.as_str().trim();
                match ALL.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)) {
                    Some((_, action)) => return Some(*action),
                    None => text.parse().ok()?,
                }
            }
            _ => value.as_int().map(i64::from).or_else(|| value.as_long())?,
        };
        ALL.get(usize::try_from(number).ok()?).map(|(_, action)| *action)
    }

    pub fn name(self) -> &'static str {
        ALL[self as usize].0
    }
}

const ALL: [(&str, ActionPreference); 7] = [
    ("SilentlyContinue", ActionPreference::SilentlyContinue),
    ("Stop", ActionPreference::Stop),
    ("Continue", ActionPreference::Continue),
    ("Inquire", ActionPreference::Inquire),
    ("Ignore", ActionPreference::Ignore),
    ("Suspend", ActionPreference::Suspend),
    ("Break", ActionPreference::Break),
];

/// Binds one common parameter. They are a cmdlet's even in a script's function, so they convert as a cmdlet's do.
pub(super) fn bind(
    shell: &mut dyn Shell,
    meta: &CommandMeta,
    b: &mut Binding,
    index: usize,
    value: Value,
) -> Result<(), Fault> {
    let subject = Subject::new(COMMON[index].name, COMMON[index].ty);
    if b.state.common_seen & 1 << index != 0 {
        return Err(errors::already_bound(meta, subject));
    }
    b.state.common_seen |= 1 << index;
    let value = if value.is_null() && subject.ty.is_some_and(|t| t.is(&ACTION_PREFERENCE)) {
        return Err(errors::not_set(meta, subject, &null_action(shell)));
    } else {
        one::convert(shell, meta, subject, COMMON[index].ty, &value)?
    };
    let c = &mut b.common;
    let on = || value.as_bool() == Some(true);
    match index {
        0 => c.verbose = Some(on()),
        1 => c.debug = Some(on()),
        2 => c.error_action = Some(action(meta, subject, &value)?),
        3 => c.warning_action = Some(action(meta, subject, &value)?),
        4 => c.information_action = Some(action(meta, subject, &value)?),
        5 => c.progress_action = Some(action(meta, subject, &value)?),
        6 => c.error_variable = Some(variable(meta, subject, &value)?),
        7 => c.warning_variable = Some(variable(meta, subject, &value)?),
        8 => c.information_variable = Some(variable(meta, subject, &value)?),
        9 => c.out_variable = Some(variable(meta, subject, &value)?),
        10 => {
            let limits = super::Validation::Range(Value::int(0), Value::int(i32::MAX));
            super::validate(shell, &limits, &value, subject.name)
                .map_err(|inner| errors::invalid(meta, subject, &inner))?;
            c.out_buffer = value.as_int();
        }
        11 => c.pipeline_variable = Some(variable(meta, subject, &value)?.0),
        12 => c.what_if = Some(on()),
        _ => c.confirm = Some(on()),
    }
    Ok(())
}

fn action(meta: &CommandMeta, subject: Subject<'_>, value: &Value) -> Result<ActionPreference, Fault> {
    match ActionPreference::parse(value) {
        Some(ActionPreference::Suspend) => Err(errors::not_set(
            meta,
            subject,
            "The Suspend ActionPreference value is reserved for future use and is not supported at this time. For \
             more information about preference variables, see the Help topic, \"about_Preference_Variables.\"",
        )),
        Some(action) => Ok(action),
        // The conversion to the enumeration has already refused everything else.
        None => Err(errors::wrong_type(meta, subject, value, "")),
    }
}

fn null_action(shell: &mut dyn Shell) -> String {
    match exsh_dotnet::convert::cast(shell, &Value::NULL, &ACTION_PREFERENCE) {
        Err(flow) => exsh_dotnet::fail::message(&flow),
        Ok(_) => "Cannot convert null to type \"System.Management.Automation.ActionPreference\".".to_owned(),
    }
}

/// `name`, or `+name` to append.
fn variable(meta: &CommandMeta, subject: Subject<'_>, value: &Value) -> Result<(Str, bool), Fault> {
    let text = value.base().as_str().map_or("", |s| s.as_str());
    let (name, append) = match text.strip_prefix('+') {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    if name.is_empty() {
        return Err(errors::invalid(
            meta,
            subject,
            "Cannot process argument because the value of argument \"path\" is not valid. Change the value of the \
             \"path\" argument and run the operation again.",
        ));
    }
    Ok((Str::from(name), append))
}
