//! Enumerations as data: names and numbers as the reference defines them (observed).

use exsh_core::types::{EnumInfo, INT32, TypeInfo, TypeRef};

/// All of them, for the search by name.
pub static ALL: &[TypeRef] = &[
    &OPEN_MODE,
    &EXECUTION_POLICY,
    &EXECUTION_POLICY_SCOPE,
    &BASE64_FORMATTING_OPTIONS,
    &CONSOLE_COLOR,
    &DATE_TIME_KIND,
    &DAY_OF_WEEK,
    &ENVIRONMENT_SPECIAL_FOLDER,
    &ENVIRONMENT_VARIABLE_TARGET,
    &COMPARE_OPTIONS,
    &DATE_TIME_STYLES,
    &NUMBER_STYLES,
    &FILE_ACCESS,
    &FILE_ATTRIBUTES,
    &FILE_MODE,
    &FILE_SHARE,
    &SEARCH_OPTION,
    &SEEK_ORIGIN,
    &UNIX_FILE_MODE,
    &ACTION_PREFERENCE,
    &COMMAND_TYPES,
    &COMPLETION_RESULT_TYPE,
    &CONFIRM_IMPACT,
    &ERROR_CATEGORY,
    &JOB_STATE,
    &REDIRECTION_STREAM,
    &OUTPUT_RENDERING,
    &PROGRESS_VIEW,
    &PSLANGUAGE_MODE,
    &PSMEMBER_TYPES,
    &PSMEMBER_VIEW_TYPES,
    &SCOPED_ITEM_OPTIONS,
    &SESSION_STATE_ENTRY_VISIBILITY,
    &SPLIT_OPTIONS,
    &VALIDATE_RANGE_KIND,
    &WILDCARD_OPTIONS,
    &MIDPOINT_ROUNDING,
    &HTTP_STATUS_CODE,
    &SECURITY_PROTOCOL_TYPE,
    &ADDRESS_FAMILY,
    &SSL_PROTOCOLS,
    &OPEN_FLAGS,
    &STORE_LOCATION,
    &STORE_NAME,
    &X500_DISTINGUISHED_NAME_FLAGS,
    &X509_CHAIN_STATUS_FLAGS,
    &X509_CONTENT_TYPE,
    &X509_FIND_TYPE,
    &X509_KEY_STORAGE_FLAGS,
    &X509_KEY_USAGE_FLAGS,
    &X509_NAME_TYPE,
    &X509_REVOCATION_FLAG,
    &X509_REVOCATION_MODE,
    &X509_VERIFICATION_FLAGS,
    &SERVICE_CONTROLLER_STATUS,
    &SERVICE_START_MODE,
    &STRING_COMPARISON,
    &STRING_SPLIT_OPTIONS,
    &NORMALIZATION_FORM,
    &REGEX_OPTIONS,
    &TYPE_CODE,
];

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

pub static BASE64_FORMATTING_OPTIONS: TypeInfo = TypeInfo::enumeration(
    "System.Base64FormattingOptions",
    &EnumInfo { flags: true, underlying: &INT32, members: &[("None", 0), ("InsertLineBreaks", 1)] },
);

pub static CONSOLE_COLOR: TypeInfo = TypeInfo::enumeration(
    "System.ConsoleColor",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("Black", 0),
            ("DarkBlue", 1),
            ("DarkGreen", 2),
            ("DarkCyan", 3),
            ("DarkRed", 4),
            ("DarkMagenta", 5),
            ("DarkYellow", 6),
            ("Gray", 7),
            ("DarkGray", 8),
            ("Blue", 9),
            ("Green", 10),
            ("Cyan", 11),
            ("Red", 12),
            ("Magenta", 13),
            ("Yellow", 14),
            ("White", 15),
        ],
    },
);

pub static DATE_TIME_KIND: TypeInfo = TypeInfo::enumeration(
    "System.DateTimeKind",
    &EnumInfo { flags: false, underlying: &INT32, members: &[("Unspecified", 0), ("Utc", 1), ("Local", 2)] },
);

