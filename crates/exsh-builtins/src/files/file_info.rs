//! Files and folders as objects (`System.IO.FileInfo`, `System.IO.DirectoryInfo`) with what PowerShell adds to them.
//! Facts are read once, when the object is made; `Refresh()` reads them again.

use exsh_core::error::Result;
use exsh_core::object::Object;
use exsh_core::out::Shell;
use exsh_core::types;
use exsh_core::types::{MemberTable, Method, Overload, Parameter, Property, TypeInfo, TypeRef};
use exsh_core::value::Value;
use exsh_dotnet::time;
use exsh_dotnet::types::enums::FILE_ATTRIBUTES;
use std::any::Any;
use std::cell::RefCell;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// A file or folder.
pub struct FileSystemItem {
    path: PathBuf,
    is_folder: bool,
    facts: RefCell<Option<Metadata>>,
}

/// The object for a path.
pub fn of(path: &Path) -> Value {
    let facts = std::fs::symlink_metadata(path).ok();
    let is_folder = match &facts {
        // A link to a folder is a folder.
        Some(m) if m.is_symlink() => path.is_dir(),
        Some(m) => m.is_dir(),
        None => false,
    };
    Value::object(FileSystemItem { path: path.to_owned(), is_folder, facts: RefCell::new(facts) })
}

impl FileSystemItem {
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn name(&self) -> String {
        super::paths::leaf(&self.path)
    }

    /// With its dot; empty when there is none.
    fn extension(&self) -> String {
        let name = self.name();
        match name.rfind('.') {
            Some(i) if i + 1 < name.len() => name[i..].to_owned(),
            _ => String::new(),
        }
    }

    fn link_target(&self) -> Option<String> {
        std::fs::read_link(&self.path).ok().map(|p| p.display().to_string())
    }

    fn attributes(&self) -> i64 {
        attributes(&self.path, self.facts.borrow().as_ref(), self.is_folder)
    }

    fn mode(&self) -> String {
        let a = self.attributes();
        let flag = |bit: i64, c: char| if a & bit != 0 { c } else { '-' };
        let kind = if a & REPARSE_POINT != 0 { 'l' } else { flag(DIRECTORY, 'd') };
        [kind, flag(ARCHIVE, 'a'), flag(READ_ONLY, 'r'), flag(HIDDEN, 'h'), flag(SYSTEM, 's')]
            .iter()
            .collect()
    }
}

pub const READ_ONLY: i64 = 1;
pub const HIDDEN: i64 = 2;
pub const SYSTEM: i64 = 4;
pub const DIRECTORY: i64 = 16;
pub const ARCHIVE: i64 = 32;
pub const NORMAL: i64 = 128;
pub const REPARSE_POINT: i64 = 1024;

/// `System.IO.FileAttributes` as .NET derives them on Unix: a name with a leading dot is hidden.
pub fn attributes(path: &Path, facts: Option<&Metadata>, is_folder: bool) -> i64 {
    let Some(m) = facts else { return -1 };
    let mut a = 0;
    if is_folder {
        a |= DIRECTORY;
    }
    if m.is_symlink() {
        a |= REPARSE_POINT;
    }
    if m.permissions().readonly() {
        a |= READ_ONLY;
    }
    if super::paths::leaf(path).starts_with('.') {
        a |= HIDDEN;
    }
    if a == 0 { NORMAL } else { a }
}

fn item(value: &Value) -> Option<&FileSystemItem> {
    value.downcast::<FileSystemItem>()
}

fn read(value: &Value, f: impl FnOnce(&FileSystemItem) -> Value) -> Result<Value> {
    Ok(item(value).map_or(Value::NULL, f))
}

fn parent_text(i: &FileSystemItem) -> String {
    i.path.parent().map(|p| p.display().to_string()).unwrap_or_default()
}

const PROVIDER: &str = "Microsoft.PowerShell.Core\\FileSystem";

/// What a time of the file system is as DateTime bits, local or UTC.
fn moment(value: &Value, local: bool, which: fn(&Metadata) -> std::io::Result<SystemTime>) -> Result<Value> {
    read(value, |i| {
        let facts = i.facts.borrow();
        let Some(at) = facts.as_ref().and_then(|m| which(m).ok()) else { return Value::NULL };
        let bits = utc_bits(at);
        Value::date_time(if local { time::to_local(bits) } else { bits })
    })
}

