//! System.ServiceProcess.ServiceController: a service as it was when it was read; Refresh() reads it again.

use super::control;
use crate::session::ExchangeContext;
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::object::Object;
use exsh_core::out::Shell;
use exsh_core::types::{
    self, EnumInfo, MemberTable, Method, Overload, Parameter, Property, TypeInfo, TypeRef,
};
use exsh_core::value::Value;
use exsh_core::view::{Cell, Column, ListItem, View};
use exsh_state::ServiceAction;
use exsh_state::model::{ServiceStatus, StartupType, WindowsService};
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

pub struct ServiceController {
    row: RefCell<WindowsService>,
    context: Rc<ExchangeContext>,
}

impl ServiceController {
    pub fn new(row: WindowsService, context: &Rc<ExchangeContext>) -> ServiceController {
        ServiceController { row: RefCell::new(row), context: context.clone() }
    }
    pub fn row(&self) -> WindowsService {
        self.row.borrow().clone()
    }
    fn refresh(&self, shell: &mut dyn Shell) -> Result<()> {
        if let Some(row) = control::reread(&self.context, shell.host(), &self.row())? {
            *self.row.borrow_mut() = row;
        }
        Ok(())
    }
    /// .NET's object keeps the status it had until Refresh().
    fn act(&self, shell: &mut dyn Shell, action: ServiceAction) -> Result<()> {
        control::run(&self.context, shell.host(), &self.row(), action, "ServiceController")
    }
}

