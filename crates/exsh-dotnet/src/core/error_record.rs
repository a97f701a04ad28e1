//! `ErrorRecord`, its category, details and the invocation it belongs to.

use crate::core::exception;
use crate::sig::*;
use crate::{text, types};
use exsh_core::error::{ERROR_RECORD, EXCEPTION, ErrorObject, ExceptionObject};
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Category, ErrorRecord, Invocation, Object, Value};
use std::any::Any;
use std::rc::Rc;

fn record(v: &Value) -> Option<&Rc<ErrorRecord>> {
    v.downcast::<ErrorObject>().map(|e| &e.0)
}

pub static MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Exception: "System.Exception" = |_, v| {
            Ok(record(v).map_or(Value::NULL, |r| Value::object(ExceptionObject(Rc::new(r.exception.clone())))))
        };
        TargetObject: "System.Object" = |_, v| Ok(record(v).map_or(Value::NULL, |r| r.target.clone()));
        CategoryInfo: "System.Management.Automation.ErrorCategoryInfo" = |_, v| {
            Ok(record(v).map_or(Value::NULL, |r| Value::object(CategoryInfo(r.clone()))))
        };
        FullyQualifiedErrorId: "string" = |_, v| {
            Ok(record(v).map_or(Value::NULL, |r| Value::text(r.fully_qualified_id())))
        };
        ErrorDetails: "System.Management.Automation.ErrorDetails" = |_, v| {
            let Some(r) = record(v) else { return Ok(Value::NULL) };
            let some = r.details.borrow().is_some() || r.recommended_action.is_some();
            Ok(if some { Value::object(Details(r.clone())) } else { Value::NULL })
        }, set |_, v, new| {
            if let Some(r) = record(v) {
                *r.details.borrow_mut() = (!new.is_null()).then(|| text::to_text(&new).as_str().into());
            }
            Ok(())
        };
        InvocationInfo: "System.Management.Automation.InvocationInfo" = |_, v| {
            let invocation = record(v).and_then(|r| r.context.borrow().invocation.clone());
            Ok(invocation.map_or(Value::NULL, |i| Value::object(InvocationInfo(i))))
        };
        ScriptStackTrace: "string" = |_, v| {
            let trace = record(v).and_then(|r| r.context.borrow().stack_trace.clone());
            Ok(trace.map_or(Value::NULL, |t| Value::text(&*t)))
        };
        PipelineIterationInfo: "System.Collections.ObjectModel.ReadOnlyCollection[int]" = |_, _| {
            Ok(Value::list_of(&exsh_core::types::INT_ARRAY, Vec::new()))
        };
        PSMessageDetails: "System.Object" = |_, _| Ok(Value::NULL);
    },
    methods: methods! {
        ToString { () -> "string" = |_, v, _| Ok(record(v).map_or(Value::NULL, |r| Value::text(&*r.message()))); }
    },
    static_properties: &[],
    static_methods: &[],
    constructors: constructors! {
        "System.Management.Automation.ErrorRecord";
        (exception: &EXCEPTION, errorId: STR, errorCategory: &types::enums::ERROR_CATEGORY, targetObject: OBJ) = |_, _, a| {
            let category = category_of(enum_at(a, 2));
            let r = ErrorRecord::new(str_at(a, 1).as_str(), category, exception::of(arg(a, 0))).on(arg(a, 3).clone());
            Ok(Value::from(Rc::new(r)))
        };
        (errorRecord: &ERROR_RECORD, replaceParentContainsErrorRecordException: &EXCEPTION) = |_, _, a| {
            let Some(old) = record(arg(a, 0)) else { return Ok(Value::NULL) };
            let e = if arg(a, 1).is_null() { old.exception.clone() } else { exception::of(arg(a, 1)) };
            let r = ErrorRecord::new(old.id.clone(), old.category, e).on(old.target.clone());
            Ok(Value::from(Rc::new(r)))
        };
    },
};

/// The category of a number of `ErrorCategory`.
pub fn category_of(number: i64) -> Category {
    let info = types::enums::ERROR_CATEGORY.enumeration;
    info.and_then(|i| i.members.iter().find(|m| m.1 == number))
        .and_then(|m| Category::parse(m.0))
        .unwrap_or(Category::NotSpecified)
}

