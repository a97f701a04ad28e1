//! `Write-Error`: writes an error record. The engine gives it the position of the caller, not of this cmdlet.

use crate::parameter::{ErrorCategory, ExceptionArgument, RecordArgument};
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param};
use exsh_core::error::{Category, ErrorObject, ErrorRecord, Exception, ExceptionObject, Result};
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use std::rc::Rc;

const IN_NO_EXCEPTION: u32 = 1;
const IN_WITH_EXCEPTION: u32 = 1 << 1;
const IN_ERROR_RECORD: u32 = 1 << 2;

const EXCEPTION: Param<ExceptionArgument> =
    Param::new(0, "Exception").sets(IN_WITH_EXCEPTION).mandatory().position(0);
const MESSAGE: Param<Str> = Param::new(1, "Message")
    .sets(IN_NO_EXCEPTION | IN_WITH_EXCEPTION)
    .aliases(&["Msg"])
    .mandatory_in(IN_NO_EXCEPTION)
    .position_in(IN_NO_EXCEPTION, 0)
    .from_pipeline_in(IN_NO_EXCEPTION)
    .allow_empty()
    .allow_null();
const ERROR_RECORD: Param<RecordArgument> =
    Param::new(2, "ErrorRecord").sets(IN_ERROR_RECORD).mandatory().position(0);
const CATEGORY: Param<ErrorCategory> = Param::new(3, "Category").sets(IN_NO_EXCEPTION | IN_WITH_EXCEPTION);
const ERROR_ID: Param<Str> = Param::new(4, "ErrorId").sets(IN_NO_EXCEPTION | IN_WITH_EXCEPTION);
const TARGET_OBJECT: Param<Value> = Param::new(5, "TargetObject").sets(IN_NO_EXCEPTION | IN_WITH_EXCEPTION);
const RECOMMENDED_ACTION: Param<Str> = Param::new(6, "RecommendedAction");
const CATEGORY_ACTIVITY: Param<Str> = Param::new(7, "CategoryActivity").aliases(&["Activity"]);
const CATEGORY_REASON: Param<Str> = Param::new(8, "CategoryReason").aliases(&["Reason"]);
const CATEGORY_TARGET_NAME: Param<Str> = Param::new(9, "CategoryTargetName").aliases(&["TargetName"]);
const CATEGORY_TARGET_TYPE: Param<Str> = Param::new(10, "CategoryTargetType").aliases(&["TargetType"]);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Write-Error",
    &[
        EXCEPTION.spec,
        MESSAGE.spec,
        ERROR_RECORD.spec,
        CATEGORY.spec,
        ERROR_ID.spec,
        TARGET_OBJECT.spec,
        RECOMMENDED_ACTION.spec,
        CATEGORY_ACTIVITY.spec,
        CATEGORY_REASON.spec,
        CATEGORY_TARGET_NAME.spec,
        CATEGORY_TARGET_TYPE.spec,
    ],
    include_str!("write_error.md"),
)
.sets(&["NoException", "WithException", "ErrorRecord"], Some(0))
.class("Microsoft.PowerShell.Commands.WriteErrorCommand")
.module("Microsoft.PowerShell.Utility");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(WriteError)
}

struct WriteError;

const OWN: &str = "Microsoft.PowerShell.Commands.WriteErrorException";

impl Cmdlet for WriteError {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let mut record = match bound.get(&ERROR_RECORD).as_ref().and_then(|r| r.0.downcast::<ErrorObject>()) {
            Some(given) => copy(&given.0),
            None => fresh(bound),
        };
        if let Some(action) = text(bound, &RECOMMENDED_ACTION) {
            record.recommended_action = Some(action);
        }
        {
            let mut context = record.context.borrow_mut();
            // The engine names the caller as the command; the activity stays this cmdlet's.
            context.activity = text(bound, &CATEGORY_ACTIVITY).or_else(|| Some("Write-Error".into()));
            context.reason = text(bound, &CATEGORY_REASON).or_else(|| context.reason.take());
            context.target_name = text(bound, &CATEGORY_TARGET_NAME).or_else(|| context.target_name.take());
            context.target_type = text(bound, &CATEGORY_TARGET_TYPE).or_else(|| context.target_type.take());
        }
        out.error(record)
    }
}

fn fresh(bound: &Bound) -> ErrorRecord {
    let message = text(bound, &MESSAGE);
    let given = bound.get(&EXCEPTION);
    let given = given.as_ref().and_then(|ExceptionArgument(v)| v.downcast::<ExceptionObject>());
    let exception = match given {
        Some(e) => Exception::clone(&e.0),
        None => Exception::new(OWN, message.clone().unwrap_or_default()),
    };
    let id: Rc<str> = match text(bound, &ERROR_ID) {
        Some(id) if !id.is_empty() => id,
        _ => exception.type_name.clone(),
    };
    let category =
        bound.get(&CATEGORY).and_then(|ErrorCategory(n)| category(n)).unwrap_or(Category::NotSpecified);
    let record =
        ErrorRecord::new(id, category, exception).on(bound.get(&TARGET_OBJECT).unwrap_or(Value::NULL));
    if given.is_some() && message.is_some() {
        *record.details.borrow_mut() = message;
    }
    record
}

fn copy(r: &ErrorRecord) -> ErrorRecord {
    let mut new = ErrorRecord::new(r.id.clone(), r.category, r.exception.clone()).on(r.target.clone());
    new.recommended_action = r.recommended_action.clone();
    *new.details.borrow_mut() = r.details.borrow().clone();
    {
        let old = r.context.borrow();
        let mut context = new.context.borrow_mut();
        context.reason = old.reason.clone();
        context.target_name = old.target_name.clone();
        context.target_type = old.target_type.clone();
    }
    new
}

fn category(number: i64) -> Option<Category> {
    let info = exsh_dotnet::types::enums::ERROR_CATEGORY.enumeration?;
    info.members.iter().find(|(_, n)| *n == number).and_then(|(name, _)| Category::parse(name))
}

fn text(bound: &Bound, param: &Param<Str>) -> Option<Rc<str>> {
    bound.get(param).map(|s| s.as_str().into())
}