pub static DAY_OF_WEEK: TypeInfo = TypeInfo::enumeration(
    "System.DayOfWeek",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("Sunday", 0),
            ("Monday", 1),
            ("Tuesday", 2),
            ("Wednesday", 3),
            ("Thursday", 4),
            ("Friday", 5),
            ("Saturday", 6),
        ],
    },
);

pub static ENVIRONMENT_SPECIAL_FOLDER: TypeInfo = TypeInfo::enumeration(
    "System.Environment+SpecialFolder",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("Desktop", 0),
            ("Programs", 2),
            ("MyDocuments", 5),
            ("Personal", 5),
            ("Favorites", 6),
            ("Startup", 7),
            ("Recent", 8),
            ("SendTo", 9),
            ("StartMenu", 11),
            ("MyMusic", 13),
            ("MyVideos", 14),
            ("DesktopDirectory", 16),
            ("MyComputer", 17),
            ("NetworkShortcuts", 19),
            ("Fonts", 20),
            ("Templates", 21),
            ("CommonStartMenu", 22),
            ("CommonPrograms", 23),
            ("CommonStartup", 24),
            ("CommonDesktopDirectory", 25),
            ("ApplicationData", 26),
            ("PrinterShortcuts", 27),
            ("LocalApplicationData", 28),
            ("InternetCache", 32),
            ("Cookies", 33),
            ("History", 34),
            ("CommonApplicationData", 35),
            ("Windows", 36),
            ("System", 37),
            ("ProgramFiles", 38),
            ("MyPictures", 39),
            ("UserProfile", 40),
            ("SystemX86", 41),
            ("ProgramFilesX86", 42),
            ("CommonProgramFiles", 43),
            ("CommonProgramFilesX86", 44),
            ("CommonTemplates", 45),
            ("CommonDocuments", 46),
            ("CommonAdminTools", 47),
            ("AdminTools", 48),
            ("CommonMusic", 53),
            ("CommonPictures", 54),
            ("CommonVideos", 55),
            ("Resources", 56),
            ("LocalizedResources", 57),
            ("CommonOemLinks", 58),
            ("CDBurning", 59),
        ],
    },
);

pub static ENVIRONMENT_VARIABLE_TARGET: TypeInfo = TypeInfo::enumeration(
    "System.EnvironmentVariableTarget",
    &EnumInfo { flags: false, underlying: &INT32, members: &[("Process", 0), ("User", 1), ("Machine", 2)] },
);

pub static COMPARE_OPTIONS: TypeInfo = TypeInfo::enumeration(
    "System.Globalization.CompareOptions",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[
            ("None", 0),
            ("IgnoreCase", 1),
            ("IgnoreNonSpace", 2),
            ("IgnoreSymbols", 4),
            ("IgnoreKanaType", 8),
            ("IgnoreWidth", 16),
            ("NumericOrdering", 32),
            ("OrdinalIgnoreCase", 268435456),
            ("StringSort", 536870912),
            ("Ordinal", 1073741824),
        ],
    },
);

pub static DATE_TIME_STYLES: TypeInfo = TypeInfo::enumeration(
    "System.Globalization.DateTimeStyles",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[
            ("None", 0),
            ("AllowLeadingWhite", 1),
            ("AllowTrailingWhite", 2),
            ("AllowInnerWhite", 4),
            ("AllowWhiteSpaces", 7),
            ("NoCurrentDateDefault", 8),
            ("AdjustToUniversal", 16),
            ("AssumeLocal", 32),
            ("AssumeUniversal", 64),
            ("RoundtripKind", 128),
        ],
    },
);

pub static NUMBER_STYLES: TypeInfo = TypeInfo::enumeration(
    "System.Globalization.NumberStyles",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[
            ("None", 0),
            ("AllowLeadingWhite", 1),
            ("AllowTrailingWhite", 2),
            ("AllowLeadingSign", 4),
            ("Integer", 7),
            ("AllowTrailingSign", 8),
            ("AllowParentheses", 16),
            ("AllowDecimalPoint", 32),
            ("AllowThousands", 64),
            ("Number", 111),
            ("AllowExponent", 128),
            ("Float", 167),
            ("AllowCurrencySymbol", 256),
            ("Currency", 383),
            ("Any", 511),
            ("AllowHexSpecifier", 512),
            ("HexNumber", 515),
            ("AllowBinarySpecifier", 1024),
            ("BinaryNumber", 1027),
        ],
    },
);

