//! The enumerations of `System`: consoles, dates, numbers, cultures, text.

use exsh_core::types::{EnumInfo, INT32, TypeInfo};

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
