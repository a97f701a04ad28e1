//! `System.IO.FileInfo` and `System.IO.DirectoryInfo`, with what PowerShell adds to them.
//!
//! As in .NET the facts are read at the first question and kept until `Refresh()`. Objects that come out of the file
//! system provider carry the provider's properties (`PSPath` …); those that a script made with a constructor do not.

use super::entries::{self, Wanted};
use super::facts::{self, Facts, Moment};
use super::failure::{self, Blame};
use super::file::as_utc;
use super::streams::{Access, Mode, open};
use super::text_io::{Reader, Writer};
use super::{MARSHAL_BY_REF, directory, file, path, path_at, path_info};
use crate::sig::*;
use crate::types::{array_of, enums};
use crate::{culture, fail, text};
use exsh_core::name::same;
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Object, Result, Shell, Str, Value};
use std::any::Any;
use std::cell::RefCell;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::rc::Rc;

pub static FILE_SYSTEM_INFO: TypeInfo =
    TypeInfo::class("System.IO.FileSystemInfo", COMMON_MEMBERS).based_on(&MARSHAL_BY_REF);

pub static FILE_INFO: TypeInfo = TypeInfo::class("System.IO.FileInfo", FILE_MEMBERS)
    .based_on(&FILE_SYSTEM_INFO)
    .with_default_properties(&["LastWriteTime", "Length", "Name"])
    .made_by(|v| made(v).map(|path| Value::object(FileInfo(Entry::written(path.0, path.1)))));

pub static DIRECTORY_INFO: TypeInfo = TypeInfo::class("System.IO.DirectoryInfo", FOLDER_MEMBERS)
    .based_on(&FILE_SYSTEM_INFO)
    .made_by(|v| made(v).map(|path| Value::object(DirectoryInfo(Entry::written(path.0, path.1)))));

/// What both kinds know.
pub struct Entry {
    path: RefCell<PathBuf>,
    /// The path as it was given: what `ToString()` says.
    original: RefCell<Str>,
    /// Outer nothing: not read yet. Inner nothing: does not exist.
    facts: RefCell<Option<Option<Rc<Facts>>>>,
    /// Came out of the provider.
    provided: bool,
}

pub struct FileInfo(Entry);
pub struct DirectoryInfo(Entry);

impl FileInfo {
    /// Of an absolute path, which need not exist.
    pub fn new(path: PathBuf) -> FileInfo {
        FileInfo(Entry::of(path, false))
    }
    pub fn path(&self) -> PathBuf {
        self.0.path()
    }
}

impl DirectoryInfo {
    /// Of an absolute path, which need not exist.
    pub fn new(path: PathBuf) -> DirectoryInfo {
        DirectoryInfo(Entry::of(path, false))
    }
    pub fn path(&self) -> PathBuf {
        self.0.path()
    }
}

/// The object of a path as `Get-Item` and `Get-ChildItem` give it: a folder or a link to one is a DirectoryInfo.
/// The facts are read now.
pub fn item(path: impl Into<PathBuf>) -> Value {
    kind(Entry::of(path.into(), true))
}

/// The same without the provider's properties: what .NET's own methods give.
pub fn object(path: PathBuf) -> Value {
    kind(Entry::of(path, false))
}

/// A DirectoryInfo as .NET's own methods give it.
pub fn folder(path: PathBuf) -> Value {
    Value::object(DirectoryInfo::new(path))
}

/// The absolute path behind a FileInfo or DirectoryInfo.
pub fn path_of(v: &Value) -> Option<PathBuf> {
    entry_of(v).map(Entry::path)
}

/// What a link leads to; null when the path is no link. `last` follows links to their end.
pub fn target_of(path: &Path, last: bool) -> Result<Value> {
    let Some(f) = Facts::read(path) else {
        return Err(failure::of(&std::io::ErrorKind::NotFound.into(), path, Blame::File));
    };
    let Some(target) = &f.link_target else { return Ok(Value::NULL) };
    let from = path.parent().unwrap_or(Path::new("/"));
    let mut at = path::normalized(&from.join(target));
    // The system follows at most 40 links.
    for _ in 0..40 {
        match Facts::read(&at).and_then(|f| f.link_target.clone()) {
            Some(next) if last => {
                let from = at.parent().unwrap_or(Path::new("/")).to_path_buf();
                at = path::normalized(&from.join(next));
            }
            _ => return Ok(object(at)),
        }
    }
    Err(failure::io(format!("Too many levels of symbolic links : '{}'", path.display())))
}

