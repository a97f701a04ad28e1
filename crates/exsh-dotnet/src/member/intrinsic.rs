//! The methods that the language gives to everything: `ForEach` and `Where`.

use super::overload::no_overload;
use crate::core::enum_number;
use crate::{convert, text, types};
use exsh_core::enumerate::items;
use exsh_core::name::same;
use exsh_core::types::{self as t, Kind};
use exsh_core::{Invoke, Name, Result, Shell, Value};

/// Nothing when the name is neither.
pub fn call(shell: &mut dyn Shell, value: &Value, name: &str, arguments: &[Value]) -> Option<Result<Value>> {
    if same(name, "ForEach") {
        return Some(for_each(shell, value, arguments));
    }
    if same(name, "Where") {
        return Some(where_(shell, value, arguments));
    }
    None
}

fn is_block(v: &Value) -> bool {
    types::of(v).is_some_and(|ty| ty.is(&t::SCRIPT_BLOCK))
}

/// Results of both are a `Collection<PSObject>`.
fn collection(results: Vec<Value>) -> Value {
    Value::list_of(types::collection_of(&t::PS_OBJECT), results)
}

fn for_each(shell: &mut dyn Shell, value: &Value, arguments: &[Value]) -> Result<Value> {
    let Some(first) = arguments.first() else {
        return Err(no_overload(".ForEach(expression [, arguments...])", 0));
    };
    let mut results = Vec::new();
    for item in items(value) {
        if is_block(first) {
            let how = Invoke {
                dollar_under: Some(item),
                args: arguments[1..].to_vec(),
                same_scope: false,
                ..Invoke::default()
            };
            shell.invoke(first, how, &mut |v| {
                results.push(v);
                Ok(())
            })?;
        } else if let Some(ty) = first.as_type() {
            results.push(convert::cast(shell, &item, ty)?);
        } else {
            let name = text::to_text(first);
            let ty = types::of(&item);
            if arguments.len() > 1 && ty.is_some_and(|ty| super::find_property(ty, &name).is_some())
                || matches!(item.view(), exsh_core::View::Custom(_)) && arguments.len() == 2
            {
                super::set(shell, &item, &name, arguments[1].clone())?;
            } else if let Some(v) = super::get(shell, &item, Name::new(&name))? {
                results.extend(items(&v));
            } else {
                let r = super::call(shell, &item, &name, &arguments[1..])?;
                results.extend(items(&r));
            }
        }
    }
    Ok(collection(results))
}

fn where_(shell: &mut dyn Shell, value: &Value, arguments: &[Value]) -> Result<Value> {
    let Some(block) = arguments.first() else {
        return Err(no_overload(".Where({ expression } [, mode [, numberToReturn]])", 0));
    };
    let mode = match arguments.get(1) {
        Some(m) if m.kind() == Kind::Enum => enum_number(m),
        Some(m) => {
            let name = text::to_text(m);
            let modes = ["Default", "First", "Last", "SkipUntil", "Until", "Split"];
            modes.iter().position(|x| same(x, &name)).unwrap_or(0) as i64
        }
        None => 0,
    };
    let count = match arguments.get(2) {
        Some(n) => convert::to_int(shell, n)?.max(0) as usize,
        None => 0,
    };
    let (mut yes, mut no) = (Vec::new(), Vec::new());
    let mut met = false;
    for item in items(value) {
        let test = |shell: &mut dyn Shell| -> Result<bool> {
            if !is_block(block) {
                return Ok(convert::to_bool(block));
            }
            let how = Invoke { dollar_under: Some(item.clone()), ..Invoke::default() };
            Ok(convert::to_bool(&exsh_core::enumerate::collapse(shell.call(block, how)?)))
        };
        match mode {
            // SkipUntil: from the first hit on.
            3 => {
                if met || test(shell)? {
                    met = true;
                    yes.push(item);
                    if count > 0 && yes.len() >= count {
                        break;
                    }
                }
            }
            // Until: before the first hit.
            4 => {
                if test(shell)? || (count > 0 && yes.len() >= count) {
                    break;
                }
                yes.push(item);
            }
            5 => {
                if (count == 0 || yes.len() < count) && test(shell)? {
                    yes.push(item);
                } else {
                    no.push(item);
                }
            }
            _ => {
                if test(shell)? {
                    yes.push(item);
                    let enough = match mode {
                        1 => count.max(1),
                        2 => usize::MAX,
                        _ if count > 0 => count,
                        _ => usize::MAX,
                    };
                    if yes.len() >= enough {
                        break;
                    }
                }
            }
        }
    }
    if mode == 2 {
        let keep = count.max(1);
        yes.drain(..yes.len().saturating_sub(keep));
    }
    if mode == 5 {
        return Ok(Value::array(vec![collection(yes), collection(no)]));
    }
    Ok(collection(yes))
}