/// CategoryInfo of a record.
pub struct CategoryInfo(pub Rc<ErrorRecord>);

pub static CATEGORY_INFO: TypeInfo = TypeInfo::class(
    "System.Management.Automation.ErrorCategoryInfo",
    MemberTable {
        properties: properties! {
            Category: "System.Management.Automation.ErrorCategory" = |_, v| {
                Ok(category(v).map_or(Value::NULL, |c| {
                    let n = c.0.category as i64;
                    let members = types::enums::ERROR_CATEGORY.enumeration.map_or(&[][..], |i| i.members);
                    let number = members.iter().find(|m| m.0 == c.0.category.name()).map_or(n, |m| m.1);
                    Value::enumeration(&types::enums::ERROR_CATEGORY, number)
                }))
            };
            Activity: "string" = |_, v| Ok(category(v).map_or(Value::NULL, |c| Value::text(c.activity())));
            Reason: "string" = |_, v| Ok(category(v).map_or(Value::NULL, |c| Value::text(c.reason())));
            TargetName: "string" = |_, v| Ok(category(v).map_or(Value::NULL, |c| Value::text(c.target_name())));
            TargetType: "string" = |_, v| Ok(category(v).map_or(Value::NULL, |c| Value::text(c.target_type())));
        },
        methods: methods! {
            GetMessage { () -> "string" = |_, v, _| Ok(category(v).map_or(Value::NULL, |c| Value::text(c.message()))); }
            ToString { () -> "string" = |_, v, _| Ok(category(v).map_or(Value::NULL, |c| Value::text(c.message()))); }
        },
        ..MemberTable::EMPTY
    },
);

fn category(v: &Value) -> Option<&CategoryInfo> {
    v.downcast::<CategoryInfo>()
}

impl CategoryInfo {
    pub fn activity(&self) -> String {
        let c = self.0.context.borrow();
        match (&c.activity, &c.invocation) {
            (Some(a), _) => a.to_string(),
            (None, Some(i)) => i.command.to_string(),
            _ => String::new(),
        }
    }

    pub fn reason(&self) -> String {
        match &self.0.context.borrow().reason {
            Some(r) => r.to_string(),
            None => self.0.exception.short_type().to_string(),
        }
    }

    pub fn target_name(&self) -> String {
        match &self.0.context.borrow().target_name {
            Some(n) => n.to_string(),
            None => text::to_text(&self.0.target).to_string(),
        }
    }

    pub fn target_type(&self) -> String {
        match &self.0.context.borrow().target_type {
            Some(n) => n.to_string(),
            None => types::of(&self.0.target).map_or_else(String::new, |t| {
                let n = t.short_name().to_string();
                if t.kind == exsh_core::types::Kind::Array && !n.ends_with("[]") {
                    format!("{n}[]")
                } else {
                    n
                }
            }),
        }
    }

    /// `Category: (target:type) [activity], reason`; long target names are cut in the middle.
    pub fn message(&self) -> String {
        let target = shorten(&self.target_name());
        let kind = shorten(&self.target_type());
        format!(
            "{}: ({target}:{kind}) [{}], {}",
            self.0.category.name(),
            shorten(&self.activity()),
            self.reason()
        )
    }
}

/// Texts of more than 40 characters keep their ends.
fn shorten(s: &str) -> String {
    let chars: Vec<char> = s.chars().collect();
    if chars.len() <= 40 {
        return s.to_string();
    }
    let head: String = chars[..19].iter().collect();
    let tail: String = chars[chars.len() - 18..].iter().collect();
    format!("{head}...{tail}")
}

impl Object for CategoryInfo {
    fn type_info(&self) -> TypeRef {
        &CATEGORY_INFO
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.message())
    }
}

/// ErrorDetails of a record.
pub struct Details(pub Rc<ErrorRecord>);