fn kind(e: Entry) -> Value {
    match e.facts().is_some_and(|f| f.is_folder) {
        true => Value::object(DirectoryInfo(e)),
        false => Value::object(FileInfo(e)),
    }
}

/// The absolute path of a text that is cast, and the text. A cast has no session: a relative path starts from the
/// process's folder, as in the reference.
fn made(v: &Value) -> std::result::Result<(PathBuf, Str), String> {
    let Some(s) = v.as_str() else { return Err(String::new()) };
    if s.is_empty() {
        return Err("The value cannot be an empty string. (Parameter 'path')".into());
    }
    let full = std::path::absolute(&**s).map_err(|e| failure::system_text(&e))?;
    Ok((path::normalized(&full), s.clone()))
}

impl Entry {
    fn of(path: PathBuf, provided: bool) -> Entry {
        let original = Str::new(path.display().to_string());
        Entry {
            path: RefCell::new(path),
            original: RefCell::new(original),
            facts: RefCell::new(None),
            provided,
        }
    }

    fn written(path: PathBuf, original: Str) -> Entry {
        Entry {
            path: RefCell::new(path),
            original: RefCell::new(original),
            facts: RefCell::new(None),
            provided: false,
        }
    }

    pub fn path(&self) -> PathBuf {
        self.path.borrow().clone()
    }

    fn full_name(&self) -> String {
        self.path.borrow().display().to_string()
    }

    fn name(&self) -> String {
        facts::name(&self.path.borrow())
    }

    fn extension(&self) -> String {
        path::extension(&self.name()).to_string()
    }

    fn facts(&self) -> Option<Rc<Facts>> {
        self.facts.borrow_mut().get_or_insert_with(|| Facts::read(&self.path.borrow()).map(Rc::new)).clone()
    }

    fn forget(&self) {
        *self.facts.borrow_mut() = None;
    }

    fn moved_to(&self, path: PathBuf) {
        *self.original.borrow_mut() = Str::new(path.display().to_string());
        *self.path.borrow_mut() = path;
        self.forget();
    }

    fn link_target(&self) -> Option<String> {
        self.facts()?.link_target.as_ref().map(|t| t.display().to_string())
    }

    fn is_hard_link(&self) -> bool {
        self.facts().is_some_and(|f| f.own.is_file() && f.own.nlink() > 1)
    }

    fn mode(&self, hard_links: bool) -> String {
        let Some(f) = self.facts() else { return String::new() };
        let mode = f.mode();
        match hard_links && self.is_hard_link() {
            true => format!("l{}", &mode[1..]),
            false => mode,
        }
    }

    /// Properties that the provider puts on its objects, and those that only views read.
    fn dynamic(&self, name: &str, is_folder: bool) -> Option<Value> {
        let is = |n: &str| same(name, n);
        if is("NameString") {
            let target = self.link_target().map_or_else(String::new, |t| format!(" -> {t}"));
            return Some(Value::text(format!("{}{target}", self.name())));
        }
        if is("LengthString") {
            let length = self.facts().filter(|_| !is_folder).map(|f| f.own.len().to_string());
            return Some(Value::text(length.unwrap_or_default()));
        }
        if is("LastWriteTimeString") {
            let at = Value::date_time(facts::time_of(self.facts().as_deref(), Moment::Write, true));
            let shown =
                |f: &str| text::format(&at, f, culture::invariant()).ok().flatten().unwrap_or_default();
            return Some(Value::text(format!("{:>10} {:>8}", shown("d"), shown("t"))));
        }
        if !self.provided {
            return None;
        }
        let at = |p: &str| Value::text(format!("{}::{p}", path_info::PROVIDER));
        Some(match () {
            () if is("PSPath") => at(&self.full_name()),
            () if is("PSParentPath") => match self.path.borrow().parent() {
                Some(p) => at(&p.display().to_string()),
                None => Value::text(""),
            },
            () if is("PSChildName") => Value::text(self.name()),
            () if is("PSDrive") => path_info::drive(),
            () if is("PSProvider") => path_info::provider(),
            () if is("PSIsContainer") => Value::bool(is_folder),
            () => return None,
        })
    }

