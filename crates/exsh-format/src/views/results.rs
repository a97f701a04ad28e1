//! Shipped views of what general cmdlets return.
//!
//! Data as `Get-FormatData` of PowerShell 7.6.9 has it; nothing here decides anything.

use super::{
    Expr, L, LayoutDef, R, ViewDef, calc, col, custom, group, head, item, list, named, row, shown, table,
    view, wide,
};

pub(super) static VIEWS: &[ViewDef] = &[
    view(
        &["Microsoft.PowerShell.Commands.MemberDefinition"],
        "Microsoft.PowerShell.Commands.MemberDefinition",
        table(
            &[
                head(Some("Name"), 0, None),
                head(Some("MemberType"), 0, None),
                head(Some("Definition"), 0, None),
            ],
            &[row(&[col("Name"), col("MemberType"), col("Definition")])],
        ),
    )
    .grouped(group(Expr::Property("TypeName"), None, &[]))
    .sized(),
    view(
        &["Microsoft.PowerShell.Commands.GroupInfo"],
        "Microsoft.PowerShell.Commands.GroupInfo",
        table(
            &[head(Some("Count"), 5, R), head(None, 25, None), head(None, 0, None)],
            &[row(&[col("Count"), col("Name"), col("Group")])],
        ),
    ),
    view(
        &["Microsoft.PowerShell.Commands.GroupInfo"],
        "Microsoft.PowerShell.Commands.GroupInfo",
        LayoutDef::List(&[list(&[item("Name"), item("Count"), item("Group"), item("Values")])]),
    ),
    view(
        &["Microsoft.PowerShell.Commands.GroupInfoNoElement"],
        "Microsoft.PowerShell.Commands.GroupInfoNoElement",
        table(&[head(Some("Count"), 5, R), head(None, 25, None)], &[row(&[col("Count"), col("Name")])]),
    ),
    view(
        &["Microsoft.PowerShell.Commands.GroupInfoNoElement"],
        "Microsoft.PowerShell.Commands.GroupInfoNoElement",
        LayoutDef::List(&[list(&[item("Name"), item("Count"), item("Values")])]),
    ),
    view(
        &["Microsoft.PowerShell.Commands.HistoryInfo"],
        "history",
        table(
            &[head(None, 4, R), head(Some("Duration"), 12, R), head(None, 0, None)],
            &[row(&[col("Id"), calc(HISTORY_DURATION), col("CommandLine")])],
        ),
    ),
    view(
        &["Microsoft.PowerShell.Commands.HistoryInfo"],
        "history",
        LayoutDef::Wide(0, &[wide("CommandLine")]),
    ),
    view(
        &["Microsoft.PowerShell.Commands.MatchInfo"],
        "MatchInfo",
        LayoutDef::Custom(&[custom(&[shown(Expr::Script("$_.ToEmphasizedString(((get-location).path))"))])]),
    ),
    view(
        &["Deserialized.Microsoft.PowerShell.Commands.MatchInfo"],
        "MatchInfo",
        LayoutDef::Custom(&[custom(&[shown(Expr::Script("$_.Line"))])]),
    ),
    view(
        &["Deserialized.Microsoft.PowerShell.Commands.TextMeasureInfo"],
        "Microsoft.PowerShell.Commands.TextMeasureInfo",
        table(
            &[
                head(Some("Lines"), 0, None),
                head(Some("Words"), 0, None),
                head(Some("Characters"), 0, None),
                head(Some("Property"), 0, None),
            ],
            &[row(&[col("Lines"), col("Words"), col("Characters"), col("Property")])],
        ),
    ),
    view(
        &["Deserialized.Microsoft.PowerShell.Commands.GenericMeasureInfo"],
        "Microsoft.PowerShell.Commands.GenericMeasureInfo",
        LayoutDef::List(&[list(&[
            item("Count"),
            item("Average"),
            item("Sum"),
            item("Maximum"),
            item("Minimum"),
            item("Property"),
        ])]),
    ),
    view(
        &["Microsoft.PowerShell.Commands.ComputerChangeInfo"],
        "Microsoft.PowerShell.Commands.ComputerChangeInfo",
        table(
            &[head(Some("HasSucceeded"), 12, L), head(Some("ComputerName"), 25, None)],
            &[row(&[col("HasSucceeded"), col("ComputerName")])],
        ),
    ),
    view(
        &["Microsoft.PowerShell.Commands.RenameComputerChangeInfo"],
        "Microsoft.PowerShell.Commands.RenameComputerChangeInfo",
        table(
            &[
                head(Some("HasSucceeded"), 12, L),
                head(Some("OldComputerName"), 25, None),
                head(Some("NewComputerName"), 25, None),
            ],
            &[row(&[col("HasSucceeded"), col("OldComputerName"), col("NewComputerName")])],
        ),
    ),
    view(
        &["Microsoft.PowerShell.Commands.BasicHtmlWebResponseObject"],
        "Microsoft.PowerShell.Commands.BasicHtmlWebResponseObject",
        LayoutDef::List(&[list(&[
            item("StatusCode"),
            item("StatusDescription"),
            named("Content", Expr::Script(BASICHTMLWEBRESPONSEOBJECT_CONTENT)),
            named("RawContent", Expr::Script(BASICHTMLWEBRESPONSEOBJECT_RAWCONTENT)),
            item("Headers"),
            item("Images"),
            item("InputFields"),
            item("Links"),
            item("RawContentLength"),
            item("RelationLink"),
        ])]),
    ),
    view(
        &["Microsoft.PowerShell.Commands.WebResponseObject"],
        "Microsoft.PowerShell.Commands.WebResponseObject",
        LayoutDef::List(&[list(&[
            item("StatusCode"),
            item("StatusDescription"),
            item("Content"),
            named("RawContent", Expr::Script(BASICHTMLWEBRESPONSEOBJECT_RAWCONTENT)),
            item("Headers"),
            item("RawContentLength"),
            item("RelationLink"),
        ])]),
    ),
    view(
        &["Microsoft.PowerShell.MarkdownRender.PSMarkdownOptionInfo"],
        "Microsoft.PowerShell.MarkdownRender.PSMarkdownOptionInfo",
        LayoutDef::List(&[list(&[
            named("Header1", Expr::Script("$_.AsEscapeSequence('Header1')")),
            named("Header2", Expr::Script("$_.AsEscapeSequence('Header2')")),
            named("Header3", Expr::Script("$_.AsEscapeSequence('Header3')")),
            named("Header4", Expr::Script("$_.AsEscapeSequence('Header4')")),
            named("Header5", Expr::Script("$_.AsEscapeSequence('Header5')")),
            named("Header6", Expr::Script("$_.AsEscapeSequence('Header6')")),
            named("Code", Expr::Script("$_.AsEscapeSequence('Code')")),
            named("Link", Expr::Script("$_.AsEscapeSequence('Link')")),
            named("Image", Expr::Script("$_.AsEscapeSequence('Image')")),
            named("EmphasisBold", Expr::Script("$_.AsEscapeSequence('EmphasisBold')")),
            named("EmphasisItalics", Expr::Script("$_.AsEscapeSequence('EmphasisItalics')")),
        ])]),
    ),
    view(
        &["Microsoft.PowerShell.Commands.TestConnectionCommand+TcpPortStatus"],
        "Microsoft.PowerShell.Commands.TestConnectionCommand+TcpPortStatus",
        table(
            &[
                head(Some("Id"), 4, R),
                head(Some("Source"), 16, L),
                head(Some("Address"), 25, L),
                head(Some("Port"), 7, R),
                head(Some("Latency(ms)"), 7, R),
                head(Some("Connected"), 10, L),
                head(Some("Status"), 24, L),
            ],
            &[row(&[
                col("Id"),
                col("Source"),
                col("TargetAddress"),
                col("Port"),
                col("Latency"),
                col("Connected"),
                col("Status"),
            ])],
        ),
    )
    .grouped(group(Expr::Property("Target"), None, &[])),
    view(
        &["Microsoft.PowerShell.Commands.TestConnectionCommand+PingStatus"],
        "Microsoft.PowerShell.Commands.TestConnectionCommand+PingStatus",
        table(
            &[
                head(Some("Ping"), 4, R),
                head(Some("Source"), 16, L),
                head(Some("Address"), 25, L),
                head(Some("Latency(ms)"), 7, R),
                head(Some("BufferSize(B)"), 10, R),
                head(Some("Status"), 16, L),
            ],
            &[row(&[
                col("Ping"),
                col("Source"),
                col("DisplayAddress"),
                calc(TESTCONNECTIONCOMMAND_PINGSTATUS_LATENCY_MS),
                calc(TESTCONNECTIONCOMMAND_PINGSTATUS_BUFFERSIZE_B),
                col("Status"),
            ])],
        ),
    )
    .grouped(group(Expr::Property("Destination"), None, &[])),
    view(
        &["Microsoft.PowerShell.Commands.TestConnectionCommand+PingMtuStatus"],
        "Microsoft.PowerShell.Commands.TestConnectionCommand+PingMtuStatus",
        table(
            &[
                head(Some("Source"), 16, L),
                head(Some("Address"), 25, L),
                head(Some("Latency(ms)"), 7, R),
                head(Some("Status"), 16, L),
                head(Some("MtuSize(B)"), 7, R),
            ],
            &[row(&[
                col("Source"),
                col("DisplayAddress"),
                calc(TESTCONNECTIONCOMMAND_PINGSTATUS_LATENCY_MS),
                col("Status"),
                col("MtuSize"),
            ])],
        ),
    )
    .grouped(group(Expr::Property("Destination"), None, &[])),
    view(
        &["Microsoft.PowerShell.Commands.TestConnectionCommand+TraceStatus"],
        "Microsoft.PowerShell.Commands.TestConnectionCommand+TraceStatus",
        table(
            &[
                head(Some("Hop"), 3, R),
                head(Some("Hostname"), 25, L),
                head(Some("Ping"), 4, R),
                head(Some("Latency(ms)"), 7, R),
                head(Some("Status"), 16, L),
                head(Some("Source"), 12, L),
                head(Some("TargetAddress"), 15, L),
            ],
            &[row(&[
                col("Hop"),
                calc(TESTCONNECTIONCOMMAND_TRACESTATUS_HOSTNAME),
                col("Ping"),
                calc(TESTCONNECTIONCOMMAND_PINGSTATUS_LATENCY_MS),
                col("Status"),
                col("Source"),
                col("TargetAddress"),
            ])],
        ),
    )
    .grouped(group(Expr::Property("Target"), None, &[])),
    view(
        &["Microsoft.PowerShell.Commands.ByteCollection"],
        "Microsoft.PowerShell.Commands.ByteCollection",
        table(
            &[
                head(Some("Offset"), 16, R),
                head(Some("Bytes\n00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F"), 47, L),
                head(Some("Ascii"), 16, L),
            ],
            &[row(&[col("HexOffset"), col("HexBytes"), col("Ascii")])],
        ),
    )
    .grouped(group(Expr::Property("Label"), None, &[])),
];

