//! The output side of a cmdlet that writes everything down and answers questions as it was told to.

use crate::shell::FakeShell;
use exsh_core::error::{ErrorRecord, Result};
use exsh_core::out::{Out, Shell};
use exsh_core::value::Value;
use std::collections::VecDeque;

/// What a cmdlet sent.
#[derive(Default)]
pub struct Told {
    pub values: Vec<Value>,
    pub errors: Vec<ErrorRecord>,
    pub warnings: Vec<String>,
    pub verbose: Vec<String>,
    /// Questions of ShouldContinue, in order.
    pub questions: Vec<String>,
    /// Descriptions of ShouldProcess, in order.
    pub confirmations: Vec<String>,
}

#[derive(Default)]
pub struct Recorder {
    pub told: Told,
    pub shell: FakeShell,
    /// Answers to questions; a question without one is answered Yes.
    pub answers: VecDeque<bool>,
    /// `-WhatIf`: every confirmation is a No.
    pub what_if: bool,
    /// Runs between a question and its answer: what another session does meanwhile.
    pub meanwhile: Option<Box<dyn FnOnce()>>,
    pub name: String,
}

impl Out for Recorder {
    fn emit(&mut self, value: Value) -> Result<()> {
        self.told.values.push(value);
        Ok(())
    }
    fn error(&mut self, record: ErrorRecord) -> Result<()> {
        self.told.errors.push(record);
        Ok(())
    }
    fn warn(&mut self, message: &str) -> Result<()> {
        self.told.warnings.push(message.to_owned());
        Ok(())
    }
    fn verbose(&mut self, message: &str) -> Result<()> {
        self.told.verbose.push(message.to_owned());
        Ok(())
    }
    fn debug(&mut self, _: &str) -> Result<()> {
        Ok(())
    }
    fn information(&mut self, _: Value, _: &[&str]) -> Result<()> {
        Ok(())
    }
    fn progress(&mut self, _: &str, _: &str, _: i32, _: bool) -> Result<()> {
        Ok(())
    }
    fn confirm(&mut self, target: &str, action: &str) -> Result<bool> {
        let sentence = format!("Performing the operation \"{action}\" on target \"{target}\".");
        self.confirm_text(&sentence, &sentence, "Confirm")
    }
    fn confirm_text(&mut self, description: &str, _: &str, _: &str) -> Result<bool> {
        self.told.confirmations.push(description.to_owned());
        Ok(!self.what_if)
    }
    fn ask(&mut self, query: &str, _: &str, _: bool) -> Result<bool> {
        self.told.questions.push(query.to_owned());
        if let Some(meanwhile) = self.meanwhile.take() {
            meanwhile();
        }
        Ok(self.answers.pop_front().unwrap_or(true))
    }
    fn shell(&mut self) -> &mut dyn Shell {
        &mut self.shell
    }
    fn command_name(&self) -> &str {
        &self.name
    }
    fn expects_input(&self) -> bool {
        false
    }
    fn is_last(&self) -> bool {
        true
    }
}