    fn dynamic_names(&self) -> Vec<Str> {
        let names = ["PSPath", "PSParentPath", "PSChildName", "PSDrive", "PSProvider", "PSIsContainer"];
        if self.provided { names.into_iter().map(Str::from).collect() } else { Vec::new() }
    }
}

macro_rules! object {
    ($type:ident, $info:expr, $is_folder:literal) => {
        impl Object for $type {
            fn type_info(&self) -> TypeRef {
                $info
            }
            fn as_any(&self) -> &dyn Any {
                self
            }
            fn to_text(&self) -> Option<String> {
                Some(self.0.original.borrow().to_string())
            }
            fn dynamic_property(&self, name: &str) -> Option<Result<Value>> {
                self.0.dynamic(name, $is_folder).map(Ok)
            }
            fn dynamic_names(&self) -> Vec<Str> {
                self.0.dynamic_names()
            }
        }
    };
}

object!(FileInfo, &FILE_INFO, false);
object!(DirectoryInfo, &DIRECTORY_INFO, true);

fn entry_of(v: &Value) -> Option<&Entry> {
    v.downcast::<FileInfo>().map(|f| &f.0).or_else(|| v.downcast::<DirectoryInfo>().map(|d| &d.0))
}

fn entry(v: &Value) -> Result<&Entry> {
    entry_of(v).ok_or_else(|| fail::argument_null("this"))
}

/// A fact that is null for what does not exist.
fn fact(v: &Value, f: impl FnOnce(&Facts) -> Value) -> Result<Value> {
    Ok(entry(v)?.facts().map_or(Value::NULL, |facts| f(&facts)))
}

/// A fact that only the provider's objects have.
fn provided(v: &Value, f: impl FnOnce(&Facts) -> Value) -> Result<Value> {
    if entry(v)?.provided { fact(v, f) } else { Ok(Value::NULL) }
}

fn time(v: &Value, moment: Moment, local: bool) -> Result<Value> {
    Ok(Value::date_time(facts::time_of(entry(v)?.facts().as_deref(), moment, local)))
}

fn set_time(v: &Value, moment: Moment, new: &Value, utc: bool) -> Result<()> {
    let e = entry(v)?;
    let bits = new.base().as_date_time().unwrap_or(0);
    let path = e.path();
    facts::set_time(&path, moment, if utc { as_utc(bits) } else { bits })
        .map_err(|error| failure::of(&error, &path, Blame::File))?;
    e.forget();
    Ok(())
}

fn set_read_only(v: &Value, read_only: bool) -> Result<()> {
    let e = entry(v)?;
    let path = e.path();
    facts::set_read_only(&path, read_only).map_err(|error| failure::of(&error, &path, Blame::File))?;
    e.forget();
    Ok(())
}

fn number_of(v: &Value) -> i64 {
    v.base().as_enum().map_or_else(|| long_of(v), |e| e.number)
}

fn link_here(v: &Value, a: &[Value]) -> Result<Value> {
    let e = entry(v)?;
    let (path, target) = (e.path(), super::text_at(a, 0, "pathToTarget")?);
    std::os::unix::fs::symlink(&*target, &path)
        .map_err(|error| failure::of(&error, &path, Blame::NewFile))?;
    e.forget();
    Ok(Value::NOTHING)
}