/// DateTime bits (Utc) of a time of the system.
pub fn utc_bits(at: SystemTime) -> u64 {
    const EPOCH: i64 = 621_355_968_000_000_000;
    let ticks = match at.duration_since(UNIX_EPOCH) {
        Ok(d) => EPOCH + (d.as_nanos() / 100) as i64,
        Err(e) => EPOCH - (e.duration().as_nanos() / 100) as i64,
    };
    ticks.max(0) as u64 | 1 << 62
}

const fn text(name: &'static str, get: types::Getter) -> Property {
    Property::new(name, "string", get)
}

static ITEM_PROPERTIES: &[Property] = &[
    text("PSPath", |_, v| read(v, |i| Value::text(format!("{PROVIDER}::{}", i.path.display())))),
    text("PSParentPath", |_, v| read(v, |i| Value::text(format!("{PROVIDER}::{}", parent_text(i))))),
    text("PSChildName", |_, v| read(v, |i| Value::text(i.name()))),
    text("PSDrive", |_, v| read(v, |_| Value::text("/"))),
    text("PSProvider", |_, v| read(v, |_| Value::text(PROVIDER))),
    Property::new("PSIsContainer", "bool", |_, v| read(v, |i| Value::bool(i.is_folder))),
    text("Mode", |_, v| read(v, |i| Value::text(i.mode()))),
    text("ModeWithoutHardLink", |_, v| read(v, |i| Value::text(i.mode()))),
    text("BaseName", |_, v| {
        read(v, |i| {
            let (name, extension) = (i.name(), i.extension());
            Value::text(if i.is_folder { name } else { name[..name.len() - extension.len()].to_owned() })
        })
    }),
    text("LinkType", |_, v| {
        read(v, |i| i.link_target().map_or(Value::NULL, |_| Value::text("SymbolicLink")))
    }),
    text("Target", |_, v| read(v, |i| i.link_target().map_or(Value::NULL, Value::text))),
    text("LinkTarget", |_, v| read(v, |i| i.link_target().map_or(Value::NULL, Value::text))),
    text("ResolvedTarget", |_, v| {
        read(v, |i| {
            let real = std::fs::canonicalize(&i.path).unwrap_or_else(|_| i.path.clone());
            Value::text(real.display().to_string())
        })
    }),
    text("FullName", |_, v| read(v, |i| Value::text(i.path.display().to_string()))),
    text("Extension", |_, v| read(v, |i| Value::text(i.extension()))),
    text("Name", |_, v| read(v, |i| Value::text(i.name()))),
    Property::new("Exists", "bool", |_, v| read(v, |i| Value::bool(i.path.exists()))),
    Property::new("CreationTime", "datetime", |_, v| {
        moment(v, true, |m| m.created().or_else(|_| m.modified()))
    }),
    Property::new("CreationTimeUtc", "datetime", |_, v| {
        moment(v, false, |m| m.created().or_else(|_| m.modified()))
    }),
    Property::new("LastAccessTime", "datetime", |_, v| moment(v, true, Metadata::accessed)),
    Property::new("LastAccessTimeUtc", "datetime", |_, v| moment(v, false, Metadata::accessed)),
    Property::new("LastWriteTime", "datetime", |_, v| moment(v, true, Metadata::modified))
        .settable(set_last_write),
    Property::new("LastWriteTimeUtc", "datetime", |_, v| moment(v, false, Metadata::modified)),
    Property::new("Attributes", "System.IO.FileAttributes", |_, v| {
        read(v, |i| Value::enumeration(&FILE_ATTRIBUTES, i.attributes()))
    }),
    hidden("NameString", |_, v| read(v, |i| Value::text(i.name()))),
    hidden("LengthString", |_, v| {
        read(v, |i| match (i.is_folder, &*i.facts.borrow()) {
            (false, Some(m)) => Value::text(m.len().to_string()),
            _ => Value::text(""),
        })
    }),
    hidden("LastWriteTimeString", |shell, v| last_write_text(shell, v)),
    hidden("UnixMode", |_, v| read(v, |i| Value::text(unix::mode(i)))),
    hidden("User", |_, v| read(v, |i| Value::text(unix::user(i)))),
    hidden("Group", |_, v| read(v, |i| Value::text(unix::group(i)))),
    hidden("Size", |_, v| {
        read(v, |i| i.facts.borrow().as_ref().map_or(Value::NULL, |m| Value::long(m.len() as i64)))
    }),
];

const fn hidden(name: &'static str, get: types::Getter) -> Property {
    let mut p = Property::new(name, "string", get);
    p.hidden = true;
    p
}

