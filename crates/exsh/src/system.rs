//! The few calls that only the C library has: terminal modes, signals, limits, randomness. All `unsafe` of the program.
#![allow(unsafe_code)]

use std::io;
use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

/// What Ctrl-C sets.
static INTERRUPT: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// From now on Ctrl-C sets `flag` and does nothing else; a blocking read returns early.
pub fn on_interrupt(flag: Arc<AtomicBool>) {
    if INTERRUPT.set(flag).is_err() {
        return;
    }
    // SAFETY: the handler only stores into an atomic; the struct is filled as sigaction(2) asks. Without SA_RESTART a
    // blocking read returns EINTR.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = note_interrupt as extern "C" fn(libc::c_int) as usize;
        libc::sigemptyset(&mut action.sa_mask);
        libc::sigaction(libc::SIGINT, &action, std::ptr::null_mut());
    }
}

/// Keeps Ctrl-C away from this thread, so that it ends the waiting of the one that reads.
pub fn leave_interrupts_to_others() {
    // SAFETY: the set is made by sigemptyset and read during the call only.
    unsafe {
        let mut set = MaybeUninit::<libc::sigset_t>::zeroed().assume_init();
        libc::sigemptyset(&mut set);
        libc::sigaddset(&mut set, libc::SIGINT);
        libc::pthread_sigmask(libc::SIG_BLOCK, &set, std::ptr::null_mut());
    }
}

extern "C" fn note_interrupt(_signal: libc::c_int) {
    if let Some(flag) = INTERRUPT.get() {
        flag.store(true, Ordering::Relaxed);
    }
}

/// No core file: it would hold keys and passwords in the clear.
pub fn forbid_core_dumps() {
    // SAFETY: the struct is read during the call only. The hard limit stays, so that a child may raise its own.
    unsafe {
        let mut limit = MaybeUninit::<libc::rlimit>::zeroed().assume_init();
        if libc::getrlimit(libc::RLIMIT_CORE, &mut limit) == 0 {
            limit.rlim_cur = 0;
            libc::setrlimit(libc::RLIMIT_CORE, &limit);
        }
    }
}

/// Columns and rows of the terminal behind a descriptor.
pub fn terminal_size(fd: i32) -> Option<(usize, usize)> {
    // SAFETY: the struct is written by the call, and read only when it says so.
    unsafe {
        let mut size = MaybeUninit::<libc::winsize>::zeroed().assume_init();
        let known = libc::ioctl(fd, libc::TIOCGWINSZ, &mut size) == 0 && size.ws_col > 0;
        known.then_some((usize::from(size.ws_col), usize::from(size.ws_row)))
    }
}

/// While it lives the terminal shows nothing and gives each key at once; afterwards it is as before.
pub struct Unseen {
    before: libc::termios,
}

impl Unseen {
    /// Nothing when standard input is no terminal.
    pub fn begin() -> Option<Unseen> {
        // SAFETY: the struct is written by tcgetattr, and used only when it says so.
        unsafe {
            let mut before = MaybeUninit::<libc::termios>::zeroed().assume_init();
            if libc::tcgetattr(0, &mut before) != 0 {
                return None;
            }
            let mut quiet = before;
            quiet.c_lflag &= !(libc::ECHO | libc::ICANON);
            quiet.c_cc[libc::VMIN] = 1;
            quiet.c_cc[libc::VTIME] = 0;
            (libc::tcsetattr(0, libc::TCSAFLUSH, &quiet) == 0).then_some(Unseen { before })
        }
    }
}

impl Drop for Unseen {
    fn drop(&mut self) {
        // SAFETY: the struct is what tcgetattr gave.
        unsafe {
            libc::tcsetattr(0, libc::TCSANOW, &self.before);
        }
    }
}

/// Standard input without a buffer: a read that a signal ends says so.
pub struct StandardInput;

impl io::Read for StandardInput {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // SAFETY: the call writes at most `buffer.len()` bytes to it.
        let count = unsafe { libc::read(0, buffer.as_mut_ptr().cast(), buffer.len()) };
        usize::try_from(count).map_err(|_| io::Error::last_os_error())
    }
}

/// One byte of standard input, past every buffer; nothing at its end.
pub fn read_key() -> io::Result<Option<u8>> {
    let mut byte = 0u8;
    // SAFETY: one byte is written to a place that holds one.
    match unsafe { libc::read(0, (&raw mut byte).cast(), 1) } {
        1 => Ok(Some(byte)),
        0 => Ok(None),
        _ => Err(io::Error::last_os_error()),
    }
}

/// Fills the buffer from the system's source of randomness.
pub fn random(buffer: &mut [u8]) {
    let mut filled = 0;
    while filled < buffer.len() {
        let rest = &mut buffer[filled..];
        // SAFETY: the call writes at most `rest.len()` bytes to it.
        let count = unsafe { libc::getrandom(rest.as_mut_ptr().cast(), rest.len(), 0) };
        match usize::try_from(count) {
            Ok(count) => filled += count,
            Err(_) if io::Error::last_os_error().kind() == io::ErrorKind::Interrupted => {}
            // A kernel without it gives the device; without either no key can be made and none may be weak.
            Err(_) => {
                use std::io::Read;
                let device = std::fs::File::open("/dev/urandom");
                device
                    .and_then(|mut f| f.read_exact(&mut buffer[filled..]))
                    .expect("a system has a source of randomness");
                return;
            }
        }
    }
}

/// Name of the machine.
pub fn machine_name() -> Option<String> {
    let mut buffer = [0u8; 256];
    // SAFETY: the call writes at most the given length and ends it with a zero when it fits.
    let done = unsafe { libc::gethostname(buffer.as_mut_ptr().cast(), buffer.len() - 1) } == 0;
    let end = buffer.iter().position(|b| *b == 0)?;
    (done && end > 0).then(|| String::from_utf8_lossy(&buffer[..end]).into_owned())
}

/// Number of the user this process runs as.
pub fn user_id() -> u32 {
    // SAFETY: the call has no preconditions and cannot fail.
    unsafe { libc::geteuid() }
}
