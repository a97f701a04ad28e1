//! `Where-Object`: lets through the objects that meet a condition. The engine runs literal script blocks itself; this
//! is the general form and the comparison form.

use crate::parameter::PsObject;
use crate::property;
use crate::record::About;
use crate::search;
use exsh_core::cmdlet::{Block, Bound, Cmdlet, CmdletDecl, Param, Switch, Validate};
use exsh_core::error::{Category, ErrorRecord, Exception, Result};
use exsh_core::out::{Invoke, Out};
use exsh_core::types::TypeRef;
use exsh_core::value::{Str, Value, View};
use exsh_core::{Name, enumerate};
use exsh_dotnet::ops::pattern::{self, Wildcard};
use exsh_dotnet::{convert, ops, text, types as net};
use std::cmp::Ordering;

const IN_EQUAL: u32 = 1;
const IN_SCRIPT_BLOCK: u32 = 1 << 1;
const IN_CASE_SENSITIVE_EQUAL: u32 = 1 << 2;
const IN_NOT_EQUAL: u32 = 1 << 3;
const IN_CASE_SENSITIVE_NOT_EQUAL: u32 = 1 << 4;
const IN_GREATER_THAN: u32 = 1 << 5;
const IN_CASE_SENSITIVE_GREATER_THAN: u32 = 1 << 6;
const IN_LESS_THAN: u32 = 1 << 7;
const IN_CASE_SENSITIVE_LESS_THAN: u32 = 1 << 8;
const IN_GREATER_OR_EQUAL: u32 = 1 << 9;
const IN_CASE_SENSITIVE_GREATER_OR_EQUAL: u32 = 1 << 10;
const IN_LESS_OR_EQUAL: u32 = 1 << 11;
const IN_CASE_SENSITIVE_LESS_OR_EQUAL: u32 = 1 << 12;
const IN_LIKE: u32 = 1 << 13;
const IN_CASE_SENSITIVE_LIKE: u32 = 1 << 14;
const IN_NOT_LIKE: u32 = 1 << 15;
const IN_CASE_SENSITIVE_NOT_LIKE: u32 = 1 << 16;
const IN_MATCH: u32 = 1 << 17;
const IN_CASE_SENSITIVE_MATCH: u32 = 1 << 18;
const IN_NOT_MATCH: u32 = 1 << 19;
const IN_CASE_SENSITIVE_NOT_MATCH: u32 = 1 << 20;
const IN_CONTAINS: u32 = 1 << 21;
const IN_CASE_SENSITIVE_CONTAINS: u32 = 1 << 22;
const IN_NOT_CONTAINS: u32 = 1 << 23;
const IN_CASE_SENSITIVE_NOT_CONTAINS: u32 = 1 << 24;
const IN_IN: u32 = 1 << 25;
const IN_CASE_SENSITIVE_IN: u32 = 1 << 26;
const IN_NOT_IN: u32 = 1 << 27;
const IN_CASE_SENSITIVE_NOT_IN: u32 = 1 << 28;
const IN_IS: u32 = 1 << 29;
const IN_IS_NOT: u32 = 1 << 30;
const IN_NOT: u32 = 1 << 31;

const INPUT_OBJECT: Param<PsObject> = Param::new(0, "InputObject").from_pipeline();
const FILTER_SCRIPT: Param<Block> =
    Param::new(1, "FilterScript").sets(IN_SCRIPT_BLOCK).mandatory().position(0);
const PROPERTY: Param<Str> = Param::new(2, "Property")
    .sets(
        IN_EQUAL
            | IN_CASE_SENSITIVE_EQUAL
            | IN_NOT_EQUAL
            | IN_CASE_SENSITIVE_NOT_EQUAL
            | IN_GREATER_THAN
            | IN_CASE_SENSITIVE_GREATER_THAN
            | IN_LESS_THAN
            | IN_CASE_SENSITIVE_LESS_THAN
            | IN_GREATER_OR_EQUAL
            | IN_CASE_SENSITIVE_GREATER_OR_EQUAL
            | IN_LESS_OR_EQUAL
            | IN_CASE_SENSITIVE_LESS_OR_EQUAL
            | IN_LIKE
            | IN_CASE_SENSITIVE_LIKE
            | IN_NOT_LIKE
            | IN_CASE_SENSITIVE_NOT_LIKE
            | IN_MATCH
            | IN_CASE_SENSITIVE_MATCH
            | IN_NOT_MATCH
            | IN_CASE_SENSITIVE_NOT_MATCH
            | IN_CONTAINS
            | IN_CASE_SENSITIVE_CONTAINS
            | IN_NOT_CONTAINS
            | IN_CASE_SENSITIVE_NOT_CONTAINS
            | IN_IN
            | IN_CASE_SENSITIVE_IN
            | IN_NOT_IN
            | IN_CASE_SENSITIVE_NOT_IN
            | IN_IS
            | IN_IS_NOT
            | IN_NOT,
    )
    .mandatory()
    .position(0)
    .validate(&[Validate::NotNullOrEmpty]);
