//! `Get-Credential`: asks for a user name and a password.

use crate::host::asking::no_answer;
use crate::parameter::Credential;
use exsh_core::cmdlet::{Bound, Cmdlet, CmdletDecl, Param, Validate};
use exsh_core::error::Result;
use exsh_core::host::Stream;
use exsh_core::out::Out;
use exsh_core::value::{Str, Value};
use exsh_dotnet::security::{PSCredential, SecureString};

const IN_CREDENTIAL: u32 = 1;
const IN_MESSAGE: u32 = 1 << 1;

const CREDENTIAL: Param<Credential> =
    Param::new(0, "Credential").sets(IN_CREDENTIAL).position(0).validate(&[Validate::NotNull]);
const MESSAGE: Param<Str> = Param::new(1, "Message").sets(IN_MESSAGE).validate(&[Validate::NotNullOrEmpty]);
const USER_NAME: Param<Str> =
    Param::new(2, "UserName").sets(IN_MESSAGE).position(0).validate(&[Validate::NotNullOrEmpty]);
const TITLE: Param<Str> = Param::new(3, "Title").sets(IN_MESSAGE).validate(&[Validate::NotNullOrEmpty]);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Get-Credential",
    &[CREDENTIAL.spec, MESSAGE.spec, USER_NAME.spec, TITLE.spec],
    include_str!("get_credential.md"),
)
.sets(&["CredentialSet", "MessageSet"], Some(0))
.class("Microsoft.PowerShell.Commands.GetCredentialCommand")
.module("Microsoft.PowerShell.Security")
.outputs(&["System.Management.Automation.PSCredential"]);

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(GetCredential)
}

struct GetCredential;

impl Cmdlet for GetCredential {
    fn process(&mut self, _bound: &Bound, _out: &mut dyn Out) -> Result<()> {
        Ok(())
    }

    fn end(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let mut user: Option<Str> = bound.get(&USER_NAME);
        if let Some(Credential(v)) = bound.get(&CREDENTIAL) {
            if v.downcast::<PSCredential>().is_some() {
                return out.emit(v);
            }
            user = v.base().as_str().cloned();
        }
        let title: Str = bound.get(&TITLE).unwrap_or_else(|| Str::from("PowerShell credential request"));
        let message: Str = bound.get(&MESSAGE).unwrap_or_else(|| Str::from("Enter your credentials."));
        // Nobody reads any more: the question then fails below.
        let _ = out.host().write(Stream::Output, &format!("\n{title}\n{message}\n"));
        let user = match user {
            Some(u) if !u.is_empty() => u,
            _ => match out.host().read_line("User: ") {
                Ok(line) if !line.is_empty() => Str::from(line),
                Ok(_) => return Ok(()),
                Err(why) => return no_answer(why).map_or(Ok(()), Err),
            },
        };
        match out.host().read_secret(&format!("Password for user {user}: ")) {
            Ok(secret) => out.emit(Value::object(PSCredential::new(user, SecureString::from_plain(secret)))),
            Err(why) => no_answer(why).map_or(Ok(()), Err),
        }
    }
}
