//! `Set-Content`: replaces what files hold. The file is opened at the first value and closed after the last.

use crate::files::content_writer::{self, Format, Target};
use crate::parameter::Credential;
use crate::refuse;
use crate::text_encoding::TextEncoding;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Impact, Param, Switch, Validate};
use exsh_core::error::Result;
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};

const IN_PATH: u32 = 1;
const IN_LITERAL_PATH: u32 = 1 << 1;

const VALUE: Param<Vec<Value>> = Param::new(0, "Value")
    .mandatory()
    .position(1)
    .from_pipeline()
    .by_property_name()
    .allow_empty()
    .allow_null();
const PASS_THRU: Param<Switch> = Param::new(1, "PassThru");
const PATH: Param<Vec<Str>> =
    Param::new(2, "Path").sets(IN_PATH).mandatory().position(0).by_property_name().wildcards();
const LITERAL_PATH: Param<Vec<Str>> = Param::new(3, "LiteralPath")
    .sets(IN_LITERAL_PATH)
    .aliases(&["PSPath", "LP"])
    .mandatory()
    .by_property_name();
const FILTER: Param<Str> = Param::new(4, "Filter");
const INCLUDE: Param<Vec<Str>> = Param::new(5, "Include").wildcards();
const EXCLUDE: Param<Vec<Str>> = Param::new(6, "Exclude").wildcards();
const FORCE: Param<Switch> = Param::new(7, "Force");
const CREDENTIAL: Param<Credential> = Param::new(8, "Credential").by_property_name();
const NO_NEWLINE: Param<Switch> = Param::new(9, "NoNewline");
const ENCODING: Param<TextEncoding> = Param::new(10, "Encoding").validate(&[Validate::NotNullOrEmpty]);
const AS_BYTE_STREAM: Param<Switch> = Param::new(11, "AsByteStream");

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Set-Content",
    &[
        VALUE.spec,
        PASS_THRU.spec,
        PATH.spec,
        LITERAL_PATH.spec,
        FILTER.spec,
        INCLUDE.spec,
        EXCLUDE.spec,
        FORCE.spec,
        CREDENTIAL.spec,
        NO_NEWLINE.spec,
        ENCODING.spec,
        AS_BYTE_STREAM.spec,
    ],
    include_str!("set_content.md"),
)
.sets(&["Path", "LiteralPath"], Some(0))
.should_process(Impact::Medium)
.class("Microsoft.PowerShell.Commands.SetContentCommand")
.module("Microsoft.PowerShell.Management");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(SetContent { targets: None })
}

struct SetContent {
    targets: Option<Vec<Target>>,
}

impl Cmdlet for SetContent {
    fn begin(&mut self, bound: &Bound, _out: &mut dyn Out) -> Result<()> {
        refuse::credential(bound, &CREDENTIAL.spec)
    }

    fn process(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let targets = match &mut self.targets {
            Some(t) => t,
            None => {
                let format = Format {
                    append: false,
                    no_newline: bound.on(&NO_NEWLINE),
                    as_bytes: bound.on(&AS_BYTE_STREAM),
                    force: bound.on(&FORCE),
                    encoding: bound.get(&ENCODING),
                };
                let opened = content_writer::targets(
                    bound.get(&PATH),
                    bound.get(&LITERAL_PATH),
                    format,
                    "Set Content",
                    out,
                )?;
                self.targets.insert(opened)
            }
        };
        let values: Vec<Value> = bound.get(&VALUE).unwrap_or_default();
        content_writer::each(values, &mut |v| {
            for t in targets.iter_mut() {
                t.write(v, out)?;
            }
            if bound.on(&PASS_THRU) { out.emit(v.clone()) } else { Ok(()) }
        })
    }

    fn end(&mut self, _bound: &Bound, out: &mut dyn Out) -> Result<()> {
        self.targets.take().unwrap_or_default().into_iter().try_for_each(|t| t.finish(out))
    }
}