const VALUE: Param<Value> = Param::new(3, "Value")
    .sets(
        IN_EQUAL
            | IN_CASE_SENSITIVE_EQUAL
            | IN_NOT_EQUAL
            | IN_CASE_SENSITIVE_NOT_EQUAL
            | IN_GREATER_THAN
            | IN_CASE_SENSITIVE_GREATER_THAN
            | IN_LESS_THAN
            | IN_CASE_SENSITIVE_LESS_THAN
            | IN_GREATER_OR_EQUAL
            | IN_CASE_SENSITIVE_GREATER_OR_EQUAL
            | IN_LESS_OR_EQUAL
            | IN_CASE_SENSITIVE_LESS_OR_EQUAL
            | IN_LIKE
            | IN_CASE_SENSITIVE_LIKE
            | IN_NOT_LIKE
            | IN_CASE_SENSITIVE_NOT_LIKE
            | IN_MATCH
            | IN_CASE_SENSITIVE_MATCH
            | IN_NOT_MATCH
            | IN_CASE_SENSITIVE_NOT_MATCH
            | IN_CONTAINS
            | IN_CASE_SENSITIVE_CONTAINS
            | IN_NOT_CONTAINS
            | IN_CASE_SENSITIVE_NOT_CONTAINS
            | IN_IN
            | IN_CASE_SENSITIVE_IN
            | IN_NOT_IN
            | IN_CASE_SENSITIVE_NOT_IN
            | IN_IS
            | IN_IS_NOT,
    )
    .position(1);
const EQ: Param<Switch> = Param::new(4, "EQ").sets(IN_EQUAL).aliases(&["IEQ"]);
const CEQ: Param<Switch> = Param::new(5, "CEQ").sets(IN_CASE_SENSITIVE_EQUAL).mandatory();
const NE: Param<Switch> = Param::new(6, "NE").sets(IN_NOT_EQUAL).aliases(&["INE"]).mandatory();
const CNE: Param<Switch> = Param::new(7, "CNE").sets(IN_CASE_SENSITIVE_NOT_EQUAL).mandatory();
const GT: Param<Switch> = Param::new(8, "GT").sets(IN_GREATER_THAN).aliases(&["IGT"]).mandatory();
const CGT: Param<Switch> = Param::new(9, "CGT").sets(IN_CASE_SENSITIVE_GREATER_THAN).mandatory();
const LT: Param<Switch> = Param::new(10, "LT").sets(IN_LESS_THAN).aliases(&["ILT"]).mandatory();
const CLT: Param<Switch> = Param::new(11, "CLT").sets(IN_CASE_SENSITIVE_LESS_THAN).mandatory();
const GE: Param<Switch> = Param::new(12, "GE").sets(IN_GREATER_OR_EQUAL).aliases(&["IGE"]).mandatory();
const CGE: Param<Switch> = Param::new(13, "CGE").sets(IN_CASE_SENSITIVE_GREATER_OR_EQUAL).mandatory();
const LE: Param<Switch> = Param::new(14, "LE").sets(IN_LESS_OR_EQUAL).aliases(&["ILE"]).mandatory();
const CLE: Param<Switch> = Param::new(15, "CLE").sets(IN_CASE_SENSITIVE_LESS_OR_EQUAL).mandatory();
const LIKE: Param<Switch> = Param::new(16, "Like").sets(IN_LIKE).aliases(&["ILike"]).mandatory();
const C_LIKE: Param<Switch> = Param::new(17, "CLike").sets(IN_CASE_SENSITIVE_LIKE).mandatory();
const NOT_LIKE: Param<Switch> =
    Param::new(18, "NotLike").sets(IN_NOT_LIKE).aliases(&["INotLike"]).mandatory();
