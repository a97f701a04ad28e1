//! PowerShell text to a parse tree and a list of problems. Knows no values and no commands.
//!
//! `parse` always returns a tree. `Parsed::completeness` tells a prompt whether to ask for more. Positions are byte offsets;
//! `source::Source` turns them into lines, columns and UTF-16 offsets.

pub mod ast;
mod chars;
mod check;
mod cursor;
pub mod dump;
mod lex;
mod message;
mod parse;
mod problem;
mod requires;
pub mod source;
pub mod text;
pub mod token;
pub mod visit;

use ast::ScriptBlock;
use lex::Lexer;
use parse::Parser;
use problem::Notes;
pub use problem::Problem;
use source::Span;
use token::Token;

/// What became of a text.
#[derive(Debug)]
pub struct Parsed {
    pub tree: ScriptBlock,
    /// In the order they were found.
    pub problems: Vec<Problem>,
    /// Comments in order, without those inside of strings.
    pub comments: Vec<Span>,
}

/// Whether a text can run, or could with more of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completeness {
    Complete,
    /// More input may cure it.
    Incomplete,
    Wrong,
}

impl Parsed {
    /// One problem that more input may cure makes the whole text incomplete, as it does at the reference's prompt.
    pub fn completeness(&self) -> Completeness {
        if self.problems.iter().any(|p| p.incomplete) {
            Completeness::Incomplete
        } else if self.problems.is_empty() {
            Completeness::Complete
        } else {
            Completeness::Wrong
        }
    }
}

/// Parses a whole script or input line.
pub fn parse(text: &str) -> Parsed {
    read(text, false).0
}

/// Parses a text and returns its tokens as well: in order, without white space, with line ends and comments.
pub fn parse_with_tokens(text: &str) -> (Parsed, Vec<Token>) {
    read(text, true)
}

/// The tokens of a text as the grammar saw them.
pub fn tokens(text: &str) -> Vec<Token> {
    read(text, true).1
}

fn read(text: &str, saving: bool) -> (Parsed, Vec<Token>) {
    let mut notes = Notes::default();
    let mut lex = Lexer::new(text, &mut notes);
    lex.tokens = saving.then(Vec::new);
    let mut parser = Parser::new(lex);
    let mut tree = parser.script_block(None, false, None);
    let tokens = parser.lex.tokens.take().unwrap_or_default();
    if !notes.stopped {
        tree.requirements = requires::requirements(text, &mut notes).map(Box::new);
        check::check(&tree, text, &mut notes);
    }
    let Notes { problems, comments, .. } = notes;
    (Parsed { tree, problems, comments }, tokens)
}
