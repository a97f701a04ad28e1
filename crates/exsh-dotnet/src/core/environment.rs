//! `System.Environment`.

use crate::fail;
use crate::sig::*;
use crate::types::enums;
use exsh_core::types::{MemberTable, TypeInfo};
use exsh_core::value::KeyMode;
use exsh_core::{Shell, Table, Value};

pub static TYPE: TypeInfo = TypeInfo::class("System.Environment", MEMBERS);

fn variable(shell: &mut dyn Shell, a: &[Value]) -> exsh_core::Result<Value> {
    Ok(shell.host().env(&str_at(a, 0)).map_or(Value::NULL, Value::text))
}

fn set(shell: &mut dyn Shell, a: &[Value]) -> exsh_core::Result<Value> {
    let value = opt_str(a, 1).filter(|v| !v.is_empty());
    shell.host().set_env(&str_at(a, 0), value.as_deref());
    Ok(Value::NOTHING)
}

/// Paths as .NET on Linux gives them.
fn folder(shell: &mut dyn Shell, number: i64) -> String {
    let home = shell.host().home();
    let xdg = |shell: &mut dyn Shell, name: &str, rest: &str| {
        shell.host().env(name).filter(|v| v.starts_with('/')).unwrap_or_else(|| format!("{home}/{rest}"))
    };
    match number {
        0x10 | 0x00 => format!("{home}/Desktop"),
        0x05 | 0x28 => {
            if number == 0x28 {
                home
            } else {
                format!("{home}/Documents")
            }
        }
        0x1a => xdg(shell, "XDG_CONFIG_HOME", ".config"),
        0x1c => xdg(shell, "XDG_DATA_HOME", ".local/share"),
        0x23 => "/usr/share".into(),
        0x0d => format!("{home}/Music"),
        0x27 => format!("{home}/Pictures"),
        0x0e => format!("{home}/Videos"),
        0x15 => format!("{home}/Templates"),
        _ => String::new(),
    }
}

const MEMBERS: MemberTable = MemberTable {
    static_properties: properties! {
        CommandLine: "string" = |shell, _| Ok(Value::text(shell.host().program()));
        CurrentDirectory: "string" = |shell, _| Ok(Value::string(shell.location())), set |shell, _, v| {
            shell.set_location(&str_of(&v))
        };
        ExitCode: "int" = |_, _| Ok(Value::int(0));
        HasShutdownStarted: "bool" = |_, _| Ok(Value::FALSE);
        Is64BitOperatingSystem: "bool" = |_, _| Ok(Value::TRUE);
        Is64BitProcess: "bool" = |_, _| Ok(Value::TRUE);
        IsPrivilegedProcess: "bool" = |shell, _| Ok(Value::bool(shell.host().user_name() == "root"));
        MachineName: "string" = |shell, _| Ok(Value::text(shell.host().machine_name()));
        NewLine: "string" = |_, _| Ok(Value::text("\n"));
        ProcessId: "int" = |shell, _| Ok(Value::int(shell.host().process_id() as i32));
        ProcessorCount: "int" = |_, _| {
            Ok(Value::int(std::thread::available_parallelism().map_or(1, |n| n.get() as i32)))
        };
        ProcessPath: "string" = |shell, _| Ok(Value::text(shell.host().program()));
        SystemDirectory: "string" = |_, _| Ok(Value::text(""));
        SystemPageSize: "int" = |_, _| Ok(Value::int(4096));
        TickCount: "int" = |shell, _| {
            Ok(Value::int((shell.host().monotonic_ticks() / crate::time::TICKS_PER_MILLISECOND) as i32))
        };
        TickCount64: "long" = |shell, _| {
            Ok(Value::long(shell.host().monotonic_ticks() / crate::time::TICKS_PER_MILLISECOND))
        };
        UserDomainName: "string" = |shell, _| Ok(Value::text(shell.host().machine_name()));
        UserInteractive: "bool" = |_, _| Ok(Value::TRUE);
        UserName: "string" = |shell, _| Ok(Value::text(shell.host().user_name()));
        Version: "version" = |_, _| Ok(Value::object(super::version::Version([10, 0, 12, -1])));
    },
    static_methods: methods! {
        Exit { (exitCode: INT) -> "void" = |_, _, a| Err(Box::new(exsh_core::Flow::Exit(int_at(a, 0) as i32))); }
        ExpandEnvironmentVariables {
            (name: STR) -> "string" = |shell, _, a| {
                let s = str_at(a, 0);
                let mut out = String::new();
                let mut rest = s.as_str();
                while let Some(i) = rest.find('%') {
                    out.push_str(&rest[..i]);
                    let after = &rest[i + 1..];
                    match after.find('%') {
                        Some(j) => match shell.host().env(&after[..j]) {
                            Some(v) => {
                                out.push_str(&v);
                                rest = &after[j + 1..];
                            }
                            None => {
                                out.push('%');
                                out.push_str(&after[..j]);
                                rest = &after[j..];
                            }
                        },
                        None => {
                            out.push('%');
                            rest = after;
                            break;
                        }
                    }
                }
                out.push_str(rest);
                Ok(Value::text(out))
            };
        }
        GetCommandLineArgs { () -> "string[]" = |shell, _, _| Ok(strings([shell.host().program()])); }
        GetEnvironmentVariable {
            (variable: STR) -> "string" = |shell, _, a| variable(shell, a);
            (variable: STR, target: &enums::ENVIRONMENT_VARIABLE_TARGET) -> "string" = |shell, _, a| {
                // Only the process has variables here.
                if enum_at(a, 1) == 0 { variable(shell, a) } else { Ok(Value::NULL) }
            };
        }
        GetEnvironmentVariables {
            () -> "System.Collections.IDictionary" = |shell, _, _| {
                let t = Table::new(&exsh_core::types::HASHTABLE, KeyMode::Exact);
                for (k, v) in shell.host().env_all() {
                    t.set(Value::text(k), Value::text(v));
                }
                Ok(Value::table(t))
            };
        }
        GetFolderPath {
            (folder: &enums::ENVIRONMENT_SPECIAL_FOLDER) -> "string" = |shell, _, a| {
                let number = enum_at(a, 0);
                Ok(Value::text(folder(shell, number)))
            };
        }
        SetEnvironmentVariable {
            (variable: STR, value: STR) -> "void" = |shell, _, a| set(shell, a);
            (variable: STR, value: STR, target: &enums::ENVIRONMENT_VARIABLE_TARGET) -> "void" = |shell, _, a| {
                if enum_at(a, 2) == 0 {
                    set(shell, a)
                } else {
                    Err(fail::not_supported("Only variables of the process can be set on this platform."))
                }
            };
        }
    },
    ..MemberTable::EMPTY
};
