//! Shipped views of processes and services.
//!
//! Data as `Get-FormatData` of PowerShell 7.6.9 has it; nothing here decides anything.

use super::{Expr, LayoutDef, R, ViewDef, calc, col, group, head, item, list, row, table, view, wide};

pub(super) static VIEWS: &[ViewDef] = &[
    view(
        &["System.Diagnostics.ProcessModule"],
        "ProcessModule",
        table(
            &[head(Some("Size(K)"), 10, R), head(None, 50, None), head(None, 0, None)],
            &[row(&[calc("$_.Size"), col("ModuleName"), col("FileName")])],
        ),
    ),
    view(
        &["System.Diagnostics.Process"],
        "process",
        table(
            &[
                head(Some("NPM(K)"), 7, R),
                head(Some("PM(M)"), 8, R),
                head(Some("WS(M)"), 10, R),
                head(Some("CPU(s)"), 10, R),
                head(None, 7, R),
                head(None, 3, R),
                head(None, 0, None),
            ],
            &[row(&[
                calc("[long]($_.NPM / 1024)"),
                calc(r#""{0:N2}" -f [float]($_.PM / 1MB)"#),
                calc(r#""{0:N2}" -f [float]($_.WS / 1MB)"#),
                calc(r#""{0:N2}" -f [float]($_.CPU)"#),
                col("Id"),
                col("SI"),
                col("ProcessName"),
            ])],
        ),
    ),
    view(
        &["System.Diagnostics.Process"],
        "Priority",
        table(
            &[head(None, 20, None), head(None, 10, R), head(None, 12, R)],
            &[row(&[col("ProcessName"), col("Id"), col("WorkingSet64")])],
        ),
    )
    .grouped(group(Expr::Property("PriorityClass"), Some("PriorityClass"), &[])),
    view(
        &["System.Diagnostics.Process"],
        "StartTime",
        table(
            &[head(None, 20, None), head(None, 10, R), head(None, 12, R)],
            &[row(&[col("ProcessName"), col("Id"), col("WorkingSet64")])],
        ),
    )
    .grouped(group(
        Expr::Script("$_.StartTime.ToShortDateString()"),
        Some("StartTime.ToShortDateString()"),
        &[],
    )),
    view(&["System.Diagnostics.Process"], "process", LayoutDef::Wide(0, &[wide("ProcessName")])),
    view(
        &["System.Diagnostics.Process#IncludeUserName"],
        "ProcessWithUserName",
        table(
            &[
                head(Some("WS(M)"), 10, R),
                head(Some("CPU(s)"), 8, R),
                head(None, 7, R),
                head(None, 30, None),
                head(None, 0, None),
            ],
            &[row(&[
                calc(r#""{0:N2}" -f [float]($_.WS / 1MB)"#),
                calc(r#""{0:N2}" -f [float]($_.CPU)"#),
                col("Id"),
                col("UserName"),
                col("ProcessName"),
            ])],
        ),
    ),
    view(
        &["System.ServiceProcess.ServiceController"],
        "service",
        table(
            &[head(None, 8, None), head(None, 18, None), head(None, 38, None)],
            &[row(&[col("Status"), col("Name"), col("DisplayName")])],
        ),
    ),
    view(
        &["System.ServiceProcess.ServiceController"],
        "System.ServiceProcess.ServiceController",
        LayoutDef::List(&[list(&[
            item("Name"),
            item("DisplayName"),
            item("Status"),
            item("DependentServices"),
            item("ServicesDependedOn"),
            item("CanPauseAndContinue"),
            item("CanShutdown"),
            item("CanStop"),
            item("ServiceType"),
        ])]),
    ),
];