static COMMON_MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Name: "string" = |_, v| Ok(Value::text(entry(v)?.name()));
        FullName: "string" = |_, v| Ok(Value::text(entry(v)?.full_name()));
        Extension: "string" = |_, v| Ok(Value::text(entry(v)?.extension()));
        Mode: "string" = |_, v| Ok(Value::text(entry(v)?.mode(true)));
        ModeWithoutHardLink: "string" = |_, v| Ok(Value::text(entry(v)?.mode(false)));
        UnixMode: "System.Object" = |_, v| provided(v, |f| Value::text(f.unix_mode()));
        User: "System.Object" = |_, v| provided(v, |f| Value::string(f.user()));
        Group: "System.Object" = |_, v| provided(v, |f| Value::string(f.group()));
        Size: "System.Object" = |_, v| provided(v, |f| Value::long(f.own.len() as i64));
        Attributes: "System.IO.FileAttributes" = |_, v| {
            let number = entry(v)?.facts().map_or(-1, |f| f.attributes());
            Ok(Value::enumeration(&enums::FILE_ATTRIBUTES, number))
        }, set |_, v, new| set_read_only(v, number_of(&new) & facts::READ_ONLY != 0);
        CreationTime: "datetime" = |_, v| time(v, Moment::Creation, true),
            set |_, v, new| set_time(v, Moment::Creation, &new, false);
        CreationTimeUtc: "datetime" = |_, v| time(v, Moment::Creation, false),
            set |_, v, new| set_time(v, Moment::Creation, &new, true);
        LastAccessTime: "datetime" = |_, v| time(v, Moment::Access, true),
            set |_, v, new| set_time(v, Moment::Access, &new, false);
        LastAccessTimeUtc: "datetime" = |_, v| time(v, Moment::Access, false),
            set |_, v, new| set_time(v, Moment::Access, &new, true);
        LastWriteTime: "datetime" = |_, v| time(v, Moment::Write, true),
            set |_, v, new| set_time(v, Moment::Write, &new, false);
        LastWriteTimeUtc: "datetime" = |_, v| time(v, Moment::Write, false),
            set |_, v, new| set_time(v, Moment::Write, &new, true);
        LinkTarget: "string" = |_, v| Ok(entry(v)?.link_target().map_or(Value::NULL, Value::text));
        Target: "string" = |_, v| Ok(entry(v)?.link_target().map_or(Value::NULL, Value::text));
        ResolvedTarget: "string" = |_, v| {
            let e = entry(v)?;
            let base = e.path();
            let base = base.parent().unwrap_or(Path::new("/"));
            Ok(Value::text(match e.link_target() {
                Some(t) => path::normalized(&base.join(t)).display().to_string(),
                None => e.full_name(),
            }))
        };
        LinkType: "string" = |_, v| {
            let e = entry(v)?;
            Ok(match e.link_target() {
                Some(_) => Value::text("SymbolicLink"),
                None if e.is_hard_link() => Value::text("HardLink"),
                None => Value::NULL,
            })
        };
        UnixFileMode: "System.IO.UnixFileMode" = |_, v| {
            let number = entry(v)?.facts().map_or(-1, |f| f.permissions());
            Ok(Value::enumeration(&enums::UNIX_FILE_MODE, number))
        }, set |_, v, new| {
            let e = entry(v)?;
            let path = e.path();
            facts::set_permissions(&path, number_of(&new)).map_err(|error| failure::of(&error, &path, Blame::File))?;
            e.forget();
            Ok(())
        };
    },
    methods: methods! {
        CreateAsSymbolicLink { (pathToTarget: STR) -> "void" = |_, v, a| link_here(v, a); }
        Refresh {
            () -> "void" = |_, v, _| {
                entry(v)?.forget();
                Ok(Value::NOTHING)
            };
        }
        ResolveLinkTarget {
            (returnFinalTarget: BOOL) -> "System.IO.FileSystemInfo" = |_, v, a| target_of(&entry(v)?.path(), bool_at(a, 0));
        }
    },
    ..MemberTable::EMPTY
};

fn opened(v: &Value, mode: Mode, access: Access) -> Result<Value> {
    open(entry(v)?.path(), mode, access)
}

fn copied(shell: &mut dyn Shell, v: &Value, a: &[Value]) -> Result<Value> {
    let to = path_at(shell, a, 0, "destFileName")?;
    file::copy(&entry(v)?.path(), &to, bool_at(a, 1))?;
    Ok(Value::object(FileInfo::new(to)))
}