const C_NOT_LIKE: Param<Switch> = Param::new(19, "CNotLike").sets(IN_CASE_SENSITIVE_NOT_LIKE).mandatory();
const MATCH: Param<Switch> = Param::new(20, "Match").sets(IN_MATCH).aliases(&["IMatch"]).mandatory();
const C_MATCH: Param<Switch> = Param::new(21, "CMatch").sets(IN_CASE_SENSITIVE_MATCH).mandatory();
const NOT_MATCH: Param<Switch> =
    Param::new(22, "NotMatch").sets(IN_NOT_MATCH).aliases(&["INotMatch"]).mandatory();
const C_NOT_MATCH: Param<Switch> = Param::new(23, "CNotMatch").sets(IN_CASE_SENSITIVE_NOT_MATCH).mandatory();
const CONTAINS: Param<Switch> =
    Param::new(24, "Contains").sets(IN_CONTAINS).aliases(&["IContains"]).mandatory();
const C_CONTAINS: Param<Switch> = Param::new(25, "CContains").sets(IN_CASE_SENSITIVE_CONTAINS).mandatory();
const NOT_CONTAINS: Param<Switch> =
    Param::new(26, "NotContains").sets(IN_NOT_CONTAINS).aliases(&["INotContains"]).mandatory();
const C_NOT_CONTAINS: Param<Switch> =
    Param::new(27, "CNotContains").sets(IN_CASE_SENSITIVE_NOT_CONTAINS).mandatory();
const IN: Param<Switch> = Param::new(28, "In").sets(IN_IN).aliases(&["IIn"]).mandatory();
const C_IN: Param<Switch> = Param::new(29, "CIn").sets(IN_CASE_SENSITIVE_IN).mandatory();
const NOT_IN: Param<Switch> = Param::new(30, "NotIn").sets(IN_NOT_IN).aliases(&["INotIn"]).mandatory();
const C_NOT_IN: Param<Switch> = Param::new(31, "CNotIn").sets(IN_CASE_SENSITIVE_NOT_IN).mandatory();
const IS: Param<Switch> = Param::new(32, "Is").sets(IN_IS).mandatory();
const IS_NOT: Param<Switch> = Param::new(33, "IsNot").sets(IN_IS_NOT).mandatory();
const NOT: Param<Switch> = Param::new(34, "Not").sets(IN_NOT).mandatory();

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Where-Object",
    &[
        INPUT_OBJECT.spec,
        FILTER_SCRIPT.spec,
        PROPERTY.spec,
        VALUE.spec,
        EQ.spec,
        CEQ.spec,
        NE.spec,
        CNE.spec,
        GT.spec,
        CGT.spec,
        LT.spec,
        CLT.spec,
        GE.spec,
        CGE.spec,
        LE.spec,
        CLE.spec,
        LIKE.spec,
        C_LIKE.spec,
        NOT_LIKE.spec,
        C_NOT_LIKE.spec,
        MATCH.spec,
        C_MATCH.spec,
        NOT_MATCH.spec,
        C_NOT_MATCH.spec,
        CONTAINS.spec,
        C_CONTAINS.spec,
        NOT_CONTAINS.spec,
        C_NOT_CONTAINS.spec,
        IN.spec,
        C_IN.spec,
        NOT_IN.spec,
        C_NOT_IN.spec,
        IS.spec,
        IS_NOT.spec,
        NOT.spec,
    ],
    include_str!("where_object.md"),
)
.sets(
    &[
        "EqualSet",
        "ScriptBlockSet",
        "CaseSensitiveEqualSet",
        "NotEqualSet",
        "CaseSensitiveNotEqualSet",
        "GreaterThanSet",
        "CaseSensitiveGreaterThanSet",
        "LessThanSet",
        "CaseSensitiveLessThanSet",
        "GreaterOrEqualSet",
        "CaseSensitiveGreaterOrEqualSet",
        "LessOrEqualSet",
        "CaseSensitiveLessOrEqualSet",
        "LikeSet",
        "CaseSensitiveLikeSet",
        "NotLikeSet",
        "CaseSensitiveNotLikeSet",
        "MatchSet",
        "CaseSensitiveMatchSet",
        "NotMatchSet",
        "CaseSensitiveNotMatchSet",
        "ContainsSet",
        "CaseSensitiveContainsSet",
        "NotContainsSet",
        "CaseSensitiveNotContainsSet",
        "InSet",
        "CaseSensitiveInSet",
        "NotInSet",
        "CaseSensitiveNotInSet",
        "IsSet",
        "IsNotSet",
        "Not",
    ],
    Some(0),
)
.class("Microsoft.PowerShell.Commands.WhereObjectCommand")
.module("Microsoft.PowerShell.Core");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(WhereObject { test: Test::None, name: None, pattern: None, value: Value::NULL })
}

