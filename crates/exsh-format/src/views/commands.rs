//! Shipped views of commands, modules and script blocks.
//!
//! Data as `Get-FormatData` of PowerShell 7.6.9 has it; nothing here decides anything.

use super::{
    CustomItem, CustomValue, Expr, L, LayoutDef, R, ViewDef, calc, col, custom, group, head, item, list,
    named, row, shown, table, view, wide,
};

pub(super) static VIEWS: &[ViewDef] = &[
    view(
        &["System.Management.Automation.CommandInfo"],
        "CommandInfo",
        table(&[head(None, 15, None), head(None, 0, None)], &[row(&[col("CommandType"), col("Name")])]),
    ),
    view(
        &[
            "System.Management.Automation.AliasInfo",
            "System.Management.Automation.ApplicationInfo",
            "System.Management.Automation.CmdletInfo",
            "System.Management.Automation.ExternalScriptInfo",
            "System.Management.Automation.FilterInfo",
            "System.Management.Automation.FunctionInfo",
            "System.Management.Automation.ScriptInfo",
        ],
        "CommandInfo",
        table(
            &[
                head(Some("CommandType"), 15, None),
                head(Some("Name"), 50, None),
                head(Some("Version"), 10, None),
                head(Some("Source"), 0, None),
            ],
            &[row(&[col("CommandType"), calc(COMMANDINFO_NAME), col("Version"), col("Source")])],
        ),
    ),
    view(
        &["System.Management.Automation.ApplicationInfo"],
        "ApplicationInfo",
        table(
            &[head(None, 15, None), head(None, 0, None), head(None, 0, None)],
            &[row(&[col("CommandType"), col("Name"), col("Path")])],
        ),
    ),
    view(
        &["System.Management.Automation.ApplicationInfo"],
        "System.Management.Automation.ApplicationInfo",
        LayoutDef::List(&[list(&[
            item("Name"),
            item("CommandType"),
            item("Definition"),
            item("Extension"),
            item("Path"),
            item("FileVersionInfo"),
        ])]),
    ),
    view(
        &["System.Management.Automation.ScriptInfo"],
        "ScriptInfo",
        table(
            &[head(None, 15, None), head(None, 0, None), head(None, 0, None)],
            &[row(&[col("CommandType"), col("Name"), col("Definition")])],
        ),
    ),
    view(
        &["System.Management.Automation.ScriptInfo"],
        "System.Management.Automation.ScriptInfo",
        LayoutDef::List(&[list(&[item("Name"), item("CommandType"), item("Definition"), item("Path")])]),
    ),
    view(
        &["System.Management.Automation.ExternalScriptInfo"],
        "ExternalScriptInfo",
        table(
            &[head(None, 15, None), head(None, 0, None), head(None, 0, None)],
            &[row(&[col("CommandType"), col("Name"), col("Path")])],
        ),
    ),
    view(
        &["System.Management.Automation.FunctionInfo"],
        "FunctionInfo",
        table(
            &[head(None, 15, None), head(None, 0, None), head(None, 0, None)],
            &[row(&[col("CommandType"), col("Name"), col("Function")])],
        ),
    ),
    view(
        &["System.Management.Automation.FilterInfo"],
        "FilterInfo",
        table(
            &[head(None, 15, None), head(None, 0, None), head(None, 0, None)],
            &[row(&[col("CommandType"), col("Name"), col("Filter")])],
        ),
    ),
    view(
        &["System.Management.Automation.AliasInfo"],
        "AliasInfo",
        table(
            &[head(None, 15, None), head(None, 0, None)],
            &[row(&[col("CommandType"), col("DisplayName")])],
        ),
    ),
    view(
        &["System.Management.Automation.AliasInfo"],
        "System.Management.Automation.AliasInfo",
        LayoutDef::List(&[list(&[
            item("DisplayName"),
            item("CommandType"),
            item("Definition"),
            item("ReferencedCommand"),
            item("ResolvedCommand"),
        ])]),
    ),
    view(
        &["Microsoft.PowerShell.Commands.ListCommand+MemberInfo"],
        "memberinfo",
        table(
            &[head(Some("Class"), 11, None), head(None, 25, None), head(None, 0, None)],
            &[row(&[col("MemberClass"), col("Name"), col("MemberData")])],
        ),
    ),
    view(
        &["Microsoft.PowerShell.Commands.ListCommand+MemberInfo"],
        "Microsoft.PowerShell.Commands.ListCommand+MemberInfo",
        LayoutDef::List(&[list(&[item("Name"), item("MemberClass"), item("MemberData")])]),
    ),
    view(
        &["System.Management.Automation.CmdletInfo"],
        "System.Management.Automation.CmdletInfo",
        LayoutDef::List(&[list(&[
            item("Name"),
            item("CommandType"),
            item("Definition"),
            item("Path"),
            item("DLL"),
            item("HelpFile"),
            item("ParameterSets"),
            item("ImplementingType"),
            item("Verb"),
            item("Noun"),
        ])]),
    ),
    view(
        &["System.Management.Automation.FilterInfo", "System.Management.Automation.FunctionInfo"],
        "System.Management.Automation.CommandInfo",
        LayoutDef::List(&[list(&[item("Name"), item("CommandType"), item("Definition")])]),
    ),
    view(
        &["System.Management.Automation.ScriptBlock"],
        "ScriptBlock",
        LayoutDef::Custom(&[custom(&[shown(Expr::This)])]),
    )
    .aside(),
    view(
        &["System.Management.Automation.CommandParameterSetInfo"],
        "CommandParameterSetInfo",
        LayoutDef::Custom(&[custom(&[
            CustomItem::Text("Parameter Set Name: "),
            shown(Expr::Property("Name")),
            CustomItem::NewLine(1),
            CustomItem::Text("Is default parameter set: "),
            shown(Expr::Property("IsDefault")),
            CustomItem::NewLine(1),
            CustomItem::Value(CustomValue {
                what: Expr::Property("Parameters"),
                format: None,
                enumerate: true,
                control: &[custom(&[
                    CustomItem::NewLine(1),
                    CustomItem::Frame {
                        left: 2,
                        right: 0,
                        first: 0,
                        items: &[
                            CustomItem::Text("Parameter Name: "),
                            shown(Expr::Property("Name")),
                            CustomItem::NewLine(1),
                            CustomItem::Frame {
                                left: 2,
                                right: 0,
                                first: 0,
                                items: &[
                                    CustomItem::Text("ParameterType = "),
                                    shown(Expr::Property("ParameterType")),
                                    CustomItem::NewLine(1),
                                    CustomItem::Text("Position = "),
                                    shown(Expr::Property("Position")),
                                    CustomItem::NewLine(1),
                                    CustomItem::Text("IsMandatory = "),
                                    shown(Expr::Property("IsMandatory")),
                                    CustomItem::NewLine(1),
                                    CustomItem::Text("IsDynamic = "),
                                    shown(Expr::Property("IsDynamic")),
                                    CustomItem::NewLine(1),
                                    CustomItem::Text("HelpMessage = "),
                                    shown(Expr::Property("HelpMessage")),
                                    CustomItem::NewLine(1),
                                    CustomItem::Text("ValueFromPipeline = "),
                                    shown(Expr::Property("ValueFromPipeline")),
                                    CustomItem::NewLine(1),
                                    CustomItem::Text("ValueFromPipelineByPropertyName = "),
                                    shown(Expr::Property("ValueFromPipelineByPropertyName")),
                                    CustomItem::NewLine(1),
                                    CustomItem::Text("ValueFromRemainingArguments = "),
                                    shown(Expr::Property("ValueFromRemainingArguments")),
                                    CustomItem::NewLine(1),
                                    CustomItem::Text("Aliases = "),
                                    shown(Expr::Property("Aliases")),
                                    CustomItem::NewLine(1),
                                    CustomItem::Text("Attributes ="),
                                    CustomItem::NewLine(1),
                                    CustomItem::Value(CustomValue {
                                        what: Expr::Property("Attributes"),
                                        format: None,
                                        enumerate: true,
                                        control: &[custom(&[CustomItem::Frame {
                                            left: 2,
                                            right: 0,
                                            first: 0,
                                            items: &[CustomItem::NewLine(1)],
                                        }])],
                                        condition: None,
                                    }),
                                ],
                            },
                        ],
                    },
                ])],
                condition: None,
            }),
            CustomItem::NewLine(1),
        ])]),
    ),
    view(
        &["ModuleInfoGrouping"],
        "Module",
        table(
            &[
                head(None, 10, L),
                head(None, 10, L),
                head(Some("PreRelease"), 10, L),
                head(None, 35, L),
                head(Some("PSEdition"), 9, L),
                head(Some("ExportedCommands"), 0, L),
            ],
            &[row(&[
                col("ModuleType"),
                col("Version"),
                calc(MODULE_PRERELEASE),
                col("Name"),
                calc(MODULE_PSEDITION),
                calc("$_.ExportedCommands.Keys"),
            ])],
        ),
    )
    .grouped(group(
        Expr::Script(SHELF),
        None,
        &[CustomItem::Text("    Directory: "), shown(Expr::Script(SHELF))],
    )),
    view(
        &["System.Management.Automation.PSModuleInfo"],
        "Module",
        table(
            &[
                head(None, 10, L),
                head(None, 10, L),
                head(Some("PreRelease"), 10, L),
                head(None, 35, L),
                head(Some("ExportedCommands"), 0, L),
            ],
            &[row(&[
                col("ModuleType"),
                col("Version"),
                calc(MODULE_PRERELEASE),
                col("Name"),
                calc("$_.ExportedCommands.Keys"),
            ])],
        ),
    ),
    view(&["System.Management.Automation.PSModuleInfo"], "Module", LayoutDef::Wide(0, &[wide("Name")])),
    view(
        &["System.Management.Automation.PSModuleInfo"],
        "Module",
        LayoutDef::List(&[list(&[
            item("Name"),
            item("Path"),
            item("Description"),
            item("ModuleType"),
            item("Version"),
            named("PreRelease", Expr::Script(MODULE_PRERELEASE)),
            item("NestedModules"),
            named("ExportedFunctions", Expr::Script("$_.ExportedFunctions.Keys")),
            named("ExportedCmdlets", Expr::Script("$_.ExportedCmdlets.Keys")),
            named("ExportedVariables", Expr::Script("$_.ExportedVariables.Keys")),
            named("ExportedAliases", Expr::Script("$_.ExportedAliases.Keys")),
        ])]),
    ),
    view(
        &["System.Management.Automation.ExperimentalFeature"],
        "ExperimentalFeature",
        table(
            &[head(None, 35, L), head(None, 7, R), head(None, 35, L), head(None, 0, L)],
            &[row(&[col("Name"), col("Enabled"), col("Source"), col("Description")])],
        ),
    ),
    view(
        &["System.Management.Automation.ExperimentalFeature"],
        "ExperimentalFeature",
        LayoutDef::List(&[list(&[item("Name"), item("Enabled"), item("Source"), item("Description")])]),
    ),
];

const COMMANDINFO_NAME: &str = r#"if ($_.CommandType -eq "Alias")
{
  $_.DisplayName
}
else
{
  $_.Name
}"#;

const MODULE_PRERELEASE: &str = r#"if ($_.PrivateData -and
    $_.PrivateData.ContainsKey('PSData') -and
    $_.PrivateData.PSData.ContainsKey('PreRelease'))
{
        $_.PrivateData.PSData.PreRelease
}"#;

const MODULE_PSEDITION: &str = r#"$result = [System.Collections.ArrayList]::new()
$editions = $_.CompatiblePSEditions
if (-not $editions)
{
    $editions = @('Desktop')
}

foreach ($edition in $editions)
{
    $result += $edition.Substring(0,4)
}

($result | Sort-Object) -join ','"#;

const SHELF: &str = r#"Split-Path -Parent $_.Path | ForEach-Object { if([Version]::TryParse((Split-Path $_ -Leaf), [ref]$null)) { Split-Path -Parent $_} else {$_} } | Split-Path -Parent"#;