static FILE_PROPERTIES: &[Property] = &[
    Property::new("Length", "long", |_, v| {
        read(v, |i| i.facts.borrow().as_ref().map_or(Value::NULL, |m| Value::long(m.len() as i64)))
    }),
    text("DirectoryName", |_, v| read(v, |i| Value::text(parent_text(i)))),
    Property::new("Directory", "System.IO.DirectoryInfo", |_, v| {
        read(v, |i| i.path.parent().map_or(Value::NULL, of))
    }),
    Property::new("IsReadOnly", "bool", |_, v| {
        read(v, |i| Value::bool(i.facts.borrow().as_ref().is_some_and(|m| m.permissions().readonly())))
    }),
];

static FOLDER_PROPERTIES: &[Property] = &[
    Property::new("Parent", "System.IO.DirectoryInfo", |_, v| {
        read(v, |i| i.path.parent().map_or(Value::NULL, of))
    }),
    Property::new("Root", "System.IO.DirectoryInfo", |_, v| read(v, |_| of(Path::new("/")))),
];

static ITEM_METHODS: &[Method] = &[
    Method { name: "Delete", overloads: &[Overload { parameters: &[], returns: "void", call: delete }] },
    Method { name: "Refresh", overloads: &[Overload { parameters: &[], returns: "void", call: refresh }] },
];

static FILE_METHODS: &[Method] = &[
    Method {
        name: "CopyTo",
        overloads: &[
            Overload {
                parameters: &[Parameter::new("destFileName", &types::STRING)],
                returns: "System.IO.FileInfo",
                call: copy_to,
            },
            Overload {
                parameters: &[
                    Parameter::new("destFileName", &types::STRING),
                    Parameter::new("overwrite", &types::BOOLEAN),
                ],
                returns: "System.IO.FileInfo",
                call: copy_to,
            },
        ],
    },
    Method {
        name: "MoveTo",
        overloads: &[Overload {
            parameters: &[Parameter::new("destFileName", &types::STRING)],
            returns: "void",
            call: move_to,
        }],
    },
];

fn thrown(error: std::io::Error, path: &Path) -> Box<exsh_core::Flow> {
    exsh_dotnet::fail::thrown_with(crate::io_failure::exception(&error, path))
}

fn delete(_: &mut dyn Shell, this: &Value, _: &[Value]) -> Result<Value> {
    if let Some(i) = item(this) {
        let done = if i.is_folder { std::fs::remove_dir(&i.path) } else { std::fs::remove_file(&i.path) };
        done.map_err(|e| thrown(e, &i.path))?;
    }
    Ok(Value::NOTHING)
}

fn refresh(_: &mut dyn Shell, this: &Value, _: &[Value]) -> Result<Value> {
    if let Some(i) = item(this) {
        *i.facts.borrow_mut() = std::fs::symlink_metadata(&i.path).ok();
    }
    Ok(Value::NOTHING)
}

fn copy_to(shell: &mut dyn Shell, this: &Value, arguments: &[Value]) -> Result<Value> {
    let Some(i) = item(this) else { return Ok(Value::NULL) };
    let to = shell.file_path(&exsh_dotnet::text::to_text(&arguments[0]))?;
    let overwrite = arguments.get(1).and_then(Value::as_bool).unwrap_or(false);
    if to.exists() && !overwrite {
        return Err(thrown(std::io::ErrorKind::AlreadyExists.into(), &to));
    }
    std::fs::copy(&i.path, &to).map_err(|e| thrown(e, &to))?;
    Ok(of(&to))
}

fn move_to(shell: &mut dyn Shell, this: &Value, arguments: &[Value]) -> Result<Value> {
    if let Some(i) = item(this) {
        let to = shell.file_path(&exsh_dotnet::text::to_text(&arguments[0]))?;
        std::fs::rename(&i.path, &to).map_err(|e| thrown(e, &to))?;
    }
    Ok(Value::NOTHING)
}

fn set_last_write(_: &mut dyn Shell, this: &Value, value: Value) -> Result<()> {
    const EPOCH: i64 = 621_355_968_000_000_000;
    let (Some(i), Some(bits)) = (item(this), value.base().as_date_time()) else { return Ok(()) };
    let ticks = (time::to_utc(bits) & 0x3FFF_FFFF_FFFF_FFFF) as i64 - EPOCH;
    let at = UNIX_EPOCH + std::time::Duration::from_nanos(ticks.max(0) as u64 * 100);
    let file = std::fs::File::open(&i.path).map_err(|e| thrown(e, &i.path))?;
    file.set_modified(at).map_err(|e| thrown(e, &i.path))?;
    *i.facts.borrow_mut() = std::fs::symlink_metadata(&i.path).ok();
    Ok(())
}

