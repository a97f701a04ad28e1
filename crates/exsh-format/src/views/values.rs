//! Shipped views of plain .NET values.
//!
//! Data as `Get-FormatData` of PowerShell 7.6.9 has it; nothing here decides anything.

use super::{
    ColumnDef, Expr, LayoutDef, ViewDef, calc, col, custom, head, item, list, named, row, shown, table, view,
    wide, wrapped,
};

pub(super) static VIEWS: &[ViewDef] = &[
    view(
        &["System.Reflection.Assembly"],
        "System.Reflection.Assembly",
        table(
            &[head(Some("GAC"), 6, None), head(Some("Version"), 14, None), head(None, 0, None)],
            &[row(&[col("GlobalAssemblyCache"), col("ImageRuntimeVersion"), col("Location")])],
        ),
    ),
    view(
        &["System.Reflection.Assembly"],
        "System.Reflection.Assembly",
        LayoutDef::List(&[list(&[
            item("CodeBase"),
            item("EntryPoint"),
            item("EscapedCodeBase"),
            item("FullName"),
            item("GlobalAssemblyCache"),
            item("HostContext"),
            item("ImageFileMachine"),
            item("ImageRuntimeVersion"),
            item("Location"),
            item("ManifestModule"),
            item("MetadataToken"),
            item("PortableExecutableKind"),
            item("ReflectionOnly"),
        ])]),
    ),
    view(
        &["System.Reflection.AssemblyName"],
        "System.Reflection.AssemblyName",
        table(&[head(None, 14, None), head(None, 0, None)], &[row(&[col("Version"), col("Name")])]),
    ),
    view(
        &["System.Globalization.CultureInfo"],
        "System.Globalization.CultureInfo",
        table(
            &[head(None, 16, None), head(None, 16, None), head(None, 0, None)],
            &[row(&[col("LCID"), col("Name"), col("DisplayName")])],
        ),
    ),
    view(
        &["System.Version"],
        "System.Version",
        table(
            &[head(None, 6, None), head(None, 6, None), head(None, 6, None), head(None, 8, None)],
            &[row(&[col("Major"), col("Minor"), col("Build"), col("Revision")])],
        ),
    ),
    view(
        &["System.Version#IncludeLabel"],
        "System.Version",
        table(
            &[
                head(None, 6, None),
                head(None, 6, None),
                head(None, 6, None),
                head(None, 8, None),
                head(None, 26, None),
                head(None, 27, None),
            ],
            &[row(&[
                col("Major"),
                col("Minor"),
                col("Build"),
                col("Revision"),
                col("PSSemVerPreReleaseLabel"),
                col("PSSemVerBuildLabel"),
            ])],
        ),
    ),
    view(
        &["System.Management.Automation.SemanticVersion"],
        "System.Management.Automation.SemanticVersion",
        table(
            &[
                head(None, 6, None),
                head(None, 6, None),
                head(None, 6, None),
                head(None, 15, None),
                head(None, 11, None),
            ],
            &[row(&[col("Major"), col("Minor"), col("Patch"), col("PreReleaseLabel"), col("BuildLabel")])],
        ),
    ),
    view(
        &["System.Collections.DictionaryEntry"],
        "Dictionary",
        table(&[head(None, 30, None), head(None, 0, None)], &[row(&[col("Name"), col("Value")])]),
    ),
    view(
        &["System.Collections.DictionaryEntry"],
        "System.Collections.DictionaryEntry",
        LayoutDef::List(&[list(&[item("Name"), item("Value")])]),
    ),
    view(
        &["System.TimeSpan"],
        "System.TimeSpan",
        LayoutDef::List(&[list(&[
            item("Days"),
            item("Hours"),
            item("Minutes"),
            item("Seconds"),
            item("Milliseconds"),
            item("Ticks"),
            item("TotalDays"),
            item("TotalHours"),
            item("TotalMinutes"),
            item("TotalSeconds"),
            item("TotalMilliseconds"),
        ])]),
    ),
    view(
        &["System.TimeSpan"],
        "System.TimeSpan",
        table(&[], &[row(&[col("Days"), col("Hours"), col("Minutes"), col("Seconds"), col("Milliseconds")])]),
    ),
    view(&["System.TimeSpan"], "System.TimeSpan", LayoutDef::Wide(0, &[wide("TotalMilliseconds")])),
    view(
        &["System.DateTime"],
        "DateTime",
        LayoutDef::Custom(&[custom(&[shown(Expr::Property("DateTime"))])]),
    ),
    view(
        &["System.Guid"],
        "System.Guid",
        table(
            &[head(Some("Guid"), 0, None)],
            &[row(&[ColumnDef { what: Expr::This, align: None, format: None }])],
        ),
    ),
    view(
        &["System.Net.NetworkCredential"],
        "System.Net.NetworkCredential",
        table(
            &[head(Some("UserName"), 50, None), head(Some("Domain"), 50, None)],
            &[row(&[col("UserName"), col("Domain")])],
        ),
    ),
    view(
        &["System.Management.Automation.PSMethod"],
        "System.Management.Automation.PSMethod",
        table(
            &[head(Some("OverloadDefinitions"), 0, None)],
            &[wrapped(&[calc("$_.OverloadDefinitions | Out-String")])],
        ),
    ),
    view(
        &["System.Threading.Tasks.Task"],
        "System.Threading.Tasks.Task",
        table(
            &[head(Some("Id"), 0, None), head(Some("IsCompleted"), 0, None), head(Some("Status"), 0, None)],
            &[row(&[col("Id"), col("IsCompleted"), col("Status")])],
        ),
    ),
    view(
        &["System.Threading.Tasks.Task"],
        "System.Threading.Tasks.Task",
        LayoutDef::List(&[list(&[
            item("AsyncState"),
            item("AsyncWaitHandle"),
            item("CompletedSynchronously"),
            item("CreationOptions"),
            item("Exception"),
            item("Id"),
            item("IsCanceled"),
            item("IsCompleted"),
            item("IsCompletedSuccessfully"),
            item("IsFaulted"),
            named("Result", Expr::Script(TASK_RESULT)),
            item("Status"),
        ])]),
    ),
    view(
        &["System.RuntimeType"],
        "System.RuntimeType",
        table(
            &[
                head(Some("IsPublic"), 8, None),
                head(Some("IsSerial"), 8, None),
                head(None, 40, None),
                head(None, 0, None),
            ],
            &[row(&[col("IsPublic"), col("IsSerializable"), col("Name"), col("BaseType")])],
        ),
    ),
];

const TASK_RESULT: &str = r#"if ($_.IsCompleted) {
    $_.Result
}"#;
