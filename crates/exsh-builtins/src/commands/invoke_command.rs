//! `Invoke-Command`: runs a script block in this session. Remote sessions are not there yet, and every parameter that
//! means one says so.

use crate::parameter::{Credential, PsObject};
use crate::refuse;
use exsh_core::cmdlet::{Block, Bound, Cmdlet, CmdletDecl, Dictionary, Param, Switch, Validate};
use exsh_core::error::Result;
use exsh_core::out::{Invoke, Out};
use exsh_core::value::{Str, Value, View};

const IN_IN_PROCESS: u32 = 1;
const IN_SESSION: u32 = 1 << 1;
const IN_FILE_PATH_RUNSPACE: u32 = 1 << 2;
const IN_COMPUTER_NAME: u32 = 1 << 3;
const IN_FILE_PATH_COMPUTER_NAME: u32 = 1 << 4;
const IN_URI: u32 = 1 << 5;
const IN_FILE_PATH_URI: u32 = 1 << 6;
const IN_VM_ID: u32 = 1 << 7;
const IN_VM_NAME: u32 = 1 << 8;
const IN_FILE_PATH_VM_ID: u32 = 1 << 9;
const IN_FILE_PATH_VM_NAME: u32 = 1 << 10;
const IN_SSH_HOST: u32 = 1 << 11;
const IN_CONTAINER_ID: u32 = 1 << 12;
const IN_FILE_PATH_CONTAINER_ID: u32 = 1 << 13;
const IN_SSH_HOST_HASH_PARAM: u32 = 1 << 14;
const IN_FILE_PATH_SSH_HOST: u32 = 1 << 15;
const IN_FILE_PATH_SSH_HOST_HASH: u32 = 1 << 16;

const SESSION: Param<Value> = Param::new(0, "Session")
    .sets(IN_SESSION | IN_FILE_PATH_RUNSPACE)
    .position(0)
    .validate(&[Validate::NotNullOrEmpty]);
const COMPUTER_NAME: Param<Vec<Str>> = Param::new(1, "ComputerName")
    .sets(IN_COMPUTER_NAME | IN_FILE_PATH_COMPUTER_NAME)
    .aliases(&["Cn"])
    .position(0)
    .validate(&[Validate::NotNullOrEmpty]);
const CREDENTIAL: Param<Credential> = Param::new(2, "Credential")
    .sets(
        IN_COMPUTER_NAME
            | IN_FILE_PATH_COMPUTER_NAME
            | IN_URI
            | IN_FILE_PATH_URI
            | IN_VM_ID
            | IN_VM_NAME
            | IN_FILE_PATH_VM_ID
            | IN_FILE_PATH_VM_NAME,
    )
    .mandatory_in(IN_VM_ID | IN_VM_NAME | IN_FILE_PATH_VM_ID | IN_FILE_PATH_VM_NAME)
    .by_property_name();
const PORT: Param<i32> = Param::new(3, "Port")
    .sets(IN_COMPUTER_NAME | IN_FILE_PATH_COMPUTER_NAME | IN_SSH_HOST)
    .validate(&[Validate::Range(1, 65535)]);
const USE_SSL: Param<Switch> = Param::new(4, "UseSSL").sets(IN_COMPUTER_NAME | IN_FILE_PATH_COMPUTER_NAME);
const CONFIGURATION_NAME: Param<Str> = Param::new(5, "ConfigurationName")
    .sets(
        IN_COMPUTER_NAME
            | IN_FILE_PATH_COMPUTER_NAME
            | IN_URI
            | IN_FILE_PATH_URI
            | IN_VM_ID
            | IN_VM_NAME
            | IN_FILE_PATH_VM_ID
            | IN_FILE_PATH_VM_NAME
            | IN_CONTAINER_ID
            | IN_FILE_PATH_CONTAINER_ID,
    )
    .by_property_name();
