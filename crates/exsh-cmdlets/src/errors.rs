//! Errors as an operator of Exchange knows them: frame, category and the layout of FullyQualifiedErrorId.
//!
//! The texts themselves stand where the rule is decided; here is only what surrounds them (facts: messages.md F1).

use exsh_core::error::{Category, ErrorRecord, Exception};
use exsh_core::host::Host;
use exsh_state::StoreError;
use exsh_state::model::Server;

const INVALID_OPERATION: &str = "System.InvalidOperationException";
const NOT_FOUND: &str = "Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException";

/// A failure inside the certificate service of `server`: the text stands behind the RPC prefix. For the
/// `*-ExchangeCertificate` cmdlets.
pub fn rpc(
    host: &mut dyn Host,
    server: &Server,
    cmdlet: &str,
    category: Category,
    text: &str,
) -> ErrorRecord {
    let name = server.name.to_uppercase();
    task(host, server, cmdlet, category, &format!("A special Rpc error occurs on server {name}: {text}"))
}

/// A failure of any other task: the text stands alone.
pub fn task(
    host: &mut dyn Host,
    server: &Server,
    cmdlet: &str,
    category: Category,
    text: &str,
) -> ErrorRecord {
    record(host, server, INVALID_OPERATION, category, number(cmdlet, text), text)
}

/// `The operation couldn't be performed because object … couldn't be found on …` (M28).
pub fn object_not_found(host: &mut dyn Host, local: &Server, typed: &str) -> ErrorRecord {
    let controller = domain_controller(local);
    let text = format!(
        "The operation couldn't be performed because object '{typed}' couldn't be found on '{controller}'."
    );
    record(host, local, NOT_FOUND, Category::NotSpecified, number("", &text), &text)
}

/// What is wrong with the state itself.
pub fn state(error: StoreError) -> ErrorRecord {
    let category = match error {
        StoreError::Conflict { .. } | StoreError::Busy { .. } => Category::ResourceBusy,
        StoreError::NotFound { .. } => Category::ObjectNotFound,
        StoreError::AlreadyExists { .. } => Category::ResourceExists,
        StoreError::InUse { .. } => Category::InvalidOperation,
        StoreError::ReadOnly { .. } | StoreError::Exposed { .. } => Category::PermissionDenied,
        StoreError::DiskFull { .. } => Category::WriteError,
        StoreError::NotOurs { .. } | StoreError::Newer { .. } | StoreError::Corrupt { .. } => {
            Category::InvalidData
        }
        StoreError::KeyMissing { .. } | StoreError::KeyWrong { .. } | StoreError::KeyMalformed { .. } => {
            Category::SecurityError
        }
        StoreError::Io { .. } => Category::OpenError,
        StoreError::BadLocation { .. } => Category::InvalidArgument,
        StoreError::UnsupportedUrl { .. } => Category::NotImplemented,
    };
    ErrorRecord::of(INVALID_OPERATION, error.id(), category, error.to_string())
}

fn record(
    host: &mut dyn Host,
    server: &Server,
    exception: &str,
    category: Category,
    number: u32,
    text: &str,
) -> ErrorRecord {
    let short = exception.rsplit('.').next().unwrap_or(exception);
    let id = format!(
        "[Server={},RequestId={},TimeStamp={}] [FailureCategory=Cmdlet-{short}] {number:X}",
        server.name.to_uppercase(),
        request_id(host),
        time_stamp(host.now_ticks()),
    );
    let record = ErrorRecord::new(id, category, Exception::new(exception, text));
    record.context.borrow_mut().origin = Some(server.fqdn.to_lowercase().into());
    record
}

/// There is no domain controller here; the server itself answers for the organization's objects.
fn domain_controller(local: &Server) -> String {
    local.fqdn.clone()
}

fn request_id(host: &mut dyn Host) -> String {
    let mut b = [0u8; 16];
    host.random(&mut b);
    b[6] = b[6] & 0x0F | 0x40;
    b[8] = b[8] & 0x3F | 0x80;
    let hex = |r: &[u8]| r.iter().map(|x| format!("{x:02x}")).collect::<String>();
    format!("{}-{}-{}-{}-{}", hex(&b[..4]), hex(&b[4..6]), hex(&b[6..8]), hex(&b[8..10]), hex(&b[10..]))
}

/// `9/11/2022 9:20:12 PM`: UTC in the date format of a server installed in English.
fn time_stamp(ticks: i64) -> String {
    let (year, month, day, hour, minute, second) = exsh_pki::civil_from_unix(
        (ticks - crate::session::UNIX_EPOCH_TICKS).div_euclid(crate::session::TICKS_PER_SECOND),
    );
    let half = if hour < 12 { "AM" } else { "PM" };
    let clock = if hour % 12 == 0 { 12 } else { hour % 12 };
    format!("{month}/{day}/{year} {clock}:{minute:02}:{second:02} {half}")
}

/// The number in front of the class name. What the product computes it from is unknown: the four captured ones are
/// given back, for all others a number that stays the same for the same failure is made.
fn number(cmdlet: &str, text: &str) -> u32 {
    let captured = [
        ("Enable-ExchangeCertificate", "reason: PrivateKeyMissing", 0xDA6D_9EA1),
        ("Import-ExchangeCertificate", "wrong password was specified", 0xA39C_F339),
        ("Get-ExchangeCertificate", "was not found", 0x71D7_F7B0),
        ("Remove-ExchangeCertificate", "internal transport certificate cannot be removed", 0xDCA5_28C3),
    ];
    if let Some((_, _, n)) = captured.iter().find(|(c, part, _)| *c == cmdlet && text.contains(part)) {
        return *n;
    }
    let kind = text.bytes().filter(|b| !b.is_ascii_hexdigit());
    let hash =
        cmdlet.bytes().chain(kind).fold(0x811C_9DC5u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193));
    // Eight digits, as in every capture.
    hash | 0x1000_0000
}
