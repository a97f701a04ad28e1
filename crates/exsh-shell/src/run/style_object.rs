//! `$PSStyle`: the one object that says whether and how the session draws in colour.

use crate::run::engine::Engine;
use exsh_core::types::{MemberTable, Property, TypeInfo};
use exsh_core::{Object, Result, Shell, Str, TypeRef, Value};
use exsh_dotnet::text;
use exsh_format::style::{self, Rendering, Style};
use std::any::{Any, TypeId};
use std::cell::Cell;
use std::rc::Rc;

/// What the session holds of `$PSStyle`.
pub struct StyleState {
    rendering: Cell<Rendering>,
}

/// `$PSStyle` itself.
struct StyleObject(Rc<StyleState>);

static PS_STYLE: TypeInfo = TypeInfo::class(
    "System.Management.Automation.PSStyle",
    MemberTable::of_properties(&[
        Property::new("OutputRendering", "System.Management.Automation.OutputRendering", get_rendering)
            .settable(set_rendering),
        Property::new("Reset", "string", |_, _| Ok(Value::text(style::RESET))),
        Property::new("Bold", "string", |_, _| Ok(Value::text("\x1b[1m"))),
        Property::new("BoldOff", "string", |_, _| Ok(Value::text("\x1b[22m"))),
        Property::new("Italic", "string", |_, _| Ok(Value::text("\x1b[3m"))),
        Property::new("Underline", "string", |_, _| Ok(Value::text("\x1b[4m"))),
        Property::new("Reverse", "string", |_, _| Ok(Value::text("\x1b[7m"))),
        Property::new("Formatting", "System.Management.Automation.PSStyle+FormattingData", |_, _| {
            Ok(table(style::FORMATTING))
        }),
        Property::new("Foreground", "System.Management.Automation.PSStyle+ForegroundColor", |_, _| {
            Ok(table(style::FOREGROUND))
        }),
        Property::new("Background", "System.Management.Automation.PSStyle+BackgroundColor", |_, _| {
            Ok(table(style::BACKGROUND))
        }),
    ]),
);

fn table(list: &'static [style::Named]) -> Value {
    Value::custom(exsh_core::Custom::of(list.iter().map(|(n, v)| (*n, Value::text(*v)))))
}

fn get_rendering(_: &mut dyn Shell, this: &Value) -> Result<Value> {
    let Some(s) = this.downcast::<StyleObject>() else { return Ok(Value::NULL) };
    Ok(Value::text(match s.0.rendering.get() {
        Rendering::Host => "Host",
        Rendering::PlainText => "PlainText",
        Rendering::Ansi => "Ansi",
    }))
}

fn set_rendering(_: &mut dyn Shell, this: &Value, v: Value) -> Result<()> {
    let Some(s) = this.downcast::<StyleObject>() else { return Ok(()) };
    let word: Str = text::to_text(&v);
    s.0.rendering.set(match word.to_ascii_lowercase().as_str() {
        "plaintext" => Rendering::PlainText,
        "ansi" => Rendering::Ansi,
        _ => Rendering::Host,
    });
    Ok(())
}

impl Object for StyleObject {
    fn type_info(&self) -> TypeRef {
        &PS_STYLE
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Makes the object and puts its state into the session.
pub fn value(m: &mut Engine) -> Value {
    let state = Rc::new(StyleState { rendering: Cell::new(Rendering::Host) });
    m.extensions.insert(TypeId::of::<StyleState>(), state.clone());
    Value::object(StyleObject(state))
}

impl Engine {
    /// Colours or none, as `$PSStyle.OutputRendering` and the host say.
    pub fn style(&mut self) -> Style {
        let state = self.extensions.get(&TypeId::of::<StyleState>()).cloned();
        let rendering = state
            .and_then(|s| s.downcast::<StyleState>().ok())
            .map_or(Rendering::Host, |s| s.rendering.get());
        match rendering {
            Rendering::PlainText => Style::plain(),
            Rendering::Ansi => Style::ansi(),
            Rendering::Host => {
                if self.host.colors() {
                    Style::ansi()
                } else {
                    Style::plain()
                }
            }
        }
    }
}