const APPLICATION_NAME: Param<Str> =
    Param::new(6, "ApplicationName").sets(IN_COMPUTER_NAME | IN_FILE_PATH_COMPUTER_NAME).by_property_name();
const THROTTLE_LIMIT: Param<i32> = Param::new(7, "ThrottleLimit").sets(
    IN_SESSION
        | IN_FILE_PATH_RUNSPACE
        | IN_COMPUTER_NAME
        | IN_FILE_PATH_COMPUTER_NAME
        | IN_URI
        | IN_FILE_PATH_URI
        | IN_VM_ID
        | IN_VM_NAME
        | IN_FILE_PATH_VM_ID
        | IN_FILE_PATH_VM_NAME
        | IN_CONTAINER_ID
        | IN_FILE_PATH_CONTAINER_ID,
);
const CONNECTION_URI: Param<Value> = Param::new(8, "ConnectionUri")
    .sets(IN_URI | IN_FILE_PATH_URI)
    .aliases(&["URI", "CU"])
    .position(0)
    .validate(&[Validate::NotNullOrEmpty]);
const AS_JOB: Param<Switch> = Param::new(9, "AsJob").sets(
    IN_SESSION
        | IN_FILE_PATH_RUNSPACE
        | IN_COMPUTER_NAME
        | IN_FILE_PATH_COMPUTER_NAME
        | IN_URI
        | IN_FILE_PATH_URI
        | IN_VM_ID
        | IN_VM_NAME
        | IN_FILE_PATH_VM_ID
        | IN_FILE_PATH_VM_NAME
        | IN_SSH_HOST
        | IN_CONTAINER_ID
        | IN_FILE_PATH_CONTAINER_ID
        | IN_SSH_HOST_HASH_PARAM
        | IN_FILE_PATH_SSH_HOST
        | IN_FILE_PATH_SSH_HOST_HASH,
);
const IN_DISCONNECTED_SESSION: Param<Switch> = Param::new(10, "InDisconnectedSession")
    .sets(IN_COMPUTER_NAME | IN_FILE_PATH_COMPUTER_NAME | IN_URI | IN_FILE_PATH_URI)
    .aliases(&["Disconnected"]);
const SESSION_NAME: Param<Vec<Str>> = Param::new(11, "SessionName")
    .sets(IN_COMPUTER_NAME | IN_FILE_PATH_COMPUTER_NAME)
    .validate(&[Validate::NotNullOrEmpty]);
const HIDE_COMPUTER_NAME: Param<Switch> = Param::new(12, "HideComputerName")
    .sets(
        IN_SESSION
            | IN_FILE_PATH_RUNSPACE
            | IN_COMPUTER_NAME
            | IN_FILE_PATH_COMPUTER_NAME
            | IN_URI
            | IN_FILE_PATH_URI
            | IN_VM_ID
            | IN_VM_NAME
            | IN_FILE_PATH_VM_ID
            | IN_FILE_PATH_VM_NAME
            | IN_SSH_HOST
            | IN_CONTAINER_ID
            | IN_FILE_PATH_CONTAINER_ID
            | IN_SSH_HOST_HASH_PARAM
            | IN_FILE_PATH_SSH_HOST
            | IN_FILE_PATH_SSH_HOST_HASH,
    )
    .aliases(&["HCN"]);
const JOB_NAME: Param<Str> = Param::new(13, "JobName").sets(
    IN_SESSION
        | IN_FILE_PATH_RUNSPACE
        | IN_COMPUTER_NAME
        | IN_FILE_PATH_COMPUTER_NAME
        | IN_URI
        | IN_FILE_PATH_URI
        | IN_SSH_HOST
        | IN_CONTAINER_ID
        | IN_FILE_PATH_CONTAINER_ID
        | IN_SSH_HOST_HASH_PARAM,
);
const SCRIPT_BLOCK: Param<Block> = Param::new(14, "ScriptBlock")
    .sets(
        IN_IN_PROCESS
            | IN_SESSION
            | IN_COMPUTER_NAME
            | IN_URI
            | IN_VM_ID
            | IN_VM_NAME
            | IN_SSH_HOST
            | IN_CONTAINER_ID
            | IN_SSH_HOST_HASH_PARAM,
    )
    .aliases(&["Command"])
    .mandatory()
    .position_in(
        IN_SESSION
            | IN_COMPUTER_NAME
            | IN_URI
            | IN_VM_ID
            | IN_VM_NAME
            | IN_SSH_HOST
            | IN_CONTAINER_ID
            | IN_SSH_HOST_HASH_PARAM,
        1,
    )
    .position_in(IN_IN_PROCESS, 0)
    .validate(&[Validate::NotNull]);