pub static FILE_ACCESS: TypeInfo = TypeInfo::enumeration(
    "System.IO.FileAccess",
    &EnumInfo { flags: true, underlying: &INT32, members: &[("Read", 1), ("Write", 2), ("ReadWrite", 3)] },
);

pub static FILE_ATTRIBUTES: TypeInfo = TypeInfo::enumeration(
    "System.IO.FileAttributes",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[
            ("None", 0),
            ("ReadOnly", 1),
            ("Hidden", 2),
            ("System", 4),
            ("Directory", 16),
            ("Archive", 32),
            ("Device", 64),
            ("Normal", 128),
            ("Temporary", 256),
            ("SparseFile", 512),
            ("ReparsePoint", 1024),
            ("Compressed", 2048),
            ("Offline", 4096),
            ("NotContentIndexed", 8192),
            ("Encrypted", 16384),
            ("IntegrityStream", 32768),
            ("NoScrubData", 131072),
        ],
    },
);

pub static FILE_MODE: TypeInfo = TypeInfo::enumeration(
    "System.IO.FileMode",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("CreateNew", 1),
            ("Create", 2),
            ("Open", 3),
            ("OpenOrCreate", 4),
            ("Truncate", 5),
            ("Append", 6),
        ],
    },
);

pub static FILE_SHARE: TypeInfo = TypeInfo::enumeration(
    "System.IO.FileShare",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[
            ("None", 0),
            ("Read", 1),
            ("Write", 2),
            ("ReadWrite", 3),
            ("Delete", 4),
            ("Inheritable", 16),
        ],
    },
);

pub static SEARCH_OPTION: TypeInfo = TypeInfo::enumeration(
    "System.IO.SearchOption",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[("TopDirectoryOnly", 0), ("AllDirectories", 1)],
    },
);

pub static SEEK_ORIGIN: TypeInfo = TypeInfo::enumeration(
    "System.IO.SeekOrigin",
    &EnumInfo { flags: false, underlying: &INT32, members: &[("Begin", 0), ("Current", 1), ("End", 2)] },
);

pub static UNIX_FILE_MODE: TypeInfo = TypeInfo::enumeration(
    "System.IO.UnixFileMode",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[
            ("None", 0),
            ("OtherExecute", 1),
            ("OtherWrite", 2),
            ("OtherRead", 4),
            ("GroupExecute", 8),
            ("GroupWrite", 16),
            ("GroupRead", 32),
            ("UserExecute", 64),
            ("UserWrite", 128),
            ("UserRead", 256),
            ("StickyBit", 512),
            ("SetGroup", 1024),
            ("SetUser", 2048),
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

pub static MIDPOINT_ROUNDING: TypeInfo = TypeInfo::enumeration(
    "System.MidpointRounding",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("ToEven", 0),
            ("AwayFromZero", 1),
            ("ToZero", 2),
            ("ToNegativeInfinity", 3),
            ("ToPositiveInfinity", 4),
        ],
    },
);

