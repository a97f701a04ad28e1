//! Help as an object: scripts read its parts, the display shows its lines.

use crate::commands::signature::{Parameter, Signature};
use crate::help::layout;
use crate::help::topic::Topic;
use exsh_core::object::{Custom, MemberKind};
use exsh_core::out::Shell;
use exsh_core::value::{Str, Value};
use exsh_core::{Name, Result};
use exsh_format::views::{CustomEntry, CustomItem, CustomValue, Expr, LayoutDef, ViewDef};

const TYPE: &str = "ExtendedCmdletHelpInfo";
const LINES: &str = "__HelpLines";

/// The object for a topic and the lines that show it.
pub fn of(name: &str, category: &str, topic: &Topic, signature: &Signature, lines: Vec<String>) -> Value {
    let text = |s: &str| Value::text(s);
    let description = vec![object([("Text", Value::text(topic.description.join("\n\n")))])];
    let parameters: Vec<Value> = layout::parameters(signature).iter().map(|p| parameter(p, topic)).collect();
    let examples: Vec<Value> = topic
        .examples
        .iter()
        .enumerate()
        .map(|(i, e)| {
            let (code, remarks) = e.split_once('\n').unwrap_or((e, ""));
            object([
                ("title", Value::text(layout::example_title(i))),
                ("code", text(code)),
                ("remarks", Value::array(vec![object([("Text", text(remarks.trim()))])])),
            ])
        })
        .collect();
    let links = topic.links.iter().map(|l| object([("linkText", text(l))])).collect();
    let syntax = signature.sets.iter().map(|s| {
        let line = signature.syntax(s, &|p| format!("<{}>", layout::plain_type(&p.type_name)));
        object([("name", text(name)), ("text", Value::text(line))])
    });
    let info = Custom::of([
        ("Name", text(name)),
        ("Category", text(category)),
        ("Synopsis", text(&topic.synopsis)),
        ("syntax", object([("syntaxItem", one_or_many(syntax.collect()))])),
        ("description", Value::array(description)),
        ("parameters", object([("parameter", one_or_many(parameters))])),
        ("examples", object([("example", one_or_many(examples))])),
        ("inputTypes", topic.inputs.as_deref().map_or(Value::NULL, text)),
        ("returnValues", topic.outputs.as_deref().map_or(Value::NULL, text)),
        ("alertSet", topic.notes.as_deref().map_or(Value::NULL, text)),
        ("relatedLinks", Value::array(links)),
    ]);
    shown_by(info, TYPE, lines)
}

/// A parameter's help.
pub fn parameter(p: &Parameter, topic: &Topic) -> Value {
    let description = vec![object([("Text", Value::text(topic.parameter(&p.name)))])];
    object([
        ("description", Value::array(description)),
        ("defaultValue", Value::text(layout::default_text(p))),
        ("name", Value::string(p.name.clone())),
        ("type", object([("name", Value::text(layout::plain_type(&p.type_name)))])),
        ("required", Value::text(if layout::required(p) { "true" } else { "false" })),
        ("globbing", Value::text(if p.wildcards { "true" } else { "false" })),
        ("pipelineInput", Value::text(layout::pipeline(p))),
        ("position", Value::text(layout::position(p))),
    ])
}

/// A parameter as `-Parameter` gives it.
pub fn shown_parameter(p: &Parameter, topic: &Topic, lines: Vec<String>) -> Value {
    let value = parameter(p, topic);
    match value.as_custom() {
        Some(c) => shown_by(
            Custom::from_members(exsh_core::Members::new(
                c.members().shape().clone(),
                c.members().values().to_vec(),
            )),
            "MamlCommandHelpInfo#parameter",
            lines,
        ),
        None => value,
    }
}

fn object<const N: usize>(properties: [(&str, Value); N]) -> Value {
    Value::custom(Custom::of(properties))
}

fn one_or_many(mut items: Vec<Value>) -> Value {
    if items.len() == 1 { items.remove(0) } else { Value::array(items) }
}

/// The lines are kept as a method-like member, so that listing the properties does not show them.
fn shown_by(info: Custom, ty: &str, lines: Vec<String>) -> Value {
    {
        let mut m = info.members_mut();
        m.put(LINES, MemberKind::ScriptMethod, Value::text(lines.join("\n")));
        m.set_type_names(vec![Str::from(ty)]);
    }
    Value::custom(info)
}

fn lines_of(_: &mut dyn Shell, value: &Value) -> Result<Value> {
    Ok(match value.as_custom() {
        Some(c) => c.members().get(Name::new(LINES)).map_or(Value::NULL, |(_, v)| v.clone()),
        None => Value::NULL,
    })
}

static ENTRIES: &[CustomEntry] = &[CustomEntry {
    types: &[],
    items: &[CustomItem::Value(CustomValue {
        what: Expr::Compute(lines_of),
        format: None,
        enumerate: false,
        control: &[],
        condition: None,
    })],
}];

/// Makes the session's display know help objects; once is enough.
pub fn register_view(shell: &mut dyn Shell) {
    let data = exsh_format::format_data(shell);
    if data.all().iter().any(|v| v.types.contains(&TYPE)) {
        return;
    }
    data.append(vec![ViewDef {
        name: "HelpText",
        types: &[TYPE, "MamlCommandHelpInfo#parameter"],
        layout: LayoutDef::Custom(ENTRIES),
        group_by: None,
        out_of_band: true,
        auto_size: false,
    }]);
}
