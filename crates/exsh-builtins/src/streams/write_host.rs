//! `Write-Host`: writes text to the host, through the information stream.

use crate::parameter::Color;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch};
use exsh_core::error::Result;
use exsh_core::out::{HostMessage, Out};
use exsh_core::value::{Str, Value, View};
use exsh_dotnet::culture::{self, Culture};
use exsh_dotnet::text;

const OBJECT: Param<Value> =
    Param::new(0, "Object").aliases(&["Msg", "Message"]).position(0).from_pipeline().remaining();
const NO_NEWLINE: Param<Switch> = Param::new(1, "NoNewline");
const SEPARATOR: Param<Value> = Param::new(2, "Separator");
const FOREGROUND_COLOR: Param<Color> = Param::new(3, "ForegroundColor");
const BACKGROUND_COLOR: Param<Color> = Param::new(4, "BackgroundColor");

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Write-Host",
    &[OBJECT.spec, NO_NEWLINE.spec, SEPARATOR.spec, FOREGROUND_COLOR.spec, BACKGROUND_COLOR.spec],
    include_str!("write_host.md"),
)
.class("Microsoft.PowerShell.Commands.WriteHostCommand")
.module("Microsoft.PowerShell.Utility");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(WriteHost)
}

struct WriteHost;

impl Cmdlet for WriteHost {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let culture = culture::current(out.shell());
        let separator = match bound.get(&SEPARATOR) {
            Some(v) => text::to_string_culture(&v, culture),
            None => Str::from(" "),
        };
        let mut message = String::new();
        append(&mut message, bound.raw(&OBJECT), &separator, culture);
        let color = |p: &Param<Color>| bound.get(p).map(|c| c.0 as u8);
        let message = HostMessage {
            message: Str::from(message),
            no_newline: bound.on(&NO_NEWLINE),
            foreground: color(&FOREGROUND_COLOR),
            background: color(&BACKGROUND_COLOR),
        };
        out.information(Value::object(message), &["PSHOST"])
    }
}

/// Lists and dictionaries are unrolled at any depth.
fn append(message: &mut String, value: &Value, separator: &str, culture: &'static Culture) {
    let items = match value.base().view() {
        View::Null | View::Nothing | View::Unset => return,
        View::Str(s) => return message.push_str(s),
        View::List(l) => l.items().clone(),
        View::Table(t) => {
            for (i, (k, v)) in t.entries().into_iter().enumerate() {
                if i > 0 {
                    message.push_str(separator);
                }
                let (k, v) = (text::to_string_culture(&k, culture), text::to_string_culture(&v, culture));
                message.push_str(&format!("[{k}, {v}]"));
            }
            return;
        }
        View::Object(o) => match o.get().enumerate() {
            Some(items) => items,
            None => return message.push_str(&text::to_string_culture(value, culture)),
        },
        _ => return message.push_str(&text::to_string_culture(value, culture)),
    };
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            message.push_str(separator);
        }
        append(message, item, separator, culture);
    }
}
