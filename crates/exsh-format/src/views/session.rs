//! Shipped views of the session: variables, jobs, traces, records.
//!
//! Data as `Get-FormatData` of PowerShell 7.6.9 has it; nothing here decides anything.

use super::{
    Expr, L, LayoutDef, R, ViewDef, calc, col, custom, head, item, list, list_of, row, shown, table, view,
};

pub(super) static VIEWS: &[ViewDef] = &[
    view(
        &["System.Management.Automation.PSVariable"],
        "Variable",
        table(&[head(None, 30, None), head(None, 0, None)], &[row(&[col("Name"), col("Value")])]),
    ),
    view(
        &["System.Management.Automation.Runspaces.TypeData"],
        "TypeData",
        table(
            &[head(Some("TypeName"), 0, None), head(Some("Members"), 0, None)],
            &[row(&[col("TypeName"), col("Members")])],
        ),
    ),
    view(
        &["System.Management.Automation.ShellVariable"],
        "ShellVariable",
        LayoutDef::List(&[list(&[item("Name"), item("Value")])]),
    ),
    view(
        &["System.Management.Automation.WarningRecord"],
        "WarningRecord",
        LayoutDef::Custom(&[custom(&[shown(Expr::Property("Message"))])]),
    )
    .aside(),
    view(
        &["Deserialized.System.Management.Automation.WarningRecord"],
        "DeserializedWarningRecord",
        LayoutDef::Custom(&[custom(&[shown(Expr::Property("InformationalRecord_Message"))])]),
    )
    .aside(),
    view(
        &["System.Management.Automation.InformationRecord"],
        "InformationRecord",
        LayoutDef::Custom(&[custom(&[shown(Expr::Script("$_.ToString()"))])]),
    )
    .aside(),
    view(
        &["System.Management.Automation.Runspaces.Runspace"],
        "Runspace",
        table(
            &[
                head(Some("Id"), 3, R),
                head(Some("Name"), 15, L),
                head(Some("ComputerName"), 15, L),
                head(Some("Type"), 13, L),
                head(Some("State"), 13, L),
                head(Some("Availability"), 15, L),
            ],
            &[row(&[
                col("Id"),
                col("Name"),
                calc(RUNSPACE_COMPUTERNAME),
                calc(RUNSPACE_TYPE),
                calc("$_.RunspaceStateInfo.State"),
                calc(RUNSPACE_AVAILABILITY),
            ])],
        ),
    ),
    view(
        &["System.Management.Automation.Runspaces.PSSession"],
        "PSSession",
        table(
            &[
                head(Some("Id"), 3, R),
                head(Some("Name"), 15, L),
                head(Some("Transport"), 9, L),
                head(Some("ComputerName"), 15, L),
                head(Some("ComputerType"), 15, L),
                head(Some("State"), 13, L),
                head(Some("ConfigurationName"), 20, L),
                head(Some("Availability"), 13, R),
            ],
            &[row(&[
                col("Id"),
                col("Name"),
                col("Transport"),
                col("ComputerName"),
                col("ComputerType"),
                col("State"),
                col("ConfigurationName"),
                col("Availability"),
            ])],
        ),
    ),
    view(
        &["System.Management.Automation.Job"],
        "Job",
        table(
            &[
                head(Some("Id"), 6, L),
                head(Some("Name"), 15, L),
                head(Some("PSJobTypeName"), 15, L),
                head(Some("State"), 13, L),
                head(Some("HasMoreData"), 15, L),
                head(Some("Location"), 20, L),
                head(Some("Command"), 25, L),
            ],
            &[row(&[
                col("Id"),
                col("Name"),
                col("PSJobTypeName"),
                col("State"),
                col("HasMoreData"),
                col("Location"),
                col("Command"),
            ])],
        ),
    ),
    view(
        &["System.Management.Automation.CallStackFrame"],
        "CallStackFrame",
        table(
            &[
                head(Some("Command"), 0, None),
                head(Some("Arguments"), 0, None),
                head(Some("Location"), 0, None),
            ],
            &[row(&[col("Command"), col("Arguments"), col("Location")])],
        ),
    ),
    view(
        &[
            "System.Management.Automation.CommandBreakpoint",
            "System.Management.Automation.LineBreakpoint",
            "System.Management.Automation.VariableBreakpoint",
        ],
        "Breakpoint",
        table(
            &[
                head(Some("ID"), 4, R),
                head(Some("Script"), 0, None),
                head(Some("Line"), 4, R),
                head(Some("Command"), 0, None),
                head(Some("Variable"), 0, None),
                head(Some("Action"), 0, None),
            ],
            &[row(&[
                col("ID"),
                calc("if ($_.Script) { [System.IO.Path]::GetFileName($_.Script) }"),
                col("Line"),
                col("Command"),
                col("Variable"),
                col("Action"),
            ])],
        ),
    ),
    view(
        &[
            "System.Management.Automation.CommandBreakpoint",
            "System.Management.Automation.LineBreakpoint",
            "System.Management.Automation.VariableBreakpoint",
        ],
        "Breakpoint",
        LayoutDef::List(&[
            list(&[item("ID"), item("Script"), item("Enabled"), item("HitCount"), item("Action")]),
            list_of(
                &["System.Management.Automation.LineBreakpoint"],
                &[
                    item("ID"),
                    item("Script"),
                    item("Line"),
                    item("Column"),
                    item("Enabled"),
                    item("HitCount"),
                    item("Action"),
                ],
            ),
            list_of(
                &["System.Management.Automation.VariableBreakpoint"],
                &[
                    item("ID"),
                    item("Variable"),
                    item("AccessMode"),
                    item("Enabled"),
                    item("HitCount"),
                    item("Action"),
                ],
            ),
            list_of(
                &["System.Management.Automation.CommandBreakpoint"],
                &[item("ID"), item("Command"), item("Enabled"), item("HitCount"), item("Action")],
            ),
        ]),
    ),
    view(
        &["System.Management.Automation.PSTraceSource"],
        "System.Management.Automation.PSTraceSource",
        table(
            &[head(None, 8, None), head(None, 20, None), head(None, 20, None), head(None, 0, None)],
            &[row(&[col("Options"), col("Name"), col("Listeners"), col("Description")])],
        ),
    ),
    view(
        &["System.Management.Automation.PSTraceSource"],
        "System.Management.Automation.PSTraceSource",
        LayoutDef::List(&[list(&[
            item("Name"),
            item("Description"),
            item("Options"),
            item("Listeners"),
            item("Attributes"),
            item("Switch"),
        ])]),
    ),
];

const RUNSPACE_COMPUTERNAME: &str = r#"if ($null -ne $_.ConnectionInfo)
{
  $_.ConnectionInfo.ComputerName
}
else
{
  "localhost"
}"#;

const RUNSPACE_TYPE: &str = r#"if ($null -ne $_.ConnectionInfo)
{
  "Remote"
}
else
{
  "Local"
}"#;

const RUNSPACE_AVAILABILITY: &str = r#"if (($null -ne $_.Debugger) -and ($_.Debugger.InBreakpoint))
{
    "InBreakpoint"
}
else
{
    $_.RunspaceAvailability
}"#;