/// What is asked of the property.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Test {
    None,
    /// Is it true?
    Truth,
    Not,
    Equal(bool, bool),
    /// The orders that pass; ignore case.
    Order(&'static [Ordering], bool),
    Like(bool, bool),
    Match(bool, bool),
    /// The property contains the value: wanted, ignore case.
    Contains(bool, bool),
    In(bool, bool),
    Is(bool),
}

struct WhereObject {
    test: Test,
    name: Option<Name>,
    pattern: Option<(Wildcard, Str)>,
    value: Value,
}

impl Cmdlet for WhereObject {
    fn begin(&mut self, bound: &Bound, _out: &mut dyn Out) -> Result<()> {
        let Some(property) = bound.get(&PROPERTY) else { return Ok(()) };
        self.test = which(bound);
        self.value = bound.get(&VALUE).unwrap_or(Value::NULL);
        if !bound.has(&VALUE) && !matches!(self.test, Test::Truth | Test::Not) {
            return Err(ErrorRecord::of(
                "System.Management.Automation.PSArgumentException",
                "ValueNotSpecifiedForWhereObject",
                Category::InvalidArgument,
                "The specified operator requires both the -Property and -Value parameters. Provide values for both \
                 parameters, and then try the command again.",
            )
            .into());
        }
        if let Test::Is(_) = self.test {
            self.value = Value::type_value(type_of(&self.value)?);
        }
        if property.contains(['*', '?', '[']) {
            self.pattern = Some((pattern::compile(&property, true)?, property));
        } else {
            self.name = Some(Name::new(&property));
        }
        Ok(())
    }

    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let object = bound.raw(&INPUT_OBJECT);
        if matches!(object.view(), View::Unset | View::Nothing) {
            return Ok(());
        }
        let passes = if self.test == Test::None {
            let Some(Block(block)) = bound.get(&FILTER_SCRIPT) else { return Ok(()) };
            let how = Invoke { dollar_under: Some(object.clone()), same_scope: true, ..Invoke::default() };
            let results = out.shell().call(&block, how)?;
            convert::to_bool(&enumerate::collapse(results))
        } else {
            let Some(value) = self.property_of(object, out)? else { return Ok(()) };
            match self.holds(&value, out) {
                Ok(b) => b,
                Err(flow) => {
                    let message = match flow.record() {
                        Some(r) => r.exception.message.clone(),
                        None => return Err(flow),
                    };
                    out.error(
                        ErrorRecord::new(
                            "OperatorFailed",
                            Category::InvalidArgument,
                            Exception::new(
                                "System.Management.Automation.PSArgumentException",
                                format!("The operator failed: {message}"),
                            ),
                        )
                        .about(object),
                    )?;
                    false
                }
            }
        };
        if passes { out.emit(object.clone()) } else { Ok(()) }
    }
}

impl WhereObject {
    /// Nothing when the name is ambiguous, which is reported.
    fn property_of(&self, object: &Value, out: &mut dyn Out) -> Result<Option<Value>> {
        let Some((pattern, text)) = &self.pattern else {
            let name = self.name.expect("begin settles the name or the pattern");
            return Ok(Some(property::get(out.shell(), object, name)?.unwrap_or(Value::NULL)));
        };
        let names: Vec<Str> =
            property::property_names(object).into_iter().filter(|n| pattern.matches(n)).collect();
        match names.as_slice() {
            [] => Ok(Some(Value::NULL)),
            [one] => Ok(Some(property::get(out.shell(), object, Name::new(one))?.unwrap_or(Value::NULL))),
            many => {
                let list: Vec<&str> = many.iter().map(|n| n.as_str()).collect();
                out.error(
                    ErrorRecord::of(
                        "System.Management.Automation.PSArgumentException",
                        "AmbiguousPropertyOrMethodName",
                        Category::InvalidArgument,
                        format!(
                            "Input name \"{text}\" is ambiguous. It can be resolved to multiple matched members. \
                             Possible matches include: {}.",
                            list.join(" ")
                        ),
                    )
                    .about(object),
                )?;
                Ok(None)
            }
        }
    }

