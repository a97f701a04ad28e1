//! The engine: the stack of slots, the frames on it, the global cells, and the session's services beside them.

use crate::command::table::CommandTable;
use crate::run::frame::{DOLLAR_UNDER, Frame, FrameExtra, FrameInfo, FrameKind, SlotTable};
use crate::run::globals::Globals;
use crate::run::streams::Streams;
use exsh_core::{Host, Name, Result, Str, Value, types};
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Nested calls before `CallDepthOverflow`; the stack of 256 MB that the program gives the engine holds more.
pub const MAX_DEPTH: u32 = 8_000;

/// The variable in which `Set-StrictMode` keeps its version.
pub const STRICT_MODE: &str = "__StrictMode";

/// Everything that running code touches.
pub struct Engine {
    pub stack: Vec<Value>,
    /// First slot of the running frame.
    pub base: usize,
    /// Index of the running frame.
    pub current: usize,
    pub frames: Vec<Frame>,
    pub globals: Globals,
    /// Which slots of the running frame are guarded: the frame's mask.
    pub guarded: u64,
    /// `$?`.
    pub ok: bool,
    /// How many `try` bodies (and blocks with traps) surround the running code.
    pub try_depth: u32,
    pub depth: u32,
    /// `Set-StrictMode` was called somewhere; which scope it holds for is asked then.
    pub strict_used: bool,
    pub host: Box<dyn Host>,
    pub commands: CommandTable,
    pub streams: Streams,
    /// Current folder of the file system.
    pub location: String,
    pub culture: Str,
    pub interrupt: Arc<AtomicBool>,
    pub extensions: HashMap<TypeId, Rc<dyn Any>>,
    /// Where `C:\` and UNC paths live; nothing until it is configured.
    pub windows_root: Option<std::path::PathBuf>,
    pub pipelines: u64,
    /// Set by a command whose errors were only reported: the pipeline that ran it was not a success.
    pub failed: bool,
    /// The running pipeline ends at the host (not in a variable): a program may write to the terminal itself.
    pub shows_directly: bool,
    /// `$LASTEXITCODE`'s cell and others that the engine itself writes.
    pub cells: Cells,
}

/// Global cells that the engine writes or reads often.
pub struct Cells {
    pub last_exit_code: u32,
    pub error: u32,
    pub error_action: u32,
    pub pwd: u32,
}

impl Engine {
    pub fn new(host: Box<dyn Host>, interrupt: Arc<AtomicBool>) -> Engine {
        let mut globals = Globals::new();
        let cells = Cells {
            last_exit_code: globals.cell("LASTEXITCODE"),
            error: globals.cell("Error"),
            error_action: globals.cell("ErrorActionPreference"),
            pwd: globals.cell("PWD"),
        };
        globals.values[cells.error as usize] = Value::list_of(&types::ARRAY_LIST, Vec::new());
        let global = Frame {
            parent: 0,
            base: 0,
            kind: FrameKind::Global,
            info: Rc::new(FrameInfo { table: Rc::new(SlotTable::automatic()), call: None }),
            guarded: 0,
            extra: None,
        };
        let location = host.start_directory();
        Engine {
            stack: Vec::with_capacity(4096),
            base: 0,
            current: 0,
            frames: vec![global],
            globals,
            guarded: 0,
            ok: true,
            try_depth: 0,
            depth: 0,
            strict_used: false,
            host,
            commands: CommandTable::default(),
            streams: Streams::default(),
            location,
            culture: Str::from("en-US"),
            interrupt,
            extensions: HashMap::new(),
            windows_root: None,
            pipelines: 0,
            failed: false,
            shows_directly: false,
            cells,
        }
    }

    /// Was Ctrl-C pressed? Asked at loop ends.
    #[inline(always)]
    pub fn check_interrupt(&self) -> Result<()> {
        if self.interrupt.load(Ordering::Relaxed) { interrupted() } else { Ok(()) }
    }

    /// Opens a frame above the stack's top. The caller runs it with [`Engine::enter`] and closes it.
    pub fn push_frame(&mut self, info: Rc<FrameInfo>, kind: FrameKind, parent: usize) -> usize {
        let base = self.stack.len();
        self.push_frame_at(base, info, kind, parent)
    }