const NO_NEW_SCOPE: Param<Switch> = Param::new(15, "NoNewScope").sets(IN_IN_PROCESS);
const FILE_PATH: Param<Str> = Param::new(16, "FilePath")
    .sets(
        IN_FILE_PATH_RUNSPACE
            | IN_FILE_PATH_COMPUTER_NAME
            | IN_FILE_PATH_URI
            | IN_FILE_PATH_VM_ID
            | IN_FILE_PATH_VM_NAME
            | IN_FILE_PATH_CONTAINER_ID
            | IN_FILE_PATH_SSH_HOST
            | IN_FILE_PATH_SSH_HOST_HASH,
    )
    .aliases(&["PSPath"])
    .mandatory()
    .position_in(
        IN_FILE_PATH_RUNSPACE
            | IN_FILE_PATH_COMPUTER_NAME
            | IN_FILE_PATH_URI
            | IN_FILE_PATH_VM_ID
            | IN_FILE_PATH_VM_NAME
            | IN_FILE_PATH_CONTAINER_ID,
        1,
    )
    .validate(&[Validate::NotNull]);
const ALLOW_REDIRECTION: Param<Switch> = Param::new(17, "AllowRedirection").sets(IN_URI | IN_FILE_PATH_URI);
const SESSION_OPTION: Param<Value> = Param::new(18, "SessionOption")
    .sets(IN_COMPUTER_NAME | IN_FILE_PATH_COMPUTER_NAME | IN_URI | IN_FILE_PATH_URI);
const AUTHENTICATION: Param<Value> = Param::new(19, "Authentication")
    .sets(IN_COMPUTER_NAME | IN_FILE_PATH_COMPUTER_NAME | IN_URI | IN_FILE_PATH_URI);
const ENABLE_NETWORK_ACCESS: Param<Switch> = Param::new(20, "EnableNetworkAccess")
    .sets(IN_COMPUTER_NAME | IN_FILE_PATH_COMPUTER_NAME | IN_URI | IN_FILE_PATH_URI);
const RUN_AS_ADMINISTRATOR: Param<Switch> =
    Param::new(21, "RunAsAdministrator").sets(IN_CONTAINER_ID | IN_FILE_PATH_CONTAINER_ID);
const HOST_NAME: Param<Vec<Str>> = Param::new(22, "HostName")
    .sets(IN_SSH_HOST | IN_FILE_PATH_SSH_HOST)
    .mandatory()
    .validate(&[Validate::NotNullOrEmpty]);
const USER_NAME: Param<Str> = Param::new(23, "UserName")
    .sets(IN_SSH_HOST | IN_FILE_PATH_SSH_HOST)
    .validate(&[Validate::NotNullOrEmpty]);
const KEY_FILE_PATH: Param<Str> = Param::new(24, "KeyFilePath")
    .sets(IN_SSH_HOST | IN_FILE_PATH_SSH_HOST)
    .aliases(&["IdentityFilePath"])
    .validate(&[Validate::NotNullOrEmpty]);
const SUBSYSTEM: Param<Str> = Param::new(25, "Subsystem").sets(IN_SSH_HOST | IN_FILE_PATH_SSH_HOST);
const CONNECTING_TIMEOUT: Param<i32> =
    Param::new(26, "ConnectingTimeout").sets(IN_SSH_HOST | IN_FILE_PATH_SSH_HOST);