    fn holds(&self, left: &Value, out: &mut dyn Out) -> Result<bool> {
        let right = &self.value;
        Ok(match self.test {
            Test::None | Test::Truth => convert::to_bool(left),
            Test::Not => !convert::to_bool(left),
            Test::Contains(wanted, ignore) => {
                items(left).iter().any(|i| ops::compare::equals(i, right, ignore)) == wanted
            }
            Test::In(wanted, ignore) => {
                items(right).iter().any(|i| ops::compare::equals(left, i, ignore)) == wanted
            }
            Test::Is(wanted) => {
                let ty = right.as_type().expect("begin turns the value into a type");
                net::is_instance(left, ty) == wanted
            }
            test => match left.base().view() {
                // A comparison of a list gives the items that meet it.
                View::List(list) => {
                    let all = list.items().clone();
                    let mut kept = Vec::new();
                    for item in all {
                        if self.single(test, &item, out)? {
                            kept.push(item);
                        }
                    }
                    convert::to_bool(&Value::array(kept))
                }
                _ => self.single(test, left, out)?,
            },
        })
    }

    fn single(&self, test: Test, left: &Value, out: &mut dyn Out) -> Result<bool> {
        let right = &self.value;
        Ok(match test {
            Test::Equal(wanted, ignore) => ops::compare::equals(left, right, ignore) == wanted,
            Test::Order(passing, ignore) => {
                passing.contains(&ops::compare::order(out.shell(), left, right, ignore)?)
            }
            Test::Like(wanted, ignore) => {
                pattern::compile(&text::to_text(right), ignore)?.matches(&text::to_text(left)) == wanted
            }
            Test::Match(wanted, ignore) => {
                search::regex(&text::to_text(right), ignore)?.is_match(&text::to_text(left))? == wanted
            }
            _ => unreachable!("holds settles all other tests"),
        })
    }
}

/// The test that the given switch asks for; without one it is the property's truth.
fn which(bound: &Bound) -> Test {
    use Ordering::{Equal, Greater, Less};
    let tests: [(&Param<Switch>, Test); 31] = [
        (&EQ, Test::Equal(true, true)),
        (&CEQ, Test::Equal(true, false)),
        (&NE, Test::Equal(false, true)),
        (&CNE, Test::Equal(false, false)),
        (&GT, Test::Order(&[Greater], true)),
        (&CGT, Test::Order(&[Greater], false)),
        (&LT, Test::Order(&[Less], true)),
        (&CLT, Test::Order(&[Less], false)),
        (&GE, Test::Order(&[Greater, Equal], true)),
        (&CGE, Test::Order(&[Greater, Equal], false)),
        (&LE, Test::Order(&[Less, Equal], true)),
        (&CLE, Test::Order(&[Less, Equal], false)),
        (&LIKE, Test::Like(true, true)),
        (&C_LIKE, Test::Like(true, false)),
        (&NOT_LIKE, Test::Like(false, true)),
        (&C_NOT_LIKE, Test::Like(false, false)),
        (&MATCH, Test::Match(true, true)),
        (&C_MATCH, Test::Match(true, false)),
        (&NOT_MATCH, Test::Match(false, true)),
        (&C_NOT_MATCH, Test::Match(false, false)),
        (&CONTAINS, Test::Contains(true, true)),
        (&C_CONTAINS, Test::Contains(true, false)),
        (&NOT_CONTAINS, Test::Contains(false, true)),
        (&C_NOT_CONTAINS, Test::Contains(false, false)),
        (&IN, Test::In(true, true)),
        (&C_IN, Test::In(true, false)),
        (&NOT_IN, Test::In(false, true)),
        (&C_NOT_IN, Test::In(false, false)),
        (&IS, Test::Is(true)),
        (&IS_NOT, Test::Is(false)),
        (&NOT, Test::Not),
    ];
    match tests.into_iter().find(|(p, _)| bound.has(p)) {
        Some((_, test)) => test,
        None if bound.has(&VALUE) => Test::Equal(true, true),
        None => Test::Truth,
    }
}

fn items(value: &Value) -> Vec<Value> {
    if value.is_null() { vec![Value::NULL] } else { enumerate::items(value) }
}

fn type_of(value: &Value) -> Result<TypeRef> {
    if let Some(t) = value.base().as_type() {
        return Ok(t);
    }
    let name = text::to_text(value);
    net::find(name.trim_start_matches('[').trim_end_matches(']')).ok_or_else(|| {
        ErrorRecord::runtime(
            "TypeNotFound",
            Category::InvalidOperation,
            format!("Unable to find type [{name}]."),
        )
        .into()
    })
}