pub static HTTP_STATUS_CODE: TypeInfo = TypeInfo::enumeration(
    "System.Net.HttpStatusCode",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("Continue", 100),
            ("SwitchingProtocols", 101),
            ("Processing", 102),
            ("EarlyHints", 103),
            ("OK", 200),
            ("Created", 201),
            ("Accepted", 202),
            ("NonAuthoritativeInformation", 203),
            ("NoContent", 204),
            ("ResetContent", 205),
            ("PartialContent", 206),
            ("MultiStatus", 207),
            ("AlreadyReported", 208),
            ("IMUsed", 226),
            ("MultipleChoices", 300),
            ("Ambiguous", 300),
            ("MovedPermanently", 301),
            ("Moved", 301),
            ("Found", 302),
            ("Redirect", 302),
            ("SeeOther", 303),
            ("RedirectMethod", 303),
            ("NotModified", 304),
            ("UseProxy", 305),
            ("Unused", 306),
            ("TemporaryRedirect", 307),
            ("RedirectKeepVerb", 307),
            ("PermanentRedirect", 308),
            ("BadRequest", 400),
            ("Unauthorized", 401),
            ("PaymentRequired", 402),
            ("Forbidden", 403),
            ("NotFound", 404),
            ("MethodNotAllowed", 405),
            ("NotAcceptable", 406),
            ("ProxyAuthenticationRequired", 407),
            ("RequestTimeout", 408),
            ("Conflict", 409),
            ("Gone", 410),
            ("LengthRequired", 411),
            ("PreconditionFailed", 412),
            ("RequestEntityTooLarge", 413),
            ("RequestUriTooLong", 414),
            ("UnsupportedMediaType", 415),
            ("RequestedRangeNotSatisfiable", 416),
            ("ExpectationFailed", 417),
            ("MisdirectedRequest", 421),
            ("UnprocessableEntity", 422),
            ("UnprocessableContent", 422),
            ("Locked", 423),
            ("FailedDependency", 424),
            ("UpgradeRequired", 426),
            ("PreconditionRequired", 428),
            ("TooManyRequests", 429),
            ("RequestHeaderFieldsTooLarge", 431),
            ("UnavailableForLegalReasons", 451),
            ("InternalServerError", 500),
            ("NotImplemented", 501),
            ("BadGateway", 502),
            ("ServiceUnavailable", 503),
            ("GatewayTimeout", 504),
            ("HttpVersionNotSupported", 505),
            ("VariantAlsoNegotiates", 506),
            ("InsufficientStorage", 507),
            ("LoopDetected", 508),
            ("NotExtended", 510),
            ("NetworkAuthenticationRequired", 511),
        ],
    },
);

pub static SECURITY_PROTOCOL_TYPE: TypeInfo = TypeInfo::enumeration(
    "System.Net.SecurityProtocolType",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[
            ("SystemDefault", 0),
            ("Ssl3", 48),
            ("Tls", 192),
            ("Tls11", 768),
            ("Tls12", 3072),
            ("Tls13", 12288),
        ],
    },
);

pub static ADDRESS_FAMILY: TypeInfo = TypeInfo::enumeration(
    "System.Net.Sockets.AddressFamily",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("Unspecified", 0),
            ("Unix", 1),
            ("InterNetwork", 2),
            ("ImpLink", 3),
            ("Pup", 4),
            ("Chaos", 5),
            ("NS", 6),
            ("Ipx", 6),
            ("Iso", 7),
            ("Osi", 7),
            ("Ecma", 8),
            ("DataKit", 9),
            ("Ccitt", 10),
            ("Sna", 11),
            ("DecNet", 12),
            ("DataLink", 13),
            ("Lat", 14),
            ("HyperChannel", 15),
            ("AppleTalk", 16),
            ("NetBios", 17),
            ("VoiceView", 18),
            ("FireFox", 19),
            ("Banyan", 21),
            ("Atm", 22),
            ("InterNetworkV6", 23),
            ("Cluster", 24),
            ("Ieee12844", 25),
            ("Irda", 26),
            ("NetworkDesigners", 28),
            ("Max", 29),
            ("Packet", 65536),
            ("ControllerAreaNetwork", 65537),
            ("Unknown", -1),
        ],
    },
);

pub static SSL_PROTOCOLS: TypeInfo = TypeInfo::enumeration(
    "System.Security.Authentication.SslProtocols",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[
            ("None", 0),
            ("Ssl2", 12),
            ("Ssl3", 48),
            ("Tls", 192),
            ("Default", 240),
            ("Tls11", 768),
            ("Tls12", 3072),
            ("Tls13", 12288),
        ],
    },
);

pub static OPEN_FLAGS: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.OpenFlags",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[
            ("ReadOnly", 0),
            ("ReadWrite", 1),
            ("MaxAllowed", 2),
            ("OpenExistingOnly", 4),
            ("IncludeArchived", 8),
        ],
    },
);