fn moved(shell: &mut dyn Shell, v: &Value, a: &[Value]) -> Result<Value> {
    let e = entry(v)?;
    let to = path_at(shell, a, 0, "destFileName")?;
    file::rename(&e.path(), &to, bool_at(a, 1))?;
    e.moved_to(to);
    Ok(Value::NOTHING)
}

fn length(v: &Value) -> Result<Value> {
    let e = entry(v)?;
    match e.facts() {
        Some(f) if !f.is_folder => Ok(Value::long(f.own.len() as i64)),
        _ => Err(failure::file_not_found(&e.path())),
    }
}

static FILE_MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Length: "long" = |_, v| length(v);
        DirectoryName: "string" = |_, v| {
            Ok(entry(v)?.path().parent().map_or(Value::NULL, |p| Value::text(p.display().to_string())))
        };
        Directory: "System.IO.DirectoryInfo" = |_, v| {
            Ok(entry(v)?.path().parent().map_or(Value::NULL, |p| folder(p.to_path_buf())))
        };
        IsReadOnly: "bool" = |_, v| {
            Ok(Value::bool(entry(v)?.facts().is_some_and(|f| f.attributes() & facts::READ_ONLY != 0)))
        }, set |_, v, new| set_read_only(v, new.base().as_bool().unwrap_or(false));
        Exists: "bool" = |_, v| Ok(Value::bool(entry(v)?.facts().is_some_and(|f| !f.is_folder)));
        BaseName: "System.Object" = |_, v| {
            let (name, extension) = (entry(v)?.name(), entry(v)?.extension());
            Ok(Value::text(&name[..name.len() - extension.len()]))
        };
    },
    methods: methods! {
        AppendText {
            () -> "System.IO.StreamWriter" = |_, v, _| Writer::to_file(entry(v)?.path(), true, &Value::NULL);
        }
        CopyTo {
            (destFileName: STR) -> "System.IO.FileInfo" = |shell, v, a| copied(shell, v, a);
            (destFileName: STR, overwrite: BOOL) -> "System.IO.FileInfo" = |shell, v, a| copied(shell, v, a);
        }
        Create { () -> "System.IO.FileStream" = |_, v, _| opened(v, Mode::Create, Access::BOTH); }
        CreateText {
            () -> "System.IO.StreamWriter" = |_, v, _| Writer::to_file(entry(v)?.path(), false, &Value::NULL);
        }
        Delete {
            () -> "void" = |_, v, _| {
                let e = entry(v)?;
                file::delete(&e.path())?;
                e.forget();
                Ok(Value::NOTHING)
            };
        }
        MoveTo {
            (destFileName: STR) -> "void" = |shell, v, a| moved(shell, v, a);
            (destFileName: STR, overwrite: BOOL) -> "void" = |shell, v, a| moved(shell, v, a);
        }
        Open {
            (mode: &enums::FILE_MODE) -> "System.IO.FileStream" = |_, v, a| {
                let mode = Mode::of(enum_at(a, 0))?;
                opened(v, mode, Access::default_of(mode))
            };
            (mode: &enums::FILE_MODE, access: &enums::FILE_ACCESS) -> "System.IO.FileStream" = |_, v, a| {
                opened(v, Mode::of(enum_at(a, 0))?, Access::of(enum_at(a, 1)))
            };
            (mode: &enums::FILE_MODE, access: &enums::FILE_ACCESS, share: &enums::FILE_SHARE)
                -> "System.IO.FileStream" = |_, v, a| opened(v, Mode::of(enum_at(a, 0))?, Access::of(enum_at(a, 1)));
        }
        OpenRead { () -> "System.IO.FileStream" = |_, v, _| opened(v, Mode::Open, Access::READ); }
        OpenText { () -> "System.IO.StreamReader" = |_, v, _| Reader::of_file(entry(v)?.path(), &Value::NULL); }
        OpenWrite { () -> "System.IO.FileStream" = |_, v, _| opened(v, Mode::OpenOrCreate, Access::WRITE); }
        Replace {
            (destinationFileName: STR, destinationBackupFileName: STR) -> "System.IO.FileInfo" = |shell, v, a| {
                let to = path_at(shell, a, 0, "destinationFileName")?;
                let backup = match opt_str(a, 1).filter(|b| !b.is_empty()) {
                    Some(text) => Some(super::resolve(shell, &text)?),
                    None => None,
                };
                file::replace(&entry(v)?.path(), &to, backup.as_deref())?;
                Ok(Value::object(FileInfo::new(to)))
            };
        }
    },
    constructors: constructors! {
        "System.IO.FileInfo";
        (fileName: STR) = |shell, _, a| {
            let path = path_at(shell, a, 0, "path")?;
            Ok(Value::object(FileInfo(Entry::written(path, str_at(a, 0)))))
        };
    },
    ..MemberTable::EMPTY
};

