//! What the file system knows about a path, in .NET's terms: attributes, times, owner, mode.

use crate::time;
use exsh_core::Str;
use std::cell::RefCell;
use std::collections::HashMap;
use std::fs::{File, FileTimes, Metadata};
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub const READ_ONLY: i64 = 1;
pub const HIDDEN: i64 = 2;
pub const DIRECTORY: i64 = 16;
pub const NORMAL: i64 = 128;
pub const REPARSE_POINT: i64 = 1024;

/// What .NET answers for the time of a path that does not exist: 1601-01-01 UTC in ticks.
const NO_TIME: i64 = 504_911_232_000_000_000;

/// One reading of a path.
pub struct Facts {
    /// Of the path itself, a link not followed.
    pub own: Metadata,
    /// A folder, or a link to one.
    pub is_folder: bool,
    pub link_target: Option<PathBuf>,
    hidden: bool,
}

/// Which time of a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    Creation,
    Access,
    Write,
}

impl Facts {
    /// Nothing when the path does not exist or cannot be looked at.
    pub fn read(path: &Path) -> Option<Facts> {
        let own = std::fs::symlink_metadata(path).ok()?;
        let is_link = own.is_symlink();
        Some(Facts {
            is_folder: if is_link { path.is_dir() } else { own.is_dir() },
            link_target: if is_link { std::fs::read_link(path).ok() } else { None },
            hidden: name(path).starts_with('.'),
            own,
        })
    }

    /// Numbers of `System.IO.FileAttributes`, as .NET derives them on Unix.
    pub fn attributes(&self) -> i64 {
        let mut a = 0;
        if is_read_only(&self.own) {
            a |= READ_ONLY;
        }
        if self.own.is_symlink() {
            a |= REPARSE_POINT;
        }
        if self.is_folder {
            a |= DIRECTORY;
        }
        if self.hidden {
            a |= HIDDEN;
        }
        if a == 0 { NORMAL } else { a }
    }

    /// PowerShell's `Mode`: `d----`, `l----`, `--r--`.
    pub fn mode(&self) -> String {
        let a = self.attributes();
        let flag = |bit: i64, c: char| if a & bit != 0 { c } else { '-' };
        let kind = if a & REPARSE_POINT != 0 { 'l' } else { flag(DIRECTORY, 'd') };
        [kind, '-', flag(READ_ONLY, 'r'), flag(HIDDEN, 'h'), '-'].iter().collect()
    }

    /// `drwxr-xr-x`.
    pub fn unix_mode(&self) -> String {
        let t = self.own.file_type();
        let kind = match () {
            () if t.is_symlink() => 'l',
            () if t.is_dir() => 'd',
            () if t.is_fifo() => 'p',
            () if t.is_socket() => 's',
            () if t.is_char_device() => 'c',
            () if t.is_block_device() => 'b',
            () => '-',
        };
        let m = self.own.mode();
        let mut out = String::from(kind);
        for (shift, special, letter) in [(6, 0o4000, 's'), (3, 0o2000, 's'), (0, 0o1000, 't')] {
            let bits = m >> shift;
            out.push(if bits & 4 != 0 { 'r' } else { '-' });
            out.push(if bits & 2 != 0 { 'w' } else { '-' });
            out.push(match (m & special != 0, bits & 1 != 0) {
                (true, true) => letter,
                (true, false) => letter.to_ascii_uppercase(),
                (false, true) => 'x',
                (false, false) => '-',
            });
        }
        out
    }

    /// Number of `System.IO.UnixFileMode`.
    pub fn permissions(&self) -> i64 {
        i64::from(self.own.mode() & 0o7777)
    }

    pub fn user(&self) -> Str {
        owner("/etc/passwd", self.own.uid())
    }

    pub fn group(&self) -> Str {
        owner("/etc/group", self.own.gid())
    }

    /// DateTime bits in UTC.
    fn time(&self, moment: Moment) -> u64 {
        let at = match moment {
            Moment::Creation => self.own.created().or_else(|_| self.own.modified()),
            Moment::Access => self.own.accessed(),
            Moment::Write => self.own.modified(),
        };
        at.map_or_else(|_| no_time(), utc_bits)
    }
}