const SSH_TRANSPORT: Param<Switch> = Param::new(27, "SSHTransport")
    .sets(IN_SSH_HOST | IN_FILE_PATH_SSH_HOST)
    .validate(&[Validate::Set(&["true"])]);
const SSH_CONNECTION: Param<Value> = Param::new(28, "SSHConnection")
    .sets(IN_SSH_HOST_HASH_PARAM | IN_FILE_PATH_SSH_HOST_HASH)
    .mandatory()
    .validate(&[Validate::NotNullOrEmpty]);
const OPTIONS: Param<Dictionary> =
    Param::new(29, "Options").sets(IN_SSH_HOST | IN_FILE_PATH_SSH_HOST).validate(&[Validate::NotNullOrEmpty]);
const REMOTE_DEBUG: Param<Switch> = Param::new(30, "RemoteDebug").sets(
    IN_SESSION
        | IN_FILE_PATH_RUNSPACE
        | IN_COMPUTER_NAME
        | IN_FILE_PATH_COMPUTER_NAME
        | IN_URI
        | IN_FILE_PATH_URI
        | IN_VM_ID
        | IN_VM_NAME
        | IN_FILE_PATH_VM_ID
        | IN_FILE_PATH_VM_NAME
        | IN_SSH_HOST
        | IN_CONTAINER_ID
        | IN_FILE_PATH_CONTAINER_ID
        | IN_SSH_HOST_HASH_PARAM
        | IN_FILE_PATH_SSH_HOST
        | IN_FILE_PATH_SSH_HOST_HASH,
);
const INPUT_OBJECT: Param<PsObject> = Param::new(31, "InputObject").from_pipeline();
const ARGUMENT_LIST: Param<Vec<Value>> = Param::new(32, "ArgumentList").aliases(&["Args"]);
const VM_ID: Param<Value> = Param::new(33, "VMId")
    .sets(IN_VM_ID | IN_FILE_PATH_VM_ID)
    .aliases(&["VMGuid"])
    .mandatory()
    .position(0)
    .by_property_name()
    .validate(&[Validate::NotNullOrEmpty]);
const VM_NAME: Param<Vec<Str>> = Param::new(34, "VMName")
    .sets(IN_VM_NAME | IN_FILE_PATH_VM_NAME)
    .mandatory()
    .by_property_name()
    .validate(&[Validate::NotNullOrEmpty]);
const CONTAINER_ID: Param<Vec<Str>> = Param::new(35, "ContainerId")
    .sets(IN_CONTAINER_ID | IN_FILE_PATH_CONTAINER_ID)
    .mandatory()
    .by_property_name()
    .validate(&[Validate::NotNullOrEmpty]);
const CERTIFICATE_THUMBPRINT: Param<Str> =
    Param::new(36, "CertificateThumbprint").sets(IN_COMPUTER_NAME | IN_URI);

