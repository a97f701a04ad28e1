//! The exception types: which derives from which, by name.
//!
//! An exception is one Rust struct; its shown type is a name, and this table gives that name its chain, so that
//! `catch [System.IO.IOException]` and `-is` work for every exception the engine or a cmdlet names.

use super::intern;
use exsh_core::error::EXCEPTION;
use exsh_core::types::{TypeInfo, TypeRef};

/// Full name and the full name of its base; nothing beneath it means `System.Exception`.
const CHAIN: &[(&str, &str)] = &[
    ("System.SystemException", ""),
    ("System.ApplicationException", ""),
    ("System.AggregateException", ""),
    ("System.ArgumentException", "System.SystemException"),
    ("System.ArgumentNullException", "System.ArgumentException"),
    ("System.ArgumentOutOfRangeException", "System.ArgumentException"),
    ("System.ArithmeticException", "System.SystemException"),
    ("System.DivideByZeroException", "System.ArithmeticException"),
    ("System.OverflowException", "System.ArithmeticException"),
    ("System.NotFiniteNumberException", "System.ArithmeticException"),
    ("System.ArrayTypeMismatchException", "System.SystemException"),
    ("System.RankException", "System.SystemException"),
    ("System.FormatException", "System.SystemException"),
    ("System.UriFormatException", "System.FormatException"),
    ("System.IndexOutOfRangeException", "System.SystemException"),
    ("System.InvalidCastException", "System.SystemException"),
    ("System.InvalidOperationException", "System.SystemException"),
    ("System.ObjectDisposedException", "System.InvalidOperationException"),
    ("System.NotImplementedException", "System.SystemException"),
    ("System.NotSupportedException", "System.SystemException"),
    ("System.PlatformNotSupportedException", "System.NotSupportedException"),
    ("System.NullReferenceException", "System.SystemException"),
    ("System.OperationCanceledException", "System.SystemException"),
    ("System.OutOfMemoryException", "System.SystemException"),
    ("System.StackOverflowException", "System.SystemException"),
    ("System.TimeoutException", "System.SystemException"),
    ("System.TypeLoadException", "System.SystemException"),
    ("System.MemberAccessException", "System.SystemException"),
    ("System.MissingMemberException", "System.MemberAccessException"),
    ("System.MissingMethodException", "System.MissingMemberException"),
    ("System.UnauthorizedAccessException", "System.SystemException"),
    ("System.Collections.Generic.KeyNotFoundException", "System.SystemException"),
    ("System.ComponentModel.Win32Exception", "System.Runtime.InteropServices.ExternalException"),
    ("System.Runtime.InteropServices.ExternalException", "System.SystemException"),
    ("System.Runtime.InteropServices.COMException", "System.Runtime.InteropServices.ExternalException"),
    ("System.IO.IOException", "System.SystemException"),
    ("System.IO.DirectoryNotFoundException", "System.IO.IOException"),
    ("System.IO.DriveNotFoundException", "System.IO.IOException"),
    ("System.IO.EndOfStreamException", "System.IO.IOException"),
    ("System.IO.FileNotFoundException", "System.IO.IOException"),
    ("System.IO.FileLoadException", "System.IO.IOException"),
    ("System.IO.PathTooLongException", "System.IO.IOException"),
    ("System.IO.InvalidDataException", "System.SystemException"),
    ("System.Net.Http.HttpRequestException", ""),
    ("System.Net.Sockets.SocketException", "System.ComponentModel.Win32Exception"),
    ("System.Net.WebException", "System.InvalidOperationException"),
    ("System.Security.SecurityException", "System.SystemException"),
    ("System.Security.Authentication.AuthenticationException", "System.SystemException"),
    ("System.Security.Cryptography.CryptographicException", "System.SystemException"),
    ("System.Text.Json.JsonException", ""),
    ("System.Text.RegularExpressions.RegexParseException", "System.ArgumentException"),
    ("System.Text.RegularExpressions.RegexMatchTimeoutException", "System.TimeoutException"),
    ("System.Threading.ThreadAbortException", "System.SystemException"),
    ("System.Threading.Tasks.TaskCanceledException", "System.OperationCanceledException"),
    ("System.Xml.XmlException", "System.SystemException"),
    ("System.Globalization.CultureNotFoundException", "System.ArgumentException"),
    ("Microsoft.PowerShell.Commands.HttpResponseException", "System.Net.Http.HttpRequestException"),
    ("Microsoft.PowerShell.Commands.ProcessCommandException", "System.SystemException"),
    ("Microsoft.PowerShell.Commands.ServiceCommandException", "System.SystemException"),
    ("Microsoft.PowerShell.Commands.WriteErrorException", "System.SystemException"),
    ("System.Management.Automation.RuntimeException", "System.SystemException"),
    ("System.Management.Automation.ActionPreferenceStopException", RUNTIME),
    ("System.Management.Automation.ApplicationFailedException", RUNTIME),
    ("System.Management.Automation.CmdletInvocationException", RUNTIME),
    (
        "System.Management.Automation.CmdletProviderInvocationException",
        "System.Management.Automation.CmdletInvocationException",
    ),
    ("System.Management.Automation.CommandNotFoundException", RUNTIME),
    ("System.Management.Automation.ExtendedTypeSystemException", RUNTIME),
    ("System.Management.Automation.GetValueException", ETS),
    (
        "System.Management.Automation.GetValueInvocationException",
        "System.Management.Automation.GetValueException",
    ),
    ("System.Management.Automation.SetValueException", ETS),
    (
        "System.Management.Automation.SetValueInvocationException",
        "System.Management.Automation.SetValueException",
    ),
    ("System.Management.Automation.MethodException", ETS),
    (
        "System.Management.Automation.MethodInvocationException",
        "System.Management.Automation.MethodException",
    ),
    ("System.Management.Automation.PropertyNotFoundException", ETS),
    ("System.Management.Automation.ParameterBindingException", RUNTIME),
    (
        "System.Management.Automation.ParameterBindingValidationException",
        "System.Management.Automation.ParameterBindingException",
    ),
    (
        "System.Management.Automation.ParameterBindingArgumentTransformationException",
        "System.Management.Automation.ParameterBindingException",
    ),
    ("System.Management.Automation.ParseException", RUNTIME),
    ("System.Management.Automation.IncompleteParseException", "System.Management.Automation.ParseException"),
    ("System.Management.Automation.ParentContainsErrorRecordException", "System.SystemException"),
    ("System.Management.Automation.PipelineStoppedException", RUNTIME),
    ("System.Management.Automation.PipelineClosedException", RUNTIME),
    ("System.Management.Automation.HaltCommandException", "System.SystemException"),
    ("System.Management.Automation.Host.HostException", RUNTIME),
    (
        "System.Management.Automation.Host.PromptingException",
        "System.Management.Automation.Host.HostException",
    ),
    ("System.Management.Automation.JobFailedException", "System.SystemException"),
    ("System.Management.Automation.MetadataException", RUNTIME),
    (
        "System.Management.Automation.ValidationMetadataException",
        "System.Management.Automation.MetadataException",
    ),
    (
        "System.Management.Automation.ArgumentTransformationMetadataException",
        "System.Management.Automation.MetadataException",
    ),
    ("System.Management.Automation.PSArgumentException", "System.ArgumentException"),
    ("System.Management.Automation.PSArgumentNullException", "System.ArgumentNullException"),
    ("System.Management.Automation.PSArgumentOutOfRangeException", "System.ArgumentOutOfRangeException"),
    ("System.Management.Automation.PSInvalidCastException", "System.InvalidCastException"),
    ("System.Management.Automation.PSInvalidOperationException", "System.InvalidOperationException"),
    ("System.Management.Automation.PSNotImplementedException", "System.NotImplementedException"),
    ("System.Management.Automation.PSNotSupportedException", "System.NotSupportedException"),
    ("System.Management.Automation.PSObjectDisposedException", "System.ObjectDisposedException"),
    ("System.Management.Automation.PSSecurityException", RUNTIME),
    ("System.Management.Automation.RemoteException", RUNTIME),
    ("System.Management.Automation.Remoting.PSRemotingTransportException", RUNTIME),
    ("System.Management.Automation.ScriptBlockToPowerShellNotSupportedException", RUNTIME),
    ("System.Management.Automation.ScriptCallDepthException", "System.SystemException"),
    ("System.Management.Automation.ScriptRequiresException", RUNTIME),
    ("System.Management.Automation.SessionStateException", RUNTIME),
    ("System.Management.Automation.SessionStateUnauthorizedAccessException", SESSION),
    ("System.Management.Automation.SessionStateOverflowException", SESSION),
    ("System.Management.Automation.ItemNotFoundException", SESSION),
    ("System.Management.Automation.DriveNotFoundException", SESSION),
    ("System.Management.Automation.ProviderNotFoundException", SESSION),
    ("System.Management.Automation.ProviderInvocationException", RUNTIME),
    ("System.Management.Automation.WildcardPatternException", RUNTIME),
    ("System.Management.Automation.BreakException", "System.Management.Automation.LoopFlowException"),
    ("System.Management.Automation.ContinueException", "System.Management.Automation.LoopFlowException"),
    ("System.Management.Automation.LoopFlowException", "System.SystemException"),
];