/// A time of a file as DateTime bits; without facts .NET's time for what does not exist.
pub fn time_of(facts: Option<&Facts>, moment: Moment, local: bool) -> u64 {
    let bits = facts.map_or_else(no_time, |f| f.time(moment));
    if local { time::to_local(bits) } else { bits }
}

fn no_time() -> u64 {
    time::pack(NO_TIME, time::Kind::Utc)
}

/// DateTime bits (UTC) of a time of the system.
pub fn utc_bits(at: SystemTime) -> u64 {
    let ticks = match at.duration_since(UNIX_EPOCH) {
        Ok(d) => time::UNIX_EPOCH.saturating_add((d.as_nanos() / 100) as i64),
        Err(e) => time::UNIX_EPOCH - (e.duration().as_nanos() / 100) as i64,
    };
    time::pack(ticks.clamp(0, time::MAX_TICKS), time::Kind::Utc)
}

/// Sets the time of access or of writing. A file system of this platform does not let one set the time of creation:
/// as in .NET the time of writing is set instead.
pub fn set_time(path: &Path, moment: Moment, bits: u64) -> std::io::Result<()> {
    let since = time::ticks(time::to_utc(bits)) - time::UNIX_EPOCH;
    let nanos = |ticks: u64| Duration::new(ticks / 10_000_000, (ticks % 10_000_000) as u32 * 100);
    let at = match since {
        0.. => UNIX_EPOCH + nanos(since as u64),
        _ => UNIX_EPOCH - nanos(since.unsigned_abs()),
    };
    let times = match moment {
        Moment::Access => FileTimes::new().set_accessed(at),
        _ => FileTimes::new().set_modified(at),
    };
    File::open(path)?.set_times(times)
}

/// Only the read-only flag exists on this platform: it takes the right to write away from everybody.
pub fn set_read_only(path: &Path, read_only: bool) -> std::io::Result<()> {
    let mode = std::fs::metadata(path)?.permissions().mode();
    let mode = if read_only { mode & !0o222 } else { mode | 0o200 };
    set_permissions(path, i64::from(mode))
}

pub fn set_permissions(path: &Path, mode: i64) -> std::io::Result<()> {
    std::fs::set_permissions(path, PermissionsExt::from_mode((mode & 0o7777) as u32))
}

/// .NET's rule: readable and not writable for the class of users that this process belongs to.
fn is_read_only(m: &Metadata) -> bool {
    let class = |shift: u32| (m.mode() >> shift) & 6 == 4;
    let (user, group, other) = (class(6), class(3), class(0));
    if user == group && group == other {
        return user;
    }
    let (uid, gid) = process_ids();
    match () {
        () if m.uid() == uid => user,
        () if m.gid() == gid => group,
        () => other,
    }
}

/// Effective user and group of this process.
fn process_ids() -> (u32, u32) {
    thread_local! {
        static IDS: (u32, u32) =
            std::fs::metadata("/proc/self").map_or((u32::MAX, u32::MAX), |m| (m.uid(), m.gid()));
    }
    IDS.with(|ids| *ids)
}

/// The name of a number in the system's lists; the number itself when it has none.
fn owner(list: &'static str, id: u32) -> Str {
    thread_local! {
        static NAMES: RefCell<HashMap<(&'static str, u32), Str>> = RefCell::default();
    }
    if let Some(known) = NAMES.with_borrow(|n| n.get(&(list, id)).cloned()) {
        return known;
    }
    let text = std::fs::read_to_string(list).unwrap_or_default();
    let wanted = id.to_string();
    let found = text.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)? == wanted).then(|| Str::from(name))
    });
    let shown = found.unwrap_or_else(|| Str::new(wanted));
    NAMES.with_borrow_mut(|n| n.insert((list, id), shown.clone()));
    shown
}

/// The last part of a path; the root is its own name.
pub fn name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned())
}