pub static STORE_LOCATION: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.StoreLocation",
    &EnumInfo { flags: false, underlying: &INT32, members: &[("CurrentUser", 1), ("LocalMachine", 2)] },
);

pub static STORE_NAME: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.StoreName",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("AddressBook", 1),
            ("AuthRoot", 2),
            ("CertificateAuthority", 3),
            ("Disallowed", 4),
            ("My", 5),
            ("Root", 6),
            ("TrustedPeople", 7),
            ("TrustedPublisher", 8),
        ],
    },
);

pub static X500_DISTINGUISHED_NAME_FLAGS: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.X500DistinguishedNameFlags",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[
            ("None", 0),
            ("Reversed", 1),
            ("UseSemicolons", 16),
            ("DoNotUsePlusSign", 32),
            ("DoNotUseQuotes", 64),
            ("UseCommas", 128),
            ("UseNewLines", 256),
            ("UseUTF8Encoding", 4096),
            ("UseT61Encoding", 8192),
            ("ForceUTF8Encoding", 16384),
        ],
    },
);

pub static X509_CHAIN_STATUS_FLAGS: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.X509ChainStatusFlags",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[
            ("NoError", 0),
            ("NotTimeValid", 1),
            ("NotTimeNested", 2),
            ("Revoked", 4),
            ("NotSignatureValid", 8),
            ("NotValidForUsage", 16),
            ("UntrustedRoot", 32),
            ("RevocationStatusUnknown", 64),
            ("Cyclic", 128),
            ("InvalidExtension", 256),
            ("InvalidPolicyConstraints", 512),
            ("InvalidBasicConstraints", 1024),
            ("InvalidNameConstraints", 2048),
            ("HasNotSupportedNameConstraint", 4096),
            ("HasNotDefinedNameConstraint", 8192),
            ("HasNotPermittedNameConstraint", 16384),
            ("HasExcludedNameConstraint", 32768),
            ("PartialChain", 65536),
            ("CtlNotTimeValid", 131072),
            ("CtlNotSignatureValid", 262144),
            ("CtlNotValidForUsage", 524288),
            ("HasWeakSignature", 1048576),
            ("OfflineRevocation", 16777216),
            ("NoIssuanceChainPolicy", 33554432),
            ("ExplicitDistrust", 67108864),
            ("HasNotSupportedCriticalExtension", 134217728),
        ],
    },
);

pub static X509_CONTENT_TYPE: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.X509ContentType",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("Unknown", 0),
            ("Cert", 1),
            ("SerializedCert", 2),
            ("Pfx", 3),
            ("Pkcs12", 3),
            ("SerializedStore", 4),
            ("Pkcs7", 5),
            ("Authenticode", 6),
        ],
    },
);

pub static X509_FIND_TYPE: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.X509FindType",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("FindByThumbprint", 0),
            ("FindBySubjectName", 1),
            ("FindBySubjectDistinguishedName", 2),
            ("FindByIssuerName", 3),
            ("FindByIssuerDistinguishedName", 4),
            ("FindBySerialNumber", 5),
            ("FindByTimeValid", 6),
            ("FindByTimeNotYetValid", 7),
            ("FindByTimeExpired", 8),
            ("FindByTemplateName", 9),
            ("FindByApplicationPolicy", 10),
            ("FindByCertificatePolicy", 11),
            ("FindByExtension", 12),
            ("FindByKeyUsage", 13),
            ("FindBySubjectKeyIdentifier", 14),
        ],
    },
);

pub static X509_KEY_STORAGE_FLAGS: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.X509KeyStorageFlags",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[
            ("DefaultKeySet", 0),
            ("UserKeySet", 1),
            ("MachineKeySet", 2),
            ("Exportable", 4),
            ("UserProtected", 8),
            ("PersistKeySet", 16),
            ("EphemeralKeySet", 32),
        ],
    },
);

pub static X509_KEY_USAGE_FLAGS: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.X509KeyUsageFlags",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[
            ("None", 0),
            ("EncipherOnly", 1),
            ("CrlSign", 2),
            ("KeyCertSign", 4),
            ("KeyAgreement", 8),
            ("DataEncipherment", 16),
            ("KeyEncipherment", 32),
            ("NonRepudiation", 64),
            ("DigitalSignature", 128),
            ("DecipherOnly", 32768),
        ],
    },
);