/// `{0:d} {0:HH}:{0:mm}`, right in its column.
fn last_write_text(shell: &mut dyn Shell, value: &Value) -> Result<Value> {
    let culture = exsh_dotnet::culture::current(shell);
    let at = moment(value, true, Metadata::modified)?;
    let part = |f: &str| exsh_dotnet::text::format(&at, f, culture).ok().flatten().unwrap_or_default();
    Ok(Value::text(format!("{:>10} {:>8}", part("d"), part("t"))))
}

static MARSHAL_BY_REF: TypeInfo = TypeInfo::class("System.MarshalByRefObject", MemberTable::EMPTY);
static FILE_SYSTEM_INFO: TypeInfo = TypeInfo::class(
    "System.IO.FileSystemInfo",
    MemberTable { properties: ITEM_PROPERTIES, methods: ITEM_METHODS, ..MemberTable::EMPTY },
)
.based_on(&MARSHAL_BY_REF);
/// `System.IO.FileInfo`.
pub static FILE_INFO: TypeInfo = TypeInfo::class(
    "System.IO.FileInfo",
    MemberTable { properties: FILE_PROPERTIES, methods: FILE_METHODS, ..MemberTable::EMPTY },
)
.based_on(&FILE_SYSTEM_INFO);
/// `System.IO.DirectoryInfo`.
pub static DIRECTORY_INFO: TypeInfo =
    TypeInfo::class("System.IO.DirectoryInfo", MemberTable::of_properties(FOLDER_PROPERTIES))
        .based_on(&FILE_SYSTEM_INFO);

impl Object for FileSystemItem {
    fn type_info(&self) -> TypeRef {
        if self.is_folder { &DIRECTORY_INFO } else { &FILE_INFO }
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn to_text(&self) -> Option<String> {
        Some(self.path.display().to_string())
    }
}

#[cfg(unix)]
mod unix {
    use super::FileSystemItem;
    use std::os::unix::fs::MetadataExt;

    /// As `ls -l` shows it.
    pub fn mode(i: &FileSystemItem) -> String {
        let facts = i.facts.borrow();
        let Some(m) = facts.as_ref() else { return String::new() };
        let bits = m.mode();
        let kind = match bits & 0o170_000 {
            0o120_000 => 'l',
            0o040_000 => 'd',
            0o060_000 => 'b',
            0o020_000 => 'c',
            0o140_000 => 's',
            0o010_000 => 'p',
            _ => '-',
        };
        let mut text = String::from(kind);
        for (shift, special, letter) in [(6, 0o4000, 's'), (3, 0o2000, 's'), (0, 0o1000, 't')] {
            let three = bits >> shift & 7;
            text.push(if three & 4 != 0 { 'r' } else { '-' });
            text.push(if three & 2 != 0 { 'w' } else { '-' });
            text.push(match (bits & special != 0, three & 1 != 0) {
                (true, true) => letter,
                (true, false) => letter.to_ascii_uppercase(),
                (false, true) => 'x',
                (false, false) => '-',
            });
        }
        text
    }

    pub fn user(i: &FileSystemItem) -> String {
        i.facts.borrow().as_ref().map_or_else(String::new, |m| named("/etc/passwd", m.uid()))
    }

    pub fn group(i: &FileSystemItem) -> String {
        i.facts.borrow().as_ref().map_or_else(String::new, |m| named("/etc/group", m.gid()))
    }

    /// The name that a number has in a file of `name:x:number:…` lines; else the number.
    fn named(file: &str, number: u32) -> String {
        let wanted = number.to_string();
        let text = std::fs::read_to_string(file).unwrap_or_default();
        text.lines()
            .find(|l| l.split(':').nth(2) == Some(wanted.as_str()))
            .and_then(|l| l.split(':').next())
            .map_or(wanted.clone(), str::to_owned)
    }
}

#[cfg(not(unix))]
mod unix {
    use super::FileSystemItem;
    pub fn mode(_: &FileSystemItem) -> String {
        String::new()
    }
    pub fn user(_: &FileSystemItem) -> String {
        String::new()
    }
    pub fn group(_: &FileSystemItem) -> String {
        String::new()
    }
}
