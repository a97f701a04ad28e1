//! Arguments as the binder would hand them over, without its prefixes, positions and pipeline.

use exsh_core::cmdlet::{Bound, CmdletDecl, ParamSpec};
use exsh_core::types::Kind;
use exsh_core::value::Value;

/// Binds arguments by exact name. The set is the default one if it takes them all, else the first that does.
pub fn bind(decl: &CmdletDecl, arguments: &[(&str, Value)]) -> Result<Bound, String> {
    let mut bound = Bound::new(decl.params.len());
    let mut sets = u32::MAX;
    for (name, value) in arguments {
        let spec = decl.params.iter().find(|spec| spec.name.eq_ignore_ascii_case(name));
        let spec = spec.ok_or_else(|| format!("{} has no parameter {name}", decl.name))?;
        sets &= spec.sets;
        bound.put(spec.index as usize, convert(spec, value)?);
    }
    let given = |set: usize| sets >> set & 1 == 1;
    let complete = |set: &usize| {
        given(*set)
            && decl.params.iter().all(|spec| {
                let mandatory = spec.mandatory & spec.sets & (1 << set) != 0;
                !mandatory || arguments.iter().any(|(name, _)| spec.name.eq_ignore_ascii_case(name))
            })
    };
    let default = decl.default_set.map(usize::from).filter(complete);
    if decl.sets.is_empty() {
        return Ok(bound);
    }
    let set = default.or_else(|| (0..decl.sets.len()).find(complete));
    let set = set.ok_or_else(|| format!("no parameter set of {} takes these arguments", decl.name))?;
    bound.choose_set(set as u8, decl.sets[set]);
    Ok(bound)
}

fn convert(spec: &ParamSpec, value: &Value) -> Result<Value, String> {
    if value.is_null() {
        return Ok(Value::NULL);
    }
    if let Some(info) = spec.ty.enumeration {
        let Some(text) = value.as_str() else { return Ok(value.clone()) };
        let mut number = 0;
        for part in text.as_str().split(',') {
            let part = part.trim();
            let member = info.members.iter().find(|(name, _)| name.eq_ignore_ascii_case(part));
            number |= member.ok_or_else(|| format!("{part} is no {}", spec.ty.name))?.1;
        }
        return Ok(Value::enumeration(spec.ty, number));
    }
    if spec.ty.kind == Kind::Other
        && let Some(make) = spec.ty.from_value
    {
        return make(value);
    }
    Ok(value.clone())
}