/// The declaration.
pub static DECL: CmdletDecl = CmdletDecl::new(
    "Invoke-Command",
    &[
        SESSION.spec,
        COMPUTER_NAME.spec,
        CREDENTIAL.spec,
        PORT.spec,
        USE_SSL.spec,
        CONFIGURATION_NAME.spec,
        APPLICATION_NAME.spec,
        THROTTLE_LIMIT.spec,
        CONNECTION_URI.spec,
        AS_JOB.spec,
        IN_DISCONNECTED_SESSION.spec,
        SESSION_NAME.spec,
        HIDE_COMPUTER_NAME.spec,
        JOB_NAME.spec,
        SCRIPT_BLOCK.spec,
        NO_NEW_SCOPE.spec,
        FILE_PATH.spec,
        ALLOW_REDIRECTION.spec,
        SESSION_OPTION.spec,
        AUTHENTICATION.spec,
        ENABLE_NETWORK_ACCESS.spec,
        RUN_AS_ADMINISTRATOR.spec,
        HOST_NAME.spec,
        USER_NAME.spec,
        KEY_FILE_PATH.spec,
        SUBSYSTEM.spec,
        CONNECTING_TIMEOUT.spec,
        SSH_TRANSPORT.spec,
        SSH_CONNECTION.spec,
        OPTIONS.spec,
        REMOTE_DEBUG.spec,
        INPUT_OBJECT.spec,
        ARGUMENT_LIST.spec,
        VM_ID.spec,
        VM_NAME.spec,
        CONTAINER_ID.spec,
        CERTIFICATE_THUMBPRINT.spec,
    ],
    include_str!("invoke_command.md"),
)
.sets(
    &[
        "InProcess",
        "Session",
        "FilePathRunspace",
        "ComputerName",
        "FilePathComputerName",
        "Uri",
        "FilePathUri",
        "VMId",
        "VMName",
        "FilePathVMId",
        "FilePathVMName",
        "SSHHost",
        "ContainerId",
        "FilePathContainerId",
        "SSHHostHashParam",
        "FilePathSSHHost",
        "FilePathSSHHostHash",
    ],
    Some(0),
)
.class("Microsoft.PowerShell.Commands.InvokeCommandCommand")
.module("Microsoft.PowerShell.Core");

/// One invocation.
pub fn make() -> Box<dyn Cmdlet> {
    Box::new(InvokeCommand { input: Vec::new() })
}

struct InvokeCommand {
    /// The block's `$input`: it runs once, after the last object.
    input: Vec<Value>,
}

impl Cmdlet for InvokeCommand {
    fn begin(&mut self, bound: &Bound, _out: &mut dyn Out) -> Result<()> {
        refuse::given(
            bound,
            "Invoke-Command",
            &[
                &SESSION.spec,
                &COMPUTER_NAME.spec,
                &CREDENTIAL.spec,
                &PORT.spec,
                &USE_SSL.spec,
                &CONFIGURATION_NAME.spec,
                &APPLICATION_NAME.spec,
                &THROTTLE_LIMIT.spec,
                &CONNECTION_URI.spec,
                &AS_JOB.spec,
                &IN_DISCONNECTED_SESSION.spec,
                &SESSION_NAME.spec,
                &HIDE_COMPUTER_NAME.spec,
                &JOB_NAME.spec,
                &FILE_PATH.spec,
                &ALLOW_REDIRECTION.spec,
                &SESSION_OPTION.spec,
                &AUTHENTICATION.spec,
                &ENABLE_NETWORK_ACCESS.spec,
                &RUN_AS_ADMINISTRATOR.spec,
                &HOST_NAME.spec,
                &USER_NAME.spec,
                &KEY_FILE_PATH.spec,
                &SUBSYSTEM.spec,
                &CONNECTING_TIMEOUT.spec,
                &SSH_TRANSPORT.spec,
                &SSH_CONNECTION.spec,
                &OPTIONS.spec,
                &REMOTE_DEBUG.spec,
                &VM_ID.spec,
                &VM_NAME.spec,
                &CONTAINER_ID.spec,
                &CERTIFICATE_THUMBPRINT.spec,
            ],
        )
    }

    fn process(&mut self, bound: &Bound, _out: &mut dyn Out) -> Result<()> {
        let object = bound.raw(&INPUT_OBJECT);
        if !matches!(object.view(), View::Unset | View::Nothing) {
            self.input.push(object.clone());
        }
        Ok(())
    }

    fn end(&mut self, bound: &Bound, out: &mut dyn Out) -> Result<()> {
        let Some(Block(block)) = bound.get(&SCRIPT_BLOCK) else { return Ok(()) };
        let how = Invoke {
            args: bound.get(&ARGUMENT_LIST).unwrap_or_default(),
            input: Some(std::mem::take(&mut self.input)),
            same_scope: bound.on(&NO_NEW_SCOPE),
            ..Invoke::default()
        };
        out.invoke(&block, how)
    }
}