pub static ERROR_DETAILS: TypeInfo = TypeInfo::class(
    "System.Management.Automation.ErrorDetails",
    MemberTable {
        properties: properties! {
            Message: "string" = |_, v| {
                let m = v.downcast::<Details>().and_then(|d| d.0.details.borrow().clone());
                Ok(m.map_or(Value::text(""), |m| Value::text(&*m)))
            };
            RecommendedAction: "string" = |_, v| {
                let m = v.downcast::<Details>().and_then(|d| d.0.recommended_action.clone());
                Ok(m.map_or(Value::text(""), |m| Value::text(&*m)))
            };
        },
        constructors: constructors! {
            "System.Management.Automation.ErrorDetails";
            (message: STR) = |_, _, a| {
                let r = ErrorRecord::runtime("", Category::NotSpecified, "");
                *r.details.borrow_mut() = Some(str_at(a, 0).as_str().into());
                Ok(Value::object(Details(Rc::new(r))))
            };
        },
        ..MemberTable::EMPTY
    },
);

impl Object for Details {
    fn type_info(&self) -> TypeRef {
        &ERROR_DETAILS
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.0.details.borrow().as_deref().unwrap_or("").to_string())
    }
}

/// InvocationInfo: what ran and where.
pub struct InvocationInfo(pub Rc<Invocation>);

fn invocation(v: &Value) -> Option<&Invocation> {
    v.downcast::<InvocationInfo>().map(|i| &*i.0)
}

pub static INVOCATION_INFO: TypeInfo = TypeInfo::class(
    "System.Management.Automation.InvocationInfo",
    MemberTable {
        properties: properties! {
            MyCommand: "System.Management.Automation.CommandInfo" = |_, v| {
                Ok(invocation(v).filter(|i| !i.command.is_empty()).map_or(Value::NULL, |i| Value::text(&*i.command)))
            };
            ScriptLineNumber: "int" = |_, v| {
                Ok(Value::int(invocation(v).and_then(|i| i.position.as_ref()).map_or(0, |p| p.line as i32)))
            };
            OffsetInLine: "int" = |_, v| {
                Ok(Value::int(invocation(v).and_then(|i| i.position.as_ref()).map_or(0, |p| p.column as i32)))
            };
            ScriptName: "string" = |_, v| {
                let file = invocation(v).and_then(|i| i.position.as_ref()).and_then(|p| p.file.clone());
                Ok(file.map_or(Value::text(""), |f| Value::text(&*f)))
            };
            Line: "string" = |_, v| {
                let line = invocation(v).and_then(|i| i.position.as_ref()).map(|p| p.line_text().to_string());
                Ok(Value::text(line.unwrap_or_default()))
            };
            Statement: "string" = |_, v| {
                let text = invocation(v).and_then(|i| i.position.as_ref()).map(|p| p.text().to_string());
                Ok(Value::text(text.unwrap_or_default()))
            };
            PositionMessage: "string" = |_, v| {
                let p = invocation(v).and_then(|i| i.position.as_ref());
                Ok(Value::text(p.map_or_else(String::new, crate::core::position::position_message)))
            };
            PSScriptRoot: "string" = |_, v| {
                let file = invocation(v).and_then(|i| i.position.as_ref()).and_then(|p| p.file.clone());
                let root = file.as_deref().and_then(|f| f.rfind('/').map(|i| f[..i].to_string()));
                Ok(Value::text(root.unwrap_or_default()))
            };
            PSCommandPath: "string" = |_, v| {
                let file = invocation(v).and_then(|i| i.position.as_ref()).and_then(|p| p.file.clone());
                Ok(file.map_or(Value::text(""), |f| Value::text(&*f)))
            };
            InvocationName: "string" = |_, v| {
                Ok(invocation(v).map_or(Value::NULL, |i| Value::text(&*i.invocation_name)))
            };
            PipelineLength: "int" = |_, v| Ok(Value::int(invocation(v).map_or(0, |i| i.pipeline_length as i32)));
            PipelinePosition: "int" = |_, v| Ok(Value::int(invocation(v).map_or(0, |i| i.pipeline_position as i32)));
            ExpectingInput: "bool" = |_, v| Ok(Value::bool(invocation(v).is_some_and(|i| i.pipeline_position > 1)));
        },
        ..MemberTable::EMPTY
    },
);

impl Object for InvocationInfo {
    fn type_info(&self) -> TypeRef {
        &INVOCATION_INFO
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}