pub static X509_NAME_TYPE: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.X509NameType",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("SimpleName", 0),
            ("EmailName", 1),
            ("UpnName", 2),
            ("DnsName", 3),
            ("DnsFromAlternativeName", 4),
            ("UrlName", 5),
        ],
    },
);

pub static X509_REVOCATION_FLAG: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.X509RevocationFlag",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[("EndCertificateOnly", 0), ("EntireChain", 1), ("ExcludeRoot", 2)],
    },
);

pub static X509_REVOCATION_MODE: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.X509RevocationMode",
    &EnumInfo { flags: false, underlying: &INT32, members: &[("NoCheck", 0), ("Online", 1), ("Offline", 2)] },
);

pub static X509_VERIFICATION_FLAGS: TypeInfo = TypeInfo::enumeration(
    "System.Security.Cryptography.X509Certificates.X509VerificationFlags",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[
            ("NoFlag", 0),
            ("IgnoreNotTimeValid", 1),
            ("IgnoreCtlNotTimeValid", 2),
            ("IgnoreNotTimeNested", 4),
            ("IgnoreInvalidBasicConstraints", 8),
            ("AllowUnknownCertificateAuthority", 16),
            ("IgnoreWrongUsage", 32),
            ("IgnoreInvalidName", 64),
            ("IgnoreInvalidPolicy", 128),
            ("IgnoreEndRevocationUnknown", 256),
            ("IgnoreCtlSignerRevocationUnknown", 512),
            ("IgnoreCertificateAuthorityRevocationUnknown", 1024),
            ("IgnoreRootRevocationUnknown", 2048),
            ("AllFlags", 4095),
        ],
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

pub static STRING_COMPARISON: TypeInfo = TypeInfo::enumeration(
    "System.StringComparison",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("CurrentCulture", 0),
            ("CurrentCultureIgnoreCase", 1),
            ("InvariantCulture", 2),
            ("InvariantCultureIgnoreCase", 3),
            ("Ordinal", 4),
            ("OrdinalIgnoreCase", 5),
        ],
    },
);

pub static STRING_SPLIT_OPTIONS: TypeInfo = TypeInfo::enumeration(
    "System.StringSplitOptions",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[("None", 0), ("RemoveEmptyEntries", 1), ("TrimEntries", 2)],
    },
);

pub static NORMALIZATION_FORM: TypeInfo = TypeInfo::enumeration(
    "System.Text.NormalizationForm",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[("FormC", 1), ("FormD", 2), ("FormKC", 5), ("FormKD", 6)],
    },
);

pub static REGEX_OPTIONS: TypeInfo = TypeInfo::enumeration(
    "System.Text.RegularExpressions.RegexOptions",
    &EnumInfo {
        flags: true,
        underlying: &INT32,
        members: &[
            ("None", 0),
            ("IgnoreCase", 1),
            ("Multiline", 2),
            ("ExplicitCapture", 4),
            ("Compiled", 8),
            ("Singleline", 16),
            ("IgnorePatternWhitespace", 32),
            ("RightToLeft", 64),
            ("ECMAScript", 256),
            ("CultureInvariant", 512),
            ("NonBacktracking", 1024),
        ],
    },
);

pub static TYPE_CODE: TypeInfo = TypeInfo::enumeration(
    "System.TypeCode",
    &EnumInfo {
        flags: false,
        underlying: &INT32,
        members: &[
            ("Empty", 0),
            ("Object", 1),
            ("DBNull", 2),
            ("Boolean", 3),
            ("Char", 4),
            ("SByte", 5),
            ("Byte", 6),
            ("Int16", 7),
            ("UInt16", 8),
            ("Int32", 9),
            ("UInt32", 10),
            ("Int64", 11),
            ("UInt64", 12),
            ("Single", 13),
            ("Double", 14),
            ("Decimal", 15),
            ("DateTime", 16),
            ("String", 18),
        ],
    },
);
