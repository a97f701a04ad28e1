//! The enumerations of the shell itself and of the service controller.

use exsh_core::types::{EnumInfo, INT32, TypeInfo};

pub static OPEN_MODE: TypeInfo = TypeInfo::enumeration(
    "Microsoft.PowerShell.Commands.OpenMode",
    &EnumInfo { flags: false, underlying: &INT32, members: &[("Add", 0), ("New", 1), ("Overwrite", 2)] },
);

pub static EXECUTION_POLICY: TypeInfo = TypeInfo::enumeration(
    "Microsoft.PowerShell.ExecutionPolicy",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("Unrestricted", 0),
            ("RemoteSigned", 1),
            ("AllSigned", 2),
            ("Restricted", 3),
            ("Default", 3),
            ("Bypass", 4),
            ("Undefined", 5),
        ],
    },
);

pub static EXECUTION_POLICY_SCOPE: TypeInfo = TypeInfo::enumeration(
    "Microsoft.PowerShell.ExecutionPolicyScope",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("Process", 0),
            ("CurrentUser", 1),
            ("LocalMachine", 2),
            ("UserPolicy", 3),
            ("MachinePolicy", 4),
        ],
    },
);

pub static ACTION_PREFERENCE: TypeInfo = TypeInfo::enumeration(
    "System.Management.Automation.ActionPreference",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("SilentlyContinue", 0),
            ("Stop", 1),
            ("Continue", 2),
            ("Inquire", 3),
            ("Ignore", 4),
            ("Suspend", 5),
            ("Break", 6),
        ],
    },
);

pub static COMMAND_TYPES: TypeInfo = TypeInfo::enumeration(
    "System.Management.Automation.CommandTypes",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[
            ("Alias", 1),
            ("Function", 2),
            ("Filter", 4),
            ("Cmdlet", 8),
            ("ExternalScript", 16),
            ("Application", 32),
            ("Script", 64),
            ("Configuration", 256),
            ("All", 383),
        ],
    },
);

pub static COMPLETION_RESULT_TYPE: TypeInfo = TypeInfo::enumeration(
    "System.Management.Automation.CompletionResultType",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("Text", 0),
            ("History", 1),
            ("Command", 2),
            ("ProviderItem", 3),
            ("ProviderContainer", 4),
            ("Property", 5),
            ("Method", 6),
            ("ParameterName", 7),
            ("ParameterValue", 8),
            ("Variable", 9),
            ("Namespace", 10),
            ("Type", 11),
            ("Keyword", 12),
            ("DynamicKeyword", 13),
        ],
    },
);

pub static CONFIRM_IMPACT: TypeInfo = TypeInfo::enumeration(
    "System.Management.Automation.ConfirmImpact",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[("None", 0), ("Low", 1), ("Medium", 2), ("High", 3)],
    },
);

pub static ERROR_CATEGORY: TypeInfo = TypeInfo::enumeration(
    "System.Management.Automation.ErrorCategory",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("NotSpecified", 0),
            ("OpenError", 1),
            ("CloseError", 2),
            ("DeviceError", 3),
            ("DeadlockDetected", 4),
            ("InvalidArgument", 5),
            ("InvalidData", 6),
            ("InvalidOperation", 7),
            ("InvalidResult", 8),
            ("InvalidType", 9),
            ("MetadataError", 10),
            ("NotImplemented", 11),
            ("NotInstalled", 12),
            ("ObjectNotFound", 13),
            ("OperationStopped", 14),
            ("OperationTimeout", 15),
            ("SyntaxError", 16),
            ("ParserError", 17),
            ("PermissionDenied", 18),
            ("ResourceBusy", 19),
            ("ResourceExists", 20),
            ("ResourceUnavailable", 21),
            ("ReadError", 22),
            ("WriteError", 23),
            ("FromStdErr", 24),
            ("SecurityError", 25),
            ("ProtocolError", 26),
            ("ConnectionError", 27),
            ("AuthenticationError", 28),
            ("LimitsExceeded", 29),
            ("QuotaExceeded", 30),
            ("NotEnabled", 31),
        ],
    },
);

pub static JOB_STATE: TypeInfo = TypeInfo::enumeration(
    "System.Management.Automation.JobState",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("NotStarted", 0),
            ("Running", 1),
            ("Completed", 2),
            ("Failed", 3),
            ("Stopped", 4),
            ("Blocked", 5),
            ("Suspended", 6),
            ("Disconnected", 7),
            ("Suspending", 8),
            ("Stopping", 9),
            ("AtBreakpoint", 10),
        ],
    },
);