const HISTORY_DURATION: &str = r#"if ($_.Duration.TotalHours -ge 10) {
    return "{0}:{1:mm}:{1:ss}.{1:fff}" -f [int]$_.Duration.TotalHours, $_.Duration
}
elseif ($_.Duration.TotalHours -ge 1) {
    $formatString = "h\:mm\:ss\.fff"
}
elseif ($_.Duration.TotalMinutes -ge 1) {
    $formatString = "m\:ss\.fff"
}
else {
    $formatString = "s\.fff"
}

$_.Duration.ToString($formatString)"#;

const BASICHTMLWEBRESPONSEOBJECT_CONTENT: &str = r#"$result = $_.Content
$result = $result.Substring(0, [Math]::Min($result.Length, 200) )
if($result.Length -eq 200) { $result += "`u{2026}" }

$result"#;

const BASICHTMLWEBRESPONSEOBJECT_RAWCONTENT: &str = r#"$result = $_.RawContent
$result = $result.Substring(0, [Math]::Min($result.Length, 200) )
if($result.Length -eq 200) { $result += "`u{2026}" }

$result"#;

const TESTCONNECTIONCOMMAND_PINGSTATUS_LATENCY_MS: &str = r#"if ($_.Status -eq 'TimedOut') {
    '*'
}
else {
    $_.Latency
}"#;

const TESTCONNECTIONCOMMAND_PINGSTATUS_BUFFERSIZE_B: &str = r#"if ($_.Status -eq 'TimedOut') {
    '*'
}
else {
    $_.BufferSize
}"#;

const TESTCONNECTIONCOMMAND_TRACESTATUS_HOSTNAME: &str = r#"if ($_.Hostname) {
    $_.HostName
}
else {
    '*'
}"#;
