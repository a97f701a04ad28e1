//! The enumerations of `System.IO`.

use exsh_core::types::{EnumInfo, INT32, TypeInfo};

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