/// Entries beneath a folder as objects, in an array of what was asked for.
fn list(v: &Value, a: &[Value], wanted: Wanted) -> Result<Value> {
    let ty: TypeRef = match wanted {
        Wanted::Files => &FILE_INFO,
        Wanted::Folders => &DIRECTORY_INFO,
        Wanted::Both => &FILE_SYSTEM_INFO,
    };
    let pattern = opt_str(a, 0);
    let pattern = pattern.as_deref().unwrap_or("*");
    let found = entries::find(&entry(v)?.path(), pattern, wanted, enum_at(a, 1) == 1)?;
    let objects = found.into_iter().map(|e| match e.is_folder {
        true => folder(e.path),
        false => Value::object(FileInfo::new(e.path)),
    });
    Ok(Value::list_of(array_of(ty), objects.collect()))
}

fn delete_folder(v: &Value, recursive: bool) -> Result<Value> {
    let e = entry(v)?;
    directory::delete(&e.path(), recursive)?;
    e.forget();
    Ok(Value::NOTHING)
}

static FOLDER_MEMBERS: MemberTable = MemberTable {
    properties: properties! {
        Parent: "System.IO.DirectoryInfo" = |_, v| {
            Ok(entry(v)?.path().parent().map_or(Value::NULL, |p| folder(p.to_path_buf())))
        };
        Root: "System.IO.DirectoryInfo" = |_, _| Ok(folder(PathBuf::from("/")));
        Exists: "bool" = |_, v| Ok(Value::bool(entry(v)?.facts().is_some_and(|f| f.is_folder)));
        BaseName: "System.Object" = |_, v| Ok(Value::text(entry(v)?.name()));
    },
    methods: methods! {
        Create {
            () -> "void" = |_, v, _| {
                let e = entry(v)?;
                directory::create(&e.path())?;
                e.forget();
                Ok(Value::NOTHING)
            };
        }
        CreateSubdirectory {
            (path: STR) -> "System.IO.DirectoryInfo" = |_, v, a| {
                let (base, text) = (entry(v)?.path(), super::text_at(a, 0, "path")?);
                let path = path::normalized(&base.join(&*text));
                if text.starts_with('/') || !path.starts_with(&base) {
                    return Err(fail::argument(
                        &format!("The directory specified, '{text}', is not a subdirectory of '{}'.", base.display()),
                        "path",
                    ));
                }
                directory::create(&path)?;
                Ok(folder(path))
            };
        }
        Delete {
            () -> "void" = |_, v, _| delete_folder(v, false);
            (recursive: BOOL) -> "void" = |_, v, a| delete_folder(v, bool_at(a, 0));
        }
        EnumerateDirectories {
            () -> "System.Collections.Generic.IEnumerable[System.IO.DirectoryInfo]" = |_, v, a| list(v, a, Wanted::Folders);
            (searchPattern: STR) -> "System.Collections.Generic.IEnumerable[System.IO.DirectoryInfo]" = |_, v, a| {
                list(v, a, Wanted::Folders)
            };
            (searchPattern: STR, searchOption: &enums::SEARCH_OPTION)
                -> "System.Collections.Generic.IEnumerable[System.IO.DirectoryInfo]" = |_, v, a| list(v, a, Wanted::Folders);
        }
        EnumerateFiles {
            () -> "System.Collections.Generic.IEnumerable[System.IO.FileInfo]" = |_, v, a| list(v, a, Wanted::Files);
            (searchPattern: STR) -> "System.Collections.Generic.IEnumerable[System.IO.FileInfo]" = |_, v, a| {
                list(v, a, Wanted::Files)
            };
            (searchPattern: STR, searchOption: &enums::SEARCH_OPTION)
                -> "System.Collections.Generic.IEnumerable[System.IO.FileInfo]" = |_, v, a| list(v, a, Wanted::Files);
        }
        EnumerateFileSystemInfos {
            () -> "System.Collections.Generic.IEnumerable[System.IO.FileSystemInfo]" = |_, v, a| list(v, a, Wanted::Both);
            (searchPattern: STR) -> "System.Collections.Generic.IEnumerable[System.IO.FileSystemInfo]" = |_, v, a| {
                list(v, a, Wanted::Both)
            };
            (searchPattern: STR, searchOption: &enums::SEARCH_OPTION)
                -> "System.Collections.Generic.IEnumerable[System.IO.FileSystemInfo]" = |_, v, a| list(v, a, Wanted::Both);
        }
        GetDirectories {
            () -> "System.IO.DirectoryInfo[]" = |_, v, a| list(v, a, Wanted::Folders);
            (searchPattern: STR) -> "System.IO.DirectoryInfo[]" = |_, v, a| list(v, a, Wanted::Folders);
            (searchPattern: STR, searchOption: &enums::SEARCH_OPTION) -> "System.IO.DirectoryInfo[]" = |_, v, a| {
                list(v, a, Wanted::Folders)
            };
        }
        GetFiles {
            () -> "System.IO.FileInfo[]" = |_, v, a| list(v, a, Wanted::Files);
            (searchPattern: STR) -> "System.IO.FileInfo[]" = |_, v, a| list(v, a, Wanted::Files);
            (searchPattern: STR, searchOption: &enums::SEARCH_OPTION) -> "System.IO.FileInfo[]" = |_, v, a| {
                list(v, a, Wanted::Files)
            };
        }
        GetFileSystemInfos {
            () -> "System.IO.FileSystemInfo[]" = |_, v, a| list(v, a, Wanted::Both);
            (searchPattern: STR) -> "System.IO.FileSystemInfo[]" = |_, v, a| list(v, a, Wanted::Both);
            (searchPattern: STR, searchOption: &enums::SEARCH_OPTION) -> "System.IO.FileSystemInfo[]" = |_, v, a| {
                list(v, a, Wanted::Both)
            };
        }
        MoveTo {
            (destDirName: STR) -> "void" = |shell, v, a| {
                let e = entry(v)?;
                let to = path_at(shell, a, 0, "destDirName")?;
                directory::rename(&e.path(), &to)?;
                e.moved_to(to);
                Ok(Value::NOTHING)
            };
        }
    },
    constructors: constructors! {
        "System.IO.DirectoryInfo";
        (path: STR) = |shell, _, a| {
            let path = path_at(shell, a, 0, "path")?;
            Ok(Value::object(DirectoryInfo(Entry::written(path, str_at(a, 0)))))
        };
    },
    ..MemberTable::EMPTY
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: observed on PowerShell 7.6.9 (types.jsonl, members of FileInfo and DirectoryInfo).
    #[test]
    fn what_the_provider_gives_knows_its_place() {
        let v = item("/proc/version");
        let o = v.as_object().expect("an object").get();
        let text = |name: &str| o.dynamic_property(name).and_then(|r| r.ok()).map(|v| str_of(&v).to_string());
        assert_eq!(text("PSPath").as_deref(), Some("Microsoft.PowerShell.Core\\FileSystem::/proc/version"));
        assert_eq!(text("psparentpath").as_deref(), Some("Microsoft.PowerShell.Core\\FileSystem::/proc"));
        assert_eq!(text("PSChildName").as_deref(), Some("version"));
        assert!(o.type_info().is(&FILE_INFO));
        assert!(item("/proc").as_object().expect("an object").get().type_info().is(&DIRECTORY_INFO));
        let plain = FileInfo::new("/proc/version".into());
        assert!(plain.dynamic_names().is_empty() && plain.dynamic_property("PSPath").is_none());
        assert_eq!(plain.to_text().as_deref(), Some("/proc/version"));
    }
}
