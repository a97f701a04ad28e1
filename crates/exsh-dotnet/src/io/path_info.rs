//! `PathInfo`, `PSDriveInfo` and `ProviderInfo`: where a session is. There is one provider and one drive, the root.

use crate::fail;
use crate::sig::*;
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Object, Result, Str, Value};
use std::any::Any;

pub static PATH_INFO: TypeInfo = TypeInfo::class("System.Management.Automation.PathInfo", PATH_MEMBERS);
pub static PS_DRIVE_INFO: TypeInfo =
    TypeInfo::class("System.Management.Automation.PSDriveInfo", DRIVE_MEMBERS);
pub static PROVIDER_INFO: TypeInfo =
    TypeInfo::class("System.Management.Automation.ProviderInfo", PROVIDER_MEMBERS);

/// The provider's full name, as it stands before the path in `PSPath`.
pub const PROVIDER: &str = "Microsoft.PowerShell.Core\\FileSystem";

/// What `$PWD` and `Get-Location` are.
pub struct PathInfo {
    path: Str,
}

/// The object for an absolute path.
pub fn path_info(path: &str) -> Value {
    Value::object(PathInfo { path: Str::from(path) })
}

pub fn drive() -> Value {
    Value::object(DriveInfo)
}

pub fn provider() -> Value {
    Value::object(ProviderInfo)
}

impl Object for PathInfo {
    fn type_info(&self) -> TypeRef {
        &PATH_INFO
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.path.to_string())
    }
}

fn path(v: &Value) -> Result<Value> {
    match v.downcast::<PathInfo>() {
        Some(p) => Ok(Value::string(p.path.clone())),
        None => Err(fail::argument_null("this")),
    }
}

static PATH_MEMBERS: MemberTable = MemberTable::of_properties(properties! {
    Drive: "System.Management.Automation.PSDriveInfo" = |_, _| Ok(drive());
    Provider: "System.Management.Automation.ProviderInfo" = |_, _| Ok(provider());
    ProviderPath: "string" = |_, v| path(v);
    Path: "string" = |_, v| path(v);
});

/// The drive `/`.
pub struct DriveInfo;

impl Object for DriveInfo {
    fn type_info(&self) -> TypeRef {
        &PS_DRIVE_INFO
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some("/".into())
    }
    fn key_equals(&self, other: &dyn Object) -> bool {
        other.as_any().is::<DriveInfo>()
    }
    fn key_hash(&self) -> Option<u64> {
        Some(0x64)
    }
}

static DRIVE_MEMBERS: MemberTable = MemberTable::of_properties(properties! {
    CurrentLocation: "string" = |shell, _| Ok(Value::text(shell.location().trim_start_matches('/')));
    Name: "string" = |_, _| Ok(Value::text("/"));
    Provider: "System.Management.Automation.ProviderInfo" = |_, _| Ok(provider());
    Root: "string" = |_, _| Ok(Value::text("/"));
    Description: "string" = |_, _| Ok(Value::text("/"));
    MaximumSize: "System.Object" = |_, _| Ok(Value::NULL);
    Credential: "pscredential" = |_, _| Ok(Value::NULL);
    DisplayRoot: "string" = |_, _| Ok(Value::NULL);
    VolumeSeparatedByColon: "bool" = |_, _| Ok(Value::FALSE);
});

/// The provider of the file system.
pub struct ProviderInfo;

impl Object for ProviderInfo {
    fn type_info(&self) -> TypeRef {
        &PROVIDER_INFO
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(PROVIDER.into())
    }
    fn key_equals(&self, other: &dyn Object) -> bool {
        other.as_any().is::<ProviderInfo>()
    }
    fn key_hash(&self) -> Option<u64> {
        Some(0x70)
    }
}

static PROVIDER_MEMBERS: MemberTable = MemberTable::of_properties(properties! {
    Name: "string" = |_, _| Ok(Value::text("FileSystem"));
    ModuleName: "string" = |_, _| Ok(Value::text("Microsoft.PowerShell.Core"));
    Description: "string" = |_, _| Ok(Value::text(""));
    Home: "string" = |shell, _| Ok(Value::text(shell.host().home()));
    Drives: "System.Object" = |_, _| {
        Ok(Value::list_of(crate::types::collection_of(&PS_DRIVE_INFO), vec![drive()]))
    };
    ItemSeparator: "char" = |_, _| Ok(Value::char(u16::from(b'/')));
    AltItemSeparator: "char" = |_, _| Ok(Value::char(u16::from(b'\\')));
    VolumeSeparatedByColon: "bool" = |_, _| Ok(Value::FALSE);
});
