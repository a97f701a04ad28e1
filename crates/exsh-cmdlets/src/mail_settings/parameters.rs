//! Parameter types of Set-ImapSettings, Set-PopSettings and the UM cmdlets: enumerations, time spans, lists.
//!
//! Enumerations have the numbers that the reference pages print; those of ExtendedProtectionPolicy are inferred.

use super::endpoints;
use exsh_core::cmdlet::FromValue;
use exsh_core::types::{self, EnumInfo, MemberTable, TypeInfo, TypeRef};
use exsh_core::value::{Value, View};
use exsh_state::model;

/// Makes an enumeration type and the parameter type that reads it as the state's own enum.
macro_rules! enumeration {
    ($(#[$meta:meta])* $param:ident, $info:ident, $ty:ident, $name:literal, $row:ty, { $($text:literal = $number:literal => $variant:expr),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $param(pub $row);

        static $info: EnumInfo =
            EnumInfo { flags: false, members: &[$(($text, $number)),+], underlying: &types::INT32 };
        pub static $ty: TypeInfo = TypeInfo::enumeration($name, &$info);

        impl FromValue for $param {
            const TYPE: TypeRef = &$ty;
            fn from_value(value: &Value) -> Option<$param> {
                let number = value.base().as_enum()?.number;
                match number {
                    $($number => Some($param($variant)),)+
                    _ => None,
                }
            }
        }

        impl $param {
            /// The enumeration's value for a property.
            pub fn value(row: $row) -> Value {
                let number = [$(($variant, $number)),+].iter().find(|(v, _)| *v == row).map_or(0, |(_, n)| *n);
                Value::enumeration(&$ty, number)
            }
        }
    };
}
pub(crate) use enumeration;

enumeration!(Calendar, CALENDAR_INFO, CALENDAR, "Microsoft.Exchange.Data.Directory.CalendarItemRetrievalOptions",
model::CalendarItemRetrieval, {
    "iCalendar" = 0 => model::CalendarItemRetrieval::ICalendar,
    "intranetUrl" = 1 => model::CalendarItemRetrieval::IntranetUrl,
    "InternetUrl" = 2 => model::CalendarItemRetrieval::InternetUrl,
    "Custom" = 3 => model::CalendarItemRetrieval::Custom,
});

enumeration!(Protection, PROTECTION_INFO, PROTECTION,
"Microsoft.Exchange.Data.Directory.SystemConfiguration.ExtendedProtectionTokenCheckingMode",
model::ExtendedProtection, {
    "None" = 0 => model::ExtendedProtection::None,
    "Allow" = 1 => model::ExtendedProtection::Allow,
    "Require" = 2 => model::ExtendedProtection::Require,
});

enumeration!(RollOver, ROLL_OVER_INFO, ROLL_OVER, "Microsoft.Exchange.Data.Directory.SystemConfiguration.LogFileRollOver",
model::LogRollOver, {
    "Hourly" = 1 => model::LogRollOver::Hourly,
    "Daily" = 2 => model::LogRollOver::Daily,
    "Weekly" = 3 => model::LogRollOver::Weekly,
    "Monthly" = 4 => model::LogRollOver::Monthly,
});

enumeration!(Login, LOGIN_INFO, LOGIN, "Microsoft.Exchange.Data.Directory.SystemConfiguration.LoginOptions",
model::LoginType, {
    "PlainTextLogin" = 1 => model::LoginType::PlainTextLogin,
    "PlainTextAuthentication" = 2 => model::LoginType::PlainTextAuthentication,
    "SecureLogin" = 3 => model::LoginType::SecureLogin,
});

enumeration!(Mime, MIME_INFO, MIME, "Microsoft.Exchange.Data.Directory.MimeTextFormat",
model::MimeFormat, {
    "TextOnly" = 0 => model::MimeFormat::TextOnly,
    "HtmlOnly" = 1 => model::MimeFormat::HtmlOnly,
    "HtmlAndTextAlternative" = 2 => model::MimeFormat::HtmlAndTextAlternative,
    "TextEnrichedOnly" = 3 => model::MimeFormat::TextEnrichedOnly,
    "TextEnrichedAndTextAlternative" = 4 => model::MimeFormat::TextEnrichedAndTextAlternative,
    "BestBodyFormat" = 5 => model::MimeFormat::BestBodyFormat,
    "Tnef" = 6 => model::MimeFormat::Tnef,
});

enumeration!(Order, ORDER_INFO, ORDER, "Microsoft.Exchange.Data.Directory.SystemConfiguration.SortOrder",
model::SortOrder, {
    "Ascending" = 0 => model::SortOrder::Ascending,
    "Descending" = 1 => model::SortOrder::Descending,
});

/// EnhancedTimeSpan: whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeSpan(pub i64);

pub static ENHANCED_TIME_SPAN: TypeInfo =
    TypeInfo::class("Microsoft.Exchange.Data.EnhancedTimeSpan", MemberTable::EMPTY).made_by(time_span);

impl FromValue for TimeSpan {
    const TYPE: TypeRef = &ENHANCED_TIME_SPAN;
    fn from_value(value: &Value) -> Option<TimeSpan> {
        value.base().as_time_span().map(|ticks| TimeSpan(ticks / TICKS_PER_SECOND))
    }
}

impl TimeSpan {
    pub fn value(seconds: u64) -> Value {
        Value::time_span(
            i64::try_from(seconds).unwrap_or(i64::MAX / TICKS_PER_SECOND).saturating_mul(TICKS_PER_SECOND),
        )
    }
}

const TICKS_PER_SECOND: i64 = 10_000_000;

fn time_span(value: &Value) -> Result<Value, String> {
    if let View::TimeSpan(_) = value.base().view() {
        return Ok(value.base().clone());
    }
    let text = exsh_dotnet::text::to_text(value);
    exsh_dotnet::time::span::parse(text.as_str())
        .map(Value::time_span)
        .map_err(|failure| failure.message(text.as_str()))
}

/// An address of a web site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url(pub String);

pub static URI: TypeInfo = TypeInfo::class("System.Uri", MemberTable::EMPTY).made_by(uri);

impl FromValue for Url {
    const TYPE: TypeRef = &URI;
    fn from_value(value: &Value) -> Option<Url> {
        value.base().as_str().map(|s| Url(s.as_str().to_owned()))
    }
}

fn uri(value: &Value) -> Result<Value, String> {
    let text = exsh_dotnet::text::to_text(value);
    let legal = text.as_str().split_once("://").is_some_and(|(scheme, rest)| {
        (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
            && endpoints::is_host(rest.split(['/', ':', '?']).next().unwrap_or(""))
    });
    match legal || text.as_str().is_empty() {
        true => Ok(Value::string(text)),
        false => Err(format!(
            "\"{text}\" isn't a web address. It begins with http:// or https:// and a host name."
        )),
    }
}

/// MultiValuedProperty: what a list becomes. A hashtable with Add and Remove changes it, anything else replaces it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    Replace(Vec<String>),
    Change { add: Vec<String>, remove: Vec<String> },
}

impl Edit {
    /// The list after the edit. Items are the same without regard to case; adding one that is there changes nothing.
    pub fn apply(&self, current: &[String]) -> Vec<String> {
        let same = |a: &String, b: &String| a.eq_ignore_ascii_case(b);
        match self {
            Edit::Replace(items) => {
                let mut list: Vec<String> = Vec::with_capacity(items.len());
                for item in items {
                    if !list.iter().any(|l| same(l, item)) {
                        list.push(item.clone());
                    }
                }
                list
            }
            Edit::Change { add, remove } => {
                let mut list: Vec<String> =
                    current.iter().filter(|c| !remove.iter().any(|r| same(r, c))).cloned().collect();
                for item in add {
                    if !list.iter().any(|l| same(l, item)) {
                        list.push(item.clone());
                    }
                }
                list
            }
        }
    }

    /// Reads what the binder left: a normal list, or a table of Add and Remove.
    pub fn read(value: &Value) -> Option<Edit> {
        match value.base().view() {
            View::Null | View::Nothing => Some(Edit::Replace(Vec::new())),
            View::Table(table) => {
                let part = |name: &str| table.get_text(name).map_or_else(Vec::new, |v| texts(&v));
                Some(Edit::Change { add: part("Add"), remove: part("Remove") })
            }
            _ => Some(Edit::Replace(texts(value))),
        }
    }
}

/// Checks every item of a value with `parse` and gives it back in its normal form: a text array, or a table of
/// Add and Remove.
pub fn normal_list(value: &Value, parse: fn(&str) -> Result<String, String>) -> Result<Value, String> {
    let all = |value: &Value| -> Result<Value, String> {
        let items = texts(value).iter().map(|t| parse(t).map(Value::from)).collect::<Result<Vec<_>, _>>()?;
        Ok(Value::list_of(&types::STRING_ARRAY, items))
    };
    match value.base().view() {
        View::Table(table) => {
            let normal =
                exsh_core::value::Table::new(&types::HASHTABLE, exsh_core::value::KeyMode::IgnoreCase);
            for (key, items) in table.entries() {
                let name = exsh_dotnet::text::to_text(&key);
                let name = match name.as_str() {
                    n if n.eq_ignore_ascii_case("Add") => "Add",
                    n if n.eq_ignore_ascii_case("Remove") => "Remove",
                    other => {
                        return Err(format!(
                            "The operation \"{other}\" isn't known. A hashtable for a list has the keys Add and Remove: @{{Add=\"a\",\"b\"; Remove=\"c\"}}."
                        ));
                    }
                };
                normal.set(Value::text(name), all(&items)?);
            }
            Ok(Value::table(normal))
        }
        _ => all(value),
    }
}

fn texts(value: &Value) -> Vec<String> {
    exsh_core::enumerate::items(value)
        .iter()
        .filter(|v| !v.is_null())
        .map(|v| exsh_dotnet::text::to_text(v).as_str().to_owned())
        .collect()
}

/// Makes a list parameter type: its items are checked when it is bound.
macro_rules! list_parameter {
    ($param:ident, $ty:ident, $parse:expr) => {
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $param(pub $crate::mail_settings::Edit);

        pub static $ty: TypeInfo =
            TypeInfo::class("Microsoft.Exchange.Data.MultiValuedProperty", MemberTable::EMPTY)
                .made_by(|value| $crate::mail_settings::normal_list(value, $parse));

        impl FromValue for $param {
            const TYPE: TypeRef = &$ty;
            fn from_value(value: &Value) -> Option<$param> {
                $crate::mail_settings::Edit::read(value).map($param)
            }
        }
    };
}
pub(crate) use list_parameter;

list_parameter!(Connections, CONNECTIONS, endpoints::connection);
list_parameter!(Bindings, BINDINGS, endpoints::binding);

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(current: &[&str], edit: Edit) -> Vec<String> {
        edit.apply(&current.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>())
    }
    fn list(items: &[&str]) -> Vec<String> {
        items.iter().map(|s| (*s).to_owned()).collect()
    }

    /// Source: documented (the Add and Remove form of multivalued properties).
    #[test]
    fn lists_are_replaced_or_changed() {
        assert_eq!(edit(&["a", "b"], Edit::Replace(list(&["c", "C"]))), ["c"]);
        assert_eq!(edit(&["a"], Edit::Replace(Vec::new())), [""; 0]);
        let change = Edit::Change { add: list(&["c", "A"]), remove: list(&["B"]) };
        assert_eq!(edit(&["a", "b"], change), ["a", "c"]);
    }

    #[test]
    fn a_list_is_checked_when_it_is_bound() {
        let good = normal_list(&Value::text("Mail.contoso.com:993:ssl"), endpoints::connection).unwrap();
        assert_eq!(Edit::read(&good), Some(Edit::Replace(list(&["Mail.contoso.com:993:SSL"]))));
        assert!(
            normal_list(
                &Value::array(vec![Value::text("0.0.0.0:993"), Value::text("x")]),
                endpoints::binding
            )
            .is_err()
        );
        let table = exsh_core::value::Table::new(&types::HASHTABLE, exsh_core::value::KeyMode::IgnoreCase);
        table.set(Value::text("add"), Value::text("0.0.0.0:993"));
        let bound = normal_list(&Value::table(table), endpoints::binding).unwrap();
        assert_eq!(
            Edit::read(&bound),
            Some(Edit::Change { add: list(&["0.0.0.0:993"]), remove: Vec::new() })
        );
        let table = exsh_core::value::Table::new(&types::HASHTABLE, exsh_core::value::KeyMode::IgnoreCase);
        table.set(Value::text("Append"), Value::text("0.0.0.0:993"));
        assert!(normal_list(&Value::table(table), endpoints::binding).is_err());
    }

    #[test]
    fn time_spans_are_read_as_dotnet_reads_them() {
        let read = |text: &str| time_span(&Value::text(text)).ok().and_then(|v| TimeSpan::from_value(&v));
        assert_eq!(read("00:30:00"), Some(TimeSpan(1800)));
        assert_eq!(read("1.00:00:00"), Some(TimeSpan(86400)));
        assert_eq!(read("half an hour"), None);
    }
}
