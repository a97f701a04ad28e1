//! Shipped views of files, folders and drives.
//!
//! Data as `Get-FormatData` of PowerShell 7.6.9 has it; nothing here decides anything.

use super::{
    CustomItem, Expr, L, LayoutDef, R, ViewDef, WideEntry, calc, col, group, head, item, list, list_of,
    named, row, shown, table, view, wide, wrapped,
};

pub(super) static VIEWS: &[ViewDef] = &[
    view(
        &["System.Diagnostics.FileVersionInfo"],
        "System.Diagnostics.FileVersionInfo",
        table(
            &[head(None, 16, None), head(None, 16, None), head(None, 0, None)],
            &[row(&[col("ProductVersion"), col("FileVersion"), col("FileName")])],
        ),
    ),
    view(
        &["System.Diagnostics.FileVersionInfo"],
        "System.Diagnostics.FileVersionInfo",
        LayoutDef::List(&[list(&[
            item("OriginalFileName"),
            item("FileDescription"),
            item("ProductName"),
            item("Comments"),
            item("CompanyName"),
            item("FileName"),
            item("FileVersion"),
            item("ProductVersion"),
            item("IsDebug"),
            item("IsPatched"),
            item("IsPreRelease"),
            item("IsPrivateBuild"),
            item("IsSpecialBuild"),
            item("Language"),
            item("LegalCopyright"),
            item("LegalTrademarks"),
            item("PrivateBuild"),
            item("SpecialBuild"),
            item("FileVersionRaw"),
            item("ProductVersionRaw"),
        ])]),
    ),
    view(
        &["System.IO.DirectoryInfo", "System.IO.FileInfo"],
        "childrenWithUnixStat",
        table(
            &[
                head(Some("UnixMode"), 10, L),
                head(Some("User"), 10, R),
                head(Some("Group"), 10, L),
                head(Some("LastWriteTime"), 16, R),
                head(Some("Size"), 12, R),
                head(Some("Name"), 0, L),
            ],
            &[wrapped(&[
                col("UnixMode"),
                col("User"),
                col("Group"),
                calc("'{0:d} {0:HH}:{0:mm}' -f $_.LastWriteTime"),
                col("Size"),
                col("NameString"),
            ])],
        ),
    )
    .grouped(group(
        Expr::Property("PSParentPath"),
        None,
        &[CustomItem::Text("    Directory: "), shown(Expr::Script(FOLDER))],
    )),
    view(
        &["System.IO.DirectoryInfo", "System.IO.FileInfo"],
        "children",
        table(
            &[
                head(Some("Mode"), 7, L),
                head(Some("LastWriteTime"), 26, R),
                head(Some("Length"), 14, R),
                head(Some("Name"), 0, L),
            ],
            &[wrapped(&[
                col("ModeWithoutHardLink"),
                col("LastWriteTimeString"),
                col("LengthString"),
                col("NameString"),
            ])],
        ),
    )
    .grouped(group(
        Expr::Property("PSParentPath"),
        None,
        &[CustomItem::Text("    Directory: "), shown(Expr::Script(FOLDER))],
    )),
    view(
        &["System.IO.DirectoryInfo", "System.IO.FileInfo"],
        "childrenWithHardlink",
        table(
            &[
                head(Some("Mode"), 7, L),
                head(Some("LastWriteTime"), 26, R),
                head(Some("Length"), 14, R),
                head(Some("Name"), 0, L),
            ],
            &[wrapped(&[col("Mode"), col("LastWriteTimeString"), col("LengthString"), col("NameString")])],
        ),
    )
    .grouped(group(
        Expr::Property("PSParentPath"),
        None,
        &[CustomItem::Text("    Directory: "), shown(Expr::Script(FOLDER))],
    )),
    view(
        &["System.IO.DirectoryInfo", "System.IO.FileInfo"],
        "children",
        LayoutDef::List(&[
            list(&[
                item("Name"),
                item("CreationTime"),
                item("LastWriteTime"),
                item("LastAccessTime"),
                item("Mode"),
                item("LinkType"),
                item("Target"),
            ]),
            list_of(
                &["System.IO.FileInfo"],
                &[
                    item("Name"),
                    named("Length", Expr::Property("LengthString")),
                    item("CreationTime"),
                    item("LastWriteTime"),
                    item("LastAccessTime"),
                    item("Mode"),
                    item("LinkType"),
                    item("Target"),
                    item("VersionInfo"),
                ],
            ),
        ]),
    )
    .grouped(group(
        Expr::Property("PSParentPath"),
        None,
        &[CustomItem::Text("    Directory: "), shown(Expr::Script(FOLDER))],
    )),
    view(
        &["System.IO.DirectoryInfo", "System.IO.FileInfo"],
        "children",
        LayoutDef::Wide(
            0,
            &[
                wide("Name"),
                WideEntry { types: &["System.IO.DirectoryInfo"], what: Expr::Property("Name"), format: None },
            ],
        ),
    )
    .grouped(group(
        Expr::Property("PSParentPath"),
        None,
        &[CustomItem::Text("    Directory: "), shown(Expr::Script(FOLDER))],
    )),
    view(
        &["Microsoft.PowerShell.Commands.AlternateStreamData"],
        "FileSystemStream",
        table(&[head(None, 20, L), head(None, 10, R)], &[row(&[col("Stream"), col("Length")])]),
    )
    .grouped(group(Expr::Property("Filename"), None, &[])),
    view(
        &["System.Management.Automation.PathInfo"],
        "PathInfo",
        table(&[head(None, 0, None)], &[row(&[col("Path")])]),
    ),
    view(
        &[
            "Microsoft.PowerShell.Commands.ActiveDirectoryProvider+ADPSDriveInfo",
            "System.Management.Automation.PSDriveInfo",
        ],
        "drive",
        table(
            &[
                head(None, 10, None),
                head(Some("Used (GB)"), 13, None),
                head(Some("Free (GB)"), 13, None),
                head(Some("Provider"), 13, None),
                head(Some("Root"), 35, None),
                head(None, 0, None),
            ],
            &[row(&[
                col("Name"),
                calc(r#"if($_.Used -or $_.Free) { "{0:###0.00}" -f ($_.Used / 1GB) }"#).right(),
                calc(r#"if($_.Used -or $_.Free) { "{0:###0.00}" -f ($_.Free / 1GB) }"#).right(),
                calc("$_.Provider.Name"),
                calc(DRIVE_ROOT),
                col("CurrentLocation").right(),
            ])],
        ),
    ),
    view(
        &["System.Management.Automation.ProviderInfo"],
        "provider",
        table(
            &[head(None, 20, None), head(None, 0, None), head(None, 0, None)],
            &[row(&[col("Name"), col("Capabilities"), col("Drives")])],
        ),
    ),
    view(
        &["System.Management.Automation.ProviderInfo"],
        "provider",
        LayoutDef::List(&[list(&[
            item("Name"),
            item("Drives"),
            item("Path"),
            item("Home"),
            item("Description"),
            item("Capabilities"),
            item("ImplementingType"),
        ])]),
    ),
    view(
        &["System.Management.Automation.PSDriveInfo"],
        "System.Management.Automation.PSDriveInfo",
        LayoutDef::List(&[list(&[
            item("Name"),
            item("Description"),
            item("Provider"),
            item("Root"),
            item("CurrentLocation"),
        ])]),
    ),
    view(
        &["Microsoft.PowerShell.Commands.FileHashInfo"],
        "Microsoft.PowerShell.Commands.FileHashInfo",
        table(
            &[head(None, 15, L), head(None, 70, L), head(None, 0, None)],
            &[row(&[col("Algorithm"), col("Hash"), col("Path")])],
        ),
    ),
];

const FOLDER: &str = r#"$_.PSParentPath.Replace("Microsoft.PowerShell.Core\FileSystem::", "")"#;

const DRIVE_ROOT: &str = r#"if($null -ne $_.DisplayRoot) { $_.DisplayRoot } else { $_.Root }"#;
