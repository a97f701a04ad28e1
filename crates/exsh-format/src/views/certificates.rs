//! Shipped views of certificates and signatures.
//!
//! Data as `Get-FormatData` of PowerShell 7.6.9 has it; nothing here decides anything.

use super::{
    CustomItem, Expr, LayoutDef, ViewDef, WideEntry, calc, col, group, head, item, list, list_of, named, row,
    shown, table, view, wide,
};

pub(super) static VIEWS: &[ViewDef] = &[
    view(
        &["System.Security.Cryptography.X509Certificates.X509Certificate2"],
        "ThumbprintTable",
        table(
            &[head(None, 41, None), head(None, 20, None), head(Some("EnhancedKeyUsageList"), 0, None)],
            &[row(&[col("Thumbprint"), col("Subject"), calc("$_.EnhancedKeyUsageList.FriendlyName")])],
        ),
    )
    .grouped(group(Expr::Property("PSParentPath"), None, &[])),
    view(
        &[
            "Microsoft.PowerShell.Commands.X509StoreLocation",
            "System.Security.Cryptography.X509Certificates.X509Certificate2",
            "System.Security.Cryptography.X509Certificates.X509Store",
        ],
        "ThumbprintList",
        LayoutDef::List(&[
            list(&[
                named("Subject", Expr::Script("$_.SubjectName.Name")),
                named("Issuer", Expr::Script("$_.IssuerName.Name")),
                item("Thumbprint"),
                item("FriendlyName"),
                item("NotBefore"),
                item("NotAfter"),
                item("Extensions"),
            ]),
            list_of(
                &["Microsoft.PowerShell.Commands.X509StoreLocation"],
                &[item("Location"), item("StoreNames")],
            ),
            list_of(&["System.Security.Cryptography.X509Certificates.X509Store"], &[item("Name")]),
        ]),
    ),
    view(
        &[
            "Microsoft.PowerShell.Commands.X509StoreLocation",
            "System.Security.Cryptography.X509Certificates.X509Certificate2",
            "System.Security.Cryptography.X509Certificates.X509Store",
        ],
        "ThumbprintWide",
        LayoutDef::Wide(0, &[wide("Thumbprint")]),
    )
    .grouped(group(Expr::Property("PSParentPath"), None, &[])),
    view(
        &[
            "Microsoft.PowerShell.Commands.X509StoreLocation",
            "System.Security.Cryptography.X509Certificates.X509Certificate2",
            "System.Security.Cryptography.X509Certificates.X509Store",
        ],
        "PathOnly",
        LayoutDef::List(&[
            list(&[item("PSPath")]),
            list_of(&["Microsoft.PowerShell.Commands.X509StoreLocation"], &[item("PSPath")]),
            list_of(&["System.Security.Cryptography.X509Certificates.X509Store"], &[item("PSPath")]),
        ]),
    ),
    view(
        &["System.Management.Automation.Signature"],
        "PSThumbprintTable",
        table(
            &[
                head(Some("SignerCertificate"), 41, None),
                head(None, 0, None),
                head(None, 0, None),
                head(Some("Path"), 0, None),
            ],
            &[row(&[
                calc("$_.SignerCertificate.Thumbprint"),
                col("Status"),
                col("StatusMessage"),
                calc("split-path $_.Path -leaf"),
            ])],
        ),
    )
    .grouped(group(
        Expr::Script("split-path $_.Path"),
        None,
        &[CustomItem::Text("    Directory: "), shown(Expr::Script("split-path $_.Path"))],
    )),
    view(
        &["System.Management.Automation.Signature"],
        "PSThumbprintWide",
        LayoutDef::Wide(
            0,
            &[WideEntry {
                types: &[],
                what: Expr::Script(r#""$(split-path $_.Path -leaf): $($_.Status)""#),
                format: None,
            }],
        ),
    )
    .grouped(group(
        Expr::Script("split-path $_.Path"),
        None,
        &[CustomItem::Text("    Directory: "), shown(Expr::Script("split-path $_.Path"))],
    )),
    view(
        &["System.Security.Cryptography.X509Certificates.X509CertificateEx"],
        "System.Security.Cryptography.X509Certificates.X509CertificateEx",
        table(&[head(None, 41, None), head(None, 0, None)], &[row(&[col("Thumbprint"), col("Subject")])]),
    )
    .grouped(group(Expr::Property("PSParentPath"), None, &[])),
];