    /// The same over slots that already stand on the stack from `base` on.
    #[inline]
    pub fn push_frame_at(
        &mut self,
        base: usize,
        info: Rc<FrameInfo>,
        kind: FrameKind,
        parent: usize,
    ) -> usize {
        for _ in self.stack.len()..base + info.table.len() {
            self.stack.push(Value::UNSET);
        }
        self.frames.push(Frame { parent, base, kind, info, guarded: 0, extra: None });
        self.frames.len() - 1
    }

    /// Closes frames until so many are left, and their slots.
    #[inline]
    pub fn close_frames(&mut self, frames: usize, stack: usize) {
        while self.frames.len() > frames {
            self.close_frame();
        }
        self.stack.truncate(stack);
    }

    /// Closes the topmost frame; its slots stay for the caller to drop. Functions that were defined in it are gone.
    #[inline]
    pub fn close_frame(&mut self) {
        if let Some(f) = self.frames.pop()
            && let Some(e) = f.extra
            && !e.functions.is_empty()
        {
            self.forget_functions(e.functions);
        }
    }

    #[cold]
    fn forget_functions(&mut self, list: Vec<(Name, Option<Rc<crate::command::function::Function>>)>) {
        for (name, outer) in list.into_iter().rev() {
            match outer {
                Some(f) => self.commands.set_function(f),
                None => {
                    self.commands.remove_function(name);
                }
            }
        }
    }

    /// Runs code with a frame as the current one.
    #[inline]
    pub fn enter<T>(&mut self, frame: usize, f: impl FnOnce(&mut Engine) -> T) -> T {
        let saved = (self.current, self.base, self.guarded);
        self.current = frame;
        self.base = self.frames[frame].base;
        self.guarded = self.frames[frame].guarded;
        let result = f(self);
        (self.current, self.base, self.guarded) = saved;
        result
    }

    /// `$_` of the running frame.
    #[inline(always)]
    pub fn dollar_under(&mut self) -> &mut Value {
        if self.current == 0 {
            &mut self.globals.values[DOLLAR_UNDER]
        } else {
            &mut self.stack[self.base + DOLLAR_UNDER]
        }
    }

    /// An automatic slot of the running frame.
    pub fn automatic(&mut self, slot: usize) -> &mut Value {
        if self.current == 0 { &mut self.globals.values[slot] } else { &mut self.stack[self.base + slot] }
    }

    pub fn extra(&mut self) -> &mut FrameExtra {
        let f = self.current;
        self.frames[f].extra()
    }

    /// The frame that `$script:` means: the nearest script file's, else the global one.
    pub fn script_frame(&self) -> usize {
        let mut f = self.current;
        while f != 0 && self.frames[f].kind != FrameKind::Script {
            f = self.frames[f].parent;
        }
        f
    }

    /// The frame `outward` scopes out from the running one.
    pub fn outer_frame(&self, outward: usize) -> Option<usize> {
        let mut f = self.current;
        for _ in 0..outward {
            if f == 0 {
                return None;
            }
            f = self.frames[f].parent;
        }
        Some(f)
    }

    /// The version of strict mode that holds here: 0 is off. `Set-StrictMode` keeps it in a variable of its scope.
    pub fn strictness(&self) -> u8 {
        if !self.strict_used {
            return 0;
        }
        let v = self.lookup(Name::new(STRICT_MODE), self.current);
        let text = v.map(|v| exsh_dotnet::text::to_text(&v));
        text.and_then(|t| t.chars().next()?.to_digit(10)).map_or(0, |d| d as u8)
    }

    /// A preference variable as seen from here.
    pub fn preference(&mut self, name: &str) -> Value {
        self.lookup(Name::new(name), self.current).unwrap_or(Value::NULL)
    }

    /// Full path of the script file whose code runs.
    pub fn script_file(&self) -> Option<Rc<str>> {
        let mut f = self.current;
        loop {
            if let Some(c) = &self.frames[f].info.call
                && c.file.is_some()
            {
                return c.file.clone();
            }
            if f == 0 {
                return None;
            }
            f = self.frames[f].parent;
        }
    }
}

#[cold]
fn interrupted() -> Result<()> {
    Err(Box::new(exsh_core::Flow::Interrupted))
}
