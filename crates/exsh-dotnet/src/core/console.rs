//! `System.Console`: output through the host, and the facts scripts ask for.

use crate::ops::compose;
use crate::sig::*;
use crate::text::encoding;
use crate::{culture, fail, text};
use exsh_core::host::{NoAnswer, Stream};
use exsh_core::types::{MemberTable, TypeInfo, TypeRef};
use exsh_core::{Flow, Object, Result, Shell, Value};
use std::any::Any;

pub static TYPE: TypeInfo = TypeInfo::class("System.Console", MEMBERS);

/// `[Console]::Out` and `[Console]::Error`.
struct ConsoleWriter(Stream);

static WRITER: TypeInfo = TypeInfo::class("System.IO.TextWriter+SyncTextWriter", WRITER_MEMBERS);

impl Object for ConsoleWriter {
    fn type_info(&self) -> TypeRef {
        &WRITER
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn write(shell: &mut dyn Shell, stream: Stream, a: &[Value], end: &str) -> Result<Value> {
    let mut line = match a {
        [] => String::new(),
        [one] => match one.base().as_list() {
            // A char[] is its text.
            Some(l) if l.ty().is(&exsh_core::types::CHAR_ARRAY) => {
                let units: Vec<u16> = l.items().iter().filter_map(Value::as_char).collect();
                String::from_utf16_lossy(&units)
            }
            _ => text::to_string_culture(one, culture::current(shell)).to_string(),
        },
        [format, rest @ ..] => {
            let items = match rest {
                [one] => exsh_core::enumerate::items(one),
                many => many.to_vec(),
            };
            compose(&str_of(format), &items, culture::current(shell)).map_err(|e| fail::format(e.0))?
        }
    };
    line.push_str(end);
    // Nobody reads any more: the session ends when it next writes of its own accord.
    let _ = shell.host().write(stream, &line);
    Ok(Value::NOTHING)
}

fn stream_of(v: &Value) -> Stream {
    v.downcast::<ConsoleWriter>().map_or(Stream::Output, |w| w.0)
}

const WRITER_MEMBERS: MemberTable = MemberTable {
    methods: methods! {
        Flush { () -> "void" = |shell, _, _| {
            let _ = shell.host().flush();
            Ok(Value::NOTHING)
        }; }
        Write { (value: OBJ) -> "void" = |shell, v, a| write(shell, stream_of(v), a, ""); }
        WriteLine {
            () -> "void" = |shell, v, a| write(shell, stream_of(v), a, "\n");
            (value: OBJ) -> "void" = |shell, v, a| write(shell, stream_of(v), a, "\n");
            (format: STR, arg: OBJS => rest) -> "void" = |shell, v, a| write(shell, stream_of(v), a, "\n");
        }
    },
    ..MemberTable::EMPTY
};

fn read_line(shell: &mut dyn Shell) -> Result<Value> {
    match shell.host().read_line("") {
        Ok(line) => Ok(Value::text(line)),
        Err(NoAnswer::Interrupted) => Err(Box::new(Flow::Interrupted)),
        Err(_) => Ok(Value::NULL),
    }
}

const MEMBERS: MemberTable = MemberTable {
    static_properties: properties! {
        BackgroundColor: "System.ConsoleColor" = |_, _| Ok(Value::enumeration(&crate::types::enums::CONSOLE_COLOR, 0));
        BufferWidth: "int" = |shell, _| Ok(Value::int(shell.host().width() as i32));
        Error: "System.IO.TextWriter" = |_, _| Ok(Value::object(ConsoleWriter(Stream::Error)));
        ForegroundColor: "System.ConsoleColor" = |_, _| Ok(Value::enumeration(&crate::types::enums::CONSOLE_COLOR, 7));
        InputEncoding: "System.Text.Encoding" = |_, _| Ok(Value::object(encoding::Encoding { kind: encoding::Kind::Utf8, mark: false }));
        IsErrorRedirected: "bool" = |shell, _| Ok(Value::bool(!shell.host().is_terminal()));
        IsInputRedirected: "bool" = |shell, _| Ok(Value::bool(!shell.host().is_interactive()));
        IsOutputRedirected: "bool" = |shell, _| Ok(Value::bool(!shell.host().is_terminal()));
        Out: "System.IO.TextWriter" = |_, _| Ok(Value::object(ConsoleWriter(Stream::Output)));
        OutputEncoding: "System.Text.Encoding" =
            |_, _| Ok(Value::object(encoding::Encoding { kind: encoding::Kind::Utf8, mark: false })),
            // What leaves this program is UTF-8; asking for it again is no error, asking for another one is.
            set |_, _, v| match encoding::of(&v).kind {
                encoding::Kind::Utf8 => Ok(()),
                _ => Err(fail::not_supported("Only UTF-8 is written to the console.")),
            };
        WindowHeight: "int" = |shell, _| Ok(Value::int(shell.host().height() as i32));
        WindowWidth: "int" = |shell, _| Ok(Value::int(shell.host().width() as i32));
    },
    static_methods: methods! {
        Beep { () -> "void" = |shell, _, _| write(shell, Stream::Output, &[], "\u{7}"); }
        ReadLine { () -> "string" = |shell, _, _| read_line(shell); }
        Write {
            (value: OBJ) -> "void" = |shell, _, a| write(shell, Stream::Output, a, "");
            (format: STR, arg: OBJS => rest) -> "void" = |shell, _, a| write(shell, Stream::Output, a, "");
        }
        WriteLine {
            () -> "void" = |shell, _, a| write(shell, Stream::Output, a, "\n");
            (value: OBJ) -> "void" = |shell, _, a| write(shell, Stream::Output, a, "\n");
            (format: STR, arg: OBJS => rest) -> "void" = |shell, _, a| write(shell, Stream::Output, a, "\n");
        }
    },
    ..MemberTable::EMPTY
};