const RUNTIME: &str = "System.Management.Automation.RuntimeException";
const ETS: &str = "System.Management.Automation.ExtendedTypeSystemException";
const SESSION: &str = "System.Management.Automation.SessionStateException";

/// The exception type of that full name (any case), if we know it.
pub fn find(name: &str) -> Option<TypeRef> {
    if name.eq_ignore_ascii_case("System.Exception") {
        return Some(&EXCEPTION);
    }
    let (full, base) = CHAIN.iter().find(|(n, _)| n.eq_ignore_ascii_case(name))?;
    Some(make(full, base))
}

/// The type of an exception object. A name we do not know derives from the base that it most likely has.
pub fn of(name: &str) -> TypeRef {
    find(name).unwrap_or_else(|| {
        let base = if name.starts_with("Microsoft.Exchange.") { "" } else { "System.SystemException" };
        make(name, base)
    })
}

fn make(full: &str, base: &str) -> TypeRef {
    intern(full, |name| TypeInfo {
        base: Some(if base.is_empty() { &EXCEPTION } else { of(base) }),
        ..TypeInfo::class(name, exsh_core::types::MemberTable::EMPTY)
    })
}

/// All names, for completion.
pub fn names() -> impl Iterator<Item = &'static str> {
    std::iter::once("System.Exception").chain(CHAIN.iter().map(|c| c.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_base_is_in_the_table() {
        for (name, base) in CHAIN {
            assert!(base.is_empty() || CHAIN.iter().any(|c| c.0 == *base), "{name} : {base}");
            assert!(find(name).expect("known").derives_from(&EXCEPTION));
        }
        let io = find("system.io.ioexception").expect("known");
        assert!(find("System.IO.FileNotFoundException").expect("known").derives_from(io));
    }
}