impl Object for ServiceController {
    fn type_info(&self) -> TypeRef {
        &SERVICE_CONTROLLER
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    // The SDK's type data shows the service's name.
    fn to_text(&self) -> Option<String> {
        Some(self.row.borrow().name.clone())
    }
}

static STATUS_INFO: EnumInfo = EnumInfo {
    flags: false,
    members: &[
        ("Stopped", 1),
        ("StartPending", 2),
        ("StopPending", 3),
        ("Running", 4),
        ("ContinuePending", 5),
        ("PausePending", 6),
        ("Paused", 7),
    ],
    underlying: &types::INT32,
};
pub static STATUS: TypeInfo =
    TypeInfo::enumeration("System.ServiceProcess.ServiceControllerStatus", &STATUS_INFO);

static START_MODE_INFO: EnumInfo = EnumInfo {
    flags: false,
    members: &[("Boot", 0), ("System", 1), ("Automatic", 2), ("Manual", 3), ("Disabled", 4)],
    underlying: &types::INT32,
};
pub static START_MODE: TypeInfo =
    TypeInfo::enumeration("System.ServiceProcess.ServiceStartMode", &START_MODE_INFO);

static SERVICE_TYPE_INFO: EnumInfo = EnumInfo {
    flags: true,
    members: &[
        ("KernelDriver", 1),
        ("FileSystemDriver", 2),
        ("Adapter", 4),
        ("RecognizerDriver", 8),
        ("Win32OwnProcess", 16),
        ("Win32ShareProcess", 32),
        ("InteractiveProcess", 256),
    ],
    underlying: &types::INT32,
};
pub static SERVICE_TYPE: TypeInfo =
    TypeInfo::enumeration("System.ServiceProcess.ServiceType", &SERVICE_TYPE_INFO);

/// Widths 8, 18 and 38 and the list's order: the reference's format data.
const VIEWS: &[View] = &[
    View::table(
        "service",
        &[
            Column::property("Status").width(8),
            Column::property("Name").width(18),
            Column::property("DisplayName").width(38),
        ],
    ),
    View::list(
        "System.ServiceProcess.ServiceController",
        &[
            item("Name"),
            item("DisplayName"),
            item("Status"),
            item("DependentServices"),
            item("ServicesDependedOn"),
            item("CanPauseAndContinue"),
            item("CanShutdown"),
            item("CanStop"),
            item("ServiceType"),
        ],
    ),
];

const fn item(name: &'static str) -> ListItem {
    ListItem { label: None, cell: Cell::Property(name) }
}

const MEMBERS: MemberTable = MemberTable { properties: PROPERTIES, methods: METHODS, ..MemberTable::EMPTY };

pub static SERVICE_CONTROLLER: TypeInfo =
    TypeInfo::class("System.ServiceProcess.ServiceController", MEMBERS).with_views(VIEWS);
pub static SERVICE_CONTROLLER_ARRAY: TypeInfo =
    TypeInfo::array("System.ServiceProcess.ServiceController[]", &SERVICE_CONTROLLER);

macro_rules! property {
    ($name:literal, $text:literal, |$row:ident| $value:expr) => {
        Property::new($name, $text, |_, this| {
            Ok(this.downcast::<ServiceController>().map_or(Value::NULL, |o| {
                let $row = o.row.borrow();
                $value
            }))
        })
    };
}

const PROPERTIES: &[Property] = &[
    property!("Name", "string", |row| Value::text(row.name.as_str())),
    property!("DisplayName", "string", |row| Value::text(row.display_name.as_str())),
    property!("ServiceName", "string", |row| Value::text(row.name.as_str())),
    property!("Status", "System.ServiceProcess.ServiceControllerStatus", |row| status(row.status)),
    property!("StartType", "System.ServiceProcess.ServiceStartMode", |row| {
        Value::enumeration(
            &START_MODE,
            match row.startup {
                StartupType::Automatic => 2,
                StartupType::Manual => 3,
                StartupType::Disabled => 4,
            },
        )
    }),
    property!("ServiceType", "System.ServiceProcess.ServiceType", |row| {
        // IIS shares its process with other services; Exchange's have their own.
        Value::enumeration(&SERVICE_TYPE, if row.name.eq_ignore_ascii_case("W3SVC") { 32 } else { 16 })
    }),
    property!("MachineName", "string", |_row| Value::text(".")),
    property!("CanPauseAndContinue", "bool", |_row| Value::FALSE),
    property!("CanShutdown", "bool", |row| Value::bool(row.status == ServiceStatus::Running)),
    property!("CanStop", "bool", |row| Value::bool(row.status == ServiceStatus::Running)),
    property!("DependentServices", "System.ServiceProcess.ServiceController[]", |_row| none()),
    property!("ServicesDependedOn", "System.ServiceProcess.ServiceController[]", |_row| none()),
    property!("RequiredServices", "System.ServiceProcess.ServiceController[]", |_row| none()),
];

const METHODS: &[Method] = &[
    Method {
        name: "Refresh",
        overloads: &[Overload {
            parameters: &[],
            returns: "void",
            call: |shell, this, _| with(this, |o| o.refresh(shell)),
        }],
    },
    Method {
        name: "Start",
        overloads: &[Overload {
            parameters: &[],
            returns: "void",
            call: |shell, this, _| with(this, |o| o.act(shell, ServiceAction::Start)),
        }],
    },
    Method {
        name: "Stop",
        overloads: &[Overload {
            parameters: &[],
            returns: "void",
            call: |shell, this, _| with(this, |o| o.act(shell, ServiceAction::Stop)),
        }],
    },
    Method {
        name: "WaitForStatus",
        overloads: &[
            Overload {
                parameters: &[Parameter::new("desiredStatus", &STATUS)],
                returns: "void",
                call: |shell, this, args| with(this, |o| wait(o, shell, args)),
            },
            Overload {
                parameters: &[
                    Parameter::new("desiredStatus", &STATUS),
                    Parameter::new("timeout", &types::TIME_SPAN),
                ],
                returns: "void",
                call: |shell, this, args| with(this, |o| wait(o, shell, args)),
            },
        ],
    },
];

pub fn status(of: ServiceStatus) -> Value {
    let number = match of {
        ServiceStatus::Stopped => 1,
        ServiceStatus::Running => 4,
    };
    Value::enumeration(&STATUS, number)
}

fn with(this: &Value, f: impl FnOnce(&ServiceController) -> Result<()>) -> Result<Value> {
    if let Some(service) = this.downcast::<ServiceController>() {
        f(service)?;
    }
    Ok(Value::NULL)
}

/// A service here is never on its way: it has the status already or will not get it by waiting.
fn wait(service: &ServiceController, shell: &mut dyn Shell, args: &[Value]) -> Result<()> {
    service.refresh(shell)?;
    let wanted = args.first().and_then(|v| v.base().as_enum()).map(|e| e.number);
    if status(service.row.borrow().status).as_enum().map(|e| e.number) == wanted {
        return Ok(());
    }
    Err(ErrorRecord::of(
        "System.ServiceProcess.TimeoutException",
        "TimeoutException",
        Category::NotSpecified,
        "Time out has expired and the operation has not been completed.",
    )
    .into())
}

fn none() -> Value {
    Value::list_of(&SERVICE_CONTROLLER_ARRAY, Vec::new())
}
