//! `Get-Location`: the current location, or what is on a stack of locations. The file system is the only provider that
//! has a location.

use crate::files::location;
use crate::record;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Switch};
use exsh_core::error::{Category, ErrorRecord, Result};
use exsh_core::out::Out;
use exsh_core::value::Str;
use exsh_dotnet::io;

const IN_LOCATION: u32 = 1;
const IN_STACK: u32 = 1 << 1;

const PS_PROVIDER: Param<Vec<Str>> = Param::new(0, "PSProvider").sets(IN_LOCATION).by_property_name();
const PS_DRIVE: Param<Vec<Str>> = Param::new(1, "PSDrive").sets(IN_LOCATION).by_property_name();
const STACK: Param<Switch> = Param::new(2, "Stack").sets(IN_STACK);
const STACK_NAME: Param<Vec<Str>> = Param::new(3, "StackName").sets(IN_STACK).by_property_name();

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Get-Location",
    &[PS_PROVIDER.spec, PS_DRIVE.spec, STACK.spec, STACK_NAME.spec],
    include_str!("get_location.md"),
)
.sets(&["Location", "Stack"], Some(0))
.class("Microsoft.PowerShell.Commands.GetLocationCommand")
.module("Microsoft.PowerShell.Management")
.outputs(&["System.Management.Automation.PathInfo", "System.Management.Automation.PathInfoStack"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(GetLocation)
}

struct GetLocation;

impl Cmdlet for GetLocation {
    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        if bound.on(&STACK) || bound.has(&STACK_NAME) {
            let names: Vec<Str> = bound.get(&STACK_NAME).unwrap_or_else(|| vec![Str::from("")]);
            let memory = location::of_session(out.shell());
            for name in names {
                let listed = memory.borrow().list(Some(&name))?;
                for path in listed {
                    out.emit(io::path_info(&path))?;
                }
            }
            return Ok(());
        }
        for provider in bound.get(&PS_PROVIDER).unwrap_or_default() {
            if !provider.eq_ignore_ascii_case("FileSystem") {
                return Err(ErrorRecord::of(
                    "System.Management.Automation.ProviderNotFoundException",
                    "ProviderNotFound",
                    Category::ObjectNotFound,
                    format!("Cannot find a provider with the name '{provider}'."),
                )
                .into());
            }
        }
        for drive in bound.get(&PS_DRIVE).unwrap_or_default() {
            if drive.as_str() != "/" {
                return Err(record::argument(
                    "DriveNotFound",
                    format!("Cannot find drive. A drive with the name '{drive}' does not exist."),
                )
                .into());
            }
        }
        let here = out.shell().location();
        out.emit(io::path_info(&here))
    }
}