pub static REDIRECTION_STREAM: TypeInfo = TypeInfo::enumeration(
    "System.Management.Automation.Language.RedirectionStream",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("All", 0),
            ("Output", 1),
            ("Error", 2),
            ("Warning", 3),
            ("Verbose", 4),
            ("Debug", 5),
            ("Information", 6),
        ],
    },
);

pub static OUTPUT_RENDERING: TypeInfo = TypeInfo::enumeration(
    "System.Management.Automation.OutputRendering",
    &EnumInfo { flags: false, underlying: &INT32, members: &[("Host", 0), ("PlainText", 1), ("Ansi", 2)] },
);

pub static PROGRESS_VIEW: TypeInfo = TypeInfo::enumeration(
    "System.Management.Automation.ProgressView",
    &EnumInfo { flags: false, underlying: &INT32, members: &[("Minimal", 0), ("Classic", 1)] },
);

pub static PSLANGUAGE_MODE: TypeInfo = TypeInfo::enumeration(
    "System.Management.Automation.PSLanguageMode",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("FullLanguage", 0),
            ("RestrictedLanguage", 1),
            ("NoLanguage", 2),
            ("ConstrainedLanguage", 3),
        ],
    },
);

pub static PSMEMBER_TYPES: TypeInfo = TypeInfo::enumeration(
    "System.Management.Automation.PSMemberTypes",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[
            ("AliasProperty", 1),
            ("CodeProperty", 2),
            ("Property", 4),
            ("NoteProperty", 8),
            ("ScriptProperty", 16),
            ("PropertySet", 32),
            ("Method", 64),
            ("CodeMethod", 128),
            ("ScriptMethod", 256),
            ("Methods", 448),
            ("ParameterizedProperty", 512),
            ("MemberSet", 1024),
            ("Event", 2048),
            ("Dynamic", 4096),
            ("InferredProperty", 8192),
            ("Properties", 8223),
            ("All", 16383),
        ],
    },
);

pub static PSMEMBER_VIEW_TYPES: TypeInfo = TypeInfo::enumeration(
    "System.Management.Automation.PSMemberViewTypes",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[("Extended", 1), ("Adapted", 2), ("Base", 4), ("All", 7)],
    },
);

pub static SCOPED_ITEM_OPTIONS: TypeInfo = TypeInfo::enumeration(
    "System.Management.Automation.ScopedItemOptions",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[
            ("None", 0),
            ("ReadOnly", 1),
            ("Constant", 2),
            ("Private", 4),
            ("AllScope", 8),
            ("Unspecified", 16),
        ],
    },
);

pub static SESSION_STATE_ENTRY_VISIBILITY: TypeInfo = TypeInfo::enumeration(
    "System.Management.Automation.SessionStateEntryVisibility",
    &EnumInfo { flags: false, underlying: &INT32, members: &[("Public", 0), ("Private", 1)] },
);

pub static SPLIT_OPTIONS: TypeInfo = TypeInfo::enumeration(
    "System.Management.Automation.SplitOptions",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[
            ("SimpleMatch", 1),
            ("RegexMatch", 2),
            ("CultureInvariant", 4),
            ("IgnorePatternWhitespace", 8),
            ("Multiline", 16),
            ("Singleline", 32),
            ("IgnoreCase", 64),
            ("ExplicitCapture", 128),
        ],
    },
);

pub static VALIDATE_RANGE_KIND: TypeInfo = TypeInfo::enumeration(
    "System.Management.Automation.ValidateRangeKind",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[("Positive", 0), ("NonNegative", 1), ("Negative", 2), ("NonPositive", 3)],
    },
);

pub static WILDCARD_OPTIONS: TypeInfo = TypeInfo::enumeration(
    "System.Management.Automation.WildcardOptions",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[("None", 0), ("Compiled", 1), ("IgnoreCase", 2), ("CultureInvariant", 4)],
    },
);

pub static SERVICE_CONTROLLER_STATUS: TypeInfo = TypeInfo::enumeration(
    "System.ServiceProcess.ServiceControllerStatus",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("Stopped", 1),
            ("StartPending", 2),
            ("StopPending", 3),
            ("Running", 4),
            ("ContinuePending", 5),
            ("PausePending", 6),
            ("Paused", 7),
        ],
    },
);

pub static SERVICE_START_MODE: TypeInfo = TypeInfo::enumeration(
    "System.ServiceProcess.ServiceStartMode",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[("Boot", 0), ("System", 1), ("Automatic", 2), ("Manual", 3), ("Disabled", 4)],
    },
);
