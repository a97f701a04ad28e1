//! `New-Object`: makes an object of a .NET type that exsh knows and sets its properties. There are no COM objects.

use crate::parameter::AnyDictionary;

use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch};
use exsh_core::error::{Category, ErrorRecord, Exception, Flow, Result};
use exsh_core::object::{Custom, Shape};
use exsh_core::out::Out;
use exsh_core::types::Kind;
use exsh_core::value::{Str, Value};
use exsh_dotnet::{member, text, types as net};

const IN_NET: u32 = 1;
const IN_COM: u32 = 1 << 1;

const TYPE_NAME: Param<Str> = Param::new(0, "TypeName").sets(IN_NET).mandatory().position(0);
const ARGUMENT_LIST: Param<Vec<Value>> =
    Param::new(1, "ArgumentList").sets(IN_NET).aliases(&["Args"]).position(1);
const STRICT: Param<Switch> = Param::new(2, "Strict").sets(IN_COM);
const PROPERTY: Param<AnyDictionary> = Param::new(3, "Property");

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "New-Object",
    &[TYPE_NAME.spec, ARGUMENT_LIST.spec, STRICT.spec, PROPERTY.spec],
    include_str!("new_object.md"),
)
.sets(&["Net", "Com"], Some(0))
.class("Microsoft.PowerShell.Commands.NewObjectCommand")
.module("Microsoft.PowerShell.Utility");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(NewObject)
}

struct NewObject;

impl Cmdlet for NewObject {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let name: Str = bound.get(&TYPE_NAME).unwrap_or_else(|| Str::from(""));
        let Some(ty) = net::find(&name) else {
            return Err(ErrorRecord::of(
                "System.Management.Automation.PSArgumentException",
                "TypeNotFound",
                Category::InvalidType,
                format!(
                    "Cannot find type [{name}]: verify that the assembly containing this type is loaded."
                ),
            )
            .into());
        };
        let properties = bound.get(&PROPERTY).map(|AnyDictionary(t)| t.entries()).unwrap_or_default();
        if matches!(ty.kind, Kind::PsObject | Kind::PsCustomObject) && !bound.has(&ARGUMENT_LIST) {
            let names: Vec<Str> = properties.iter().map(|(k, _)| text::to_text(k)).collect();
            let shape = Shape::of_names(names.iter().map(|n| n.as_str()));
            let values = properties.into_iter().map(|(_, v)| v).collect();
            return out.emit(Value::custom(Custom::new(shape, values)));
        }
        let mut arguments = bound.get(&ARGUMENT_LIST).unwrap_or_default();
        // One array is the list of arguments.
        if let [one] = arguments.as_slice()
            && let Some(list) = one.base().as_list()
        {
            let items = list.items().clone();
            arguments = items;
        }
        let object = member::construct(out.shell(), ty, &arguments).map_err(|f| renamed(f, ty.name))?;
        for (key, value) in properties {
            let key = text::to_text(&key);
            let known = member::list(&object).into_iter().any(|m| exsh_core::name::same(&m.name, &key));
            if !known {
                return Err(ErrorRecord::of(
                    "System.InvalidOperationException",
                    "InvalidOperationException",
                    Category::InvalidOperation,
                    format!("The member \"{key}\" was not found for the specified .NET object."),
                )
                .into());
            }
            member::set(out.shell(), &object, &key, value)?;
        }
        out.emit(object)
    }
}

/// What a constructor reports, under the id of this cmdlet.
fn renamed(flow: Box<Flow>, ty: &str) -> Box<Flow> {
    let Flow::Error(r) = &*flow else { return flow };
    if r.id.contains("CannotFindAppropriateCtor") || r.exception.message.contains("constructor was not found")
    {
        return ErrorRecord::of(
            "System.Management.Automation.PSArgumentException",
            "CannotFindAppropriateCtor",
            Category::ObjectNotFound,
            format!("A constructor was not found. Cannot find an appropriate constructor for type {ty}."),
        )
        .into();
    }
    let mut exception = Exception::clone(&r.exception);
    // The reference names the type where the language says `new`.
    let short = ty.rsplit(['.', '+']).next().unwrap_or(ty);
    let named = exception.message.replace("overload for \"new\"", &format!("overload for \"{short}\""));
    exception.message = named.into();
    ErrorRecord::new("ConstructorInvokedThrowException", Category::InvalidOperation, exception).into()
}
