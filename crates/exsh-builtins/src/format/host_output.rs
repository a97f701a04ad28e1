//! Objects to the host's output: Out-Host, Out-Default.

use exsh_core::error::{Flow, Result};
use exsh_core::host::Stream;
use exsh_core::out::Out;
use exsh_core::value::Value;
use exsh_format::{DefaultWriter, Style};

/// A writer in front of the host.
pub struct HostOutput {
    writer: DefaultWriter,
    lines: String,
}

impl HostOutput {
    pub fn new(out: &mut dyn Out) -> HostOutput {
        let host = out.host();
        let style = if host.colors() { Style::ansi() } else { Style::plain() };
        HostOutput { writer: DefaultWriter::new(host.width(), style, true), lines: String::new() }
    }

    pub fn write(&mut self, value: Value, out: &mut dyn Out) -> Result<()> {
        let HostOutput { writer, lines } = self;
        writer.push(out.shell(), value, &mut |line| add(lines, line))?;
        self.pass_on(out)
    }

    pub fn finish(mut self, out: &mut dyn Out) -> Result<()> {
        let HostOutput { writer, lines } = &mut self;
        writer.finish(out.shell(), &mut |line| add(lines, line))?;
        self.pass_on(out)
    }

    /// A host that nobody reads any more ends the pipeline quietly.
    fn pass_on(&mut self, out: &mut dyn Out) -> Result<()> {
        if self.lines.is_empty() {
            return Ok(());
        }
        let written = out.host().write(Stream::Output, &self.lines);
        self.lines.clear();
        written.map_err(|_| Box::new(Flow::Interrupted))
    }
}

fn add(lines: &mut String, line: &str) -> Result<()> {
    lines.push_str(line);
    lines.push('\n');
    Ok(())
}
