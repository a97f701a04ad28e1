//! Words: identifiers, keywords, generic words, parameters, labels and type names.

use super::string::Collected;
use super::{Lexer, error_flag};
use crate::chars::{
    ends_assembly_part, is_dash, is_double_quote, is_identifier_follow, is_identifier_start, is_letter,
    is_letter_or_digit, is_single_quote, is_space, starts_new_token,
};
use crate::cursor::Mode;
use crate::text::Text;
use crate::token::{Token, TokenKind, TokenValue, flag};

impl<'t> Lexer<'t, '_> {
    /// A generic word from an offset on, up to what ends every word.
    pub(super) fn word_from(&mut self, start: u32) -> Token {
        self.at.seek(start);
        let rest = self.at.rest();
        let mut plain = 0;
        for &b in rest.as_bytes() {
            if matches!(b, b'`' | b'\'' | b'"' | b'$') || b >= 0x80 || starts_new_token(b as char) {
                break;
            }
            plain += 1;
        }
        self.at.seek(start + plain as u32);
        let c = self.at.peek();
        // A NUL begins a word only as its first character.
        if (c.is_ascii() && starts_new_token(c) && !(plain == 0 && c == '\0')) || self.at.at_end() {
            return self.token_with(TokenKind::Generic, 0, TokenValue::Text(Text::new(&rest[..plain])));
        }
        let mut collected = Collected { value: rest[..plain].to_owned(), ..Collected::default() };
        if plain == 0 && !matches!(c, '`' | '\'' | '"' | '$') && !is_single_quote(c) && !is_double_quote(c) {
            collected.push(self.at.bump());
        }
        self.rest_of_word(collected)
    }

    fn rest_of_word(&mut self, mut into: Collected) -> Token {
        while !self.at.at_end() {
            let c = self.at.peek();
            if starts_new_token(c) {
                break;
            }
            self.at.bump();
            match c {
                '`' => {
                    if self.start + 1 == self.at.offset() {
                        // The escape that begins a word may be of any character.
                        let c = self.escape();
                        into.push(c);
                    } else {
                        self.backtick_inside(&mut into);
                    }
                }
                '$' => self.dollar_inside(&mut into, false),
                c if is_single_quote(c) => {
                    self.single_quoted(&mut into.value);
                }
                c if is_double_quote(c) => {
                    self.double_quoted(&mut into);
                }
                c => into.push(c),
            }
        }
        let wrong = into.pieces.iter().any(|p| matches!(p, crate::token::Piece::Sub(s) if s.unclosed));
        self.token_with(TokenKind::Generic, error_flag(wrong), into.into_value())
    }

    /// Behind its first character.
    pub(super) fn identifier(&mut self) -> Token {
        self.at.skip_while(is_identifier_follow);
        if self.mode() == Mode::TypeName {
            return self.type_name();
        }
        if !self.want_simple_name && self.in_command() && !starts_new_token(self.at.peek()) {
            return self.word_from(self.start);
        }
        if !self.want_simple_name && (self.in_command() || self.mode() == Mode::Signature) {
            let text = &self.at.text()[self.start as usize..self.at.offset() as usize];
            if let Some(kind) = keyword(text)
                && (kind != TokenKind::InlineScript || self.in_workflow)
            {
                return self.token(kind);
            }
        }
        self.token(TokenKind::Identifier)
    }

    fn type_name(&mut self) -> Token {
        self.at.skip_while(|c| matches!(c, '.' | '`' | '_' | '+' | '#' | '\\') || is_letter_or_digit(c));
        self.token_with(TokenKind::Identifier, flag::TYPE_NAME, TokenValue::None)
    }

    /// Behind the comma of an assembly-qualified name: `mscorlib, Version=4.0.0.0`.
    pub fn assembly_name(&mut self) -> String {
        let mut name = String::new();
        self.assembly_part(&mut name);
        while self.at.peek() == ',' {
            self.start = self.at.offset();
            self.at.bump();
            name.push_str(", ");
            self.token(TokenKind::Comma);
            self.assembly_part(&mut name);
            if self.at.peek() == '=' {
                self.start = self.at.offset();
                self.at.bump();
                name.push('=');
                self.token(TokenKind::Equals);
                self.assembly_part(&mut name);
            }
        }
        name
    }

    fn assembly_part(&mut self, name: &mut String) {
        self.skip_space();
        self.start = self.at.offset();
        self.at.skip_while(|c| !ends_assembly_part(c));
        name.push_str(&self.at.text()[self.start as usize..self.at.offset() as usize]);
        self.token_with(TokenKind::Identifier, flag::TYPE_NAME, TokenValue::None);
        self.skip_space();
    }

    /// Behind a dash that a letter, `_` or `?` follows: a parameter, or in expression mode an operator.
    pub(super) fn parameter(&mut self) -> Token {
        let name_start = self.at.offset() as usize;
        let mut colon = false;
        let mut end;
        loop {
            end = self.at.offset() as usize;
            if self.at.at_end() {
                break;
            }
            let c = self.at.peek();
            match c {
                'a'..='z' | 'A'..='Z' => {}
                '{' | '}' | '(' | ')' | ';' | ',' | '|' | '&' | '.' | '[' | '\r' | '\n' | '\0' => break,
                ':' => {
                    colon = true;
                    if self.in_command() {
                        self.at.bump();
                    }
                    break;
                }
                c if is_space(c) => break,
                c if is_single_quote(c) || is_double_quote(c) => {
                    if self.in_command() {
                        // What was read as a name stays as it is: its dollars and backticks are plain.
                        let value = self.at.text()[self.start as usize..end].to_owned();
                        return self.rest_of_word(Collected { value, ..Collected::default() });
                    }
                    break;
                }
                _ if !self.in_command() => break,
                _ => {}
            }
            self.at.bump();
        }
        let name = &self.at.text()[name_start..end];
        if self.in_expression()
            && let Some(kind) = operator(name)
        {
            return self.token(kind);
        }
        if name.is_empty() {
            return self.token(TokenKind::Minus);
        }
        let value = TokenValue::Parameter { name: Text::new(name), used_colon: colon };
        self.token_with(TokenKind::Parameter, 0, value)
    }

    /// Behind a colon in command mode: `:label`, or a word that begins with a colon.
    pub(super) fn label(&mut self) -> Token {
        let name_start = self.at.offset() as usize;
        let c = self.at.peek();
        if self.at.at_end() || c == '\0' {
            return self.token_with(TokenKind::Generic, 0, TokenValue::Text(Text::new(":")));
        }
        if !is_identifier_start(c) {
            return self.word_from(self.start);
        }
        self.at.skip_while(is_identifier_follow);
        if self.in_command() && !starts_new_token(self.at.peek()) {
            // The character that ends the name is taken as it is, even a quote or a dollar.
            self.at.bump();
            let value = self.at.text()[self.start as usize..self.at.offset() as usize].to_owned();
            return self.rest_of_word(Collected { value, ..Collected::default() });
        }
        let name = Text::new(&self.at.text()[name_start..self.at.offset() as usize]);
        self.token_with(TokenKind::Label, 0, TokenValue::Label(name))
    }

    /// What follows `--%`: the rest of the line, up to a pipe or `&&` outside of quotes.
    pub fn verbatim_argument(&mut self) -> Token {
        self.skip_space();
        self.start = self.at.offset();
        let mut quoted = false;
        while !self.at.at_end() {
            let c = self.at.peek();
            if matches!(c, '\r' | '\n')
                || (!quoted && (c == '|' || (c == '&' && self.at.peek_second() == '&')))
            {
                break;
            }
            quoted ^= is_double_quote(c);
            self.at.bump();
        }
        let text = Text::new(&self.at.text()[self.start as usize..self.at.offset() as usize]);
        self.token_with(TokenKind::Generic, 0, TokenValue::Text(text))
    }

    pub(super) fn dash_begins_parameter(&self) -> bool {
        let c = self.at.peek();
        debug_assert!(!is_dash(c));
        is_letter(c) || c == '_' || c == '?'
    }
}

/// Lower case of a short ASCII word.
fn folded(text: &str) -> Option<([u8; 16], usize)> {
    let mut lower = [0; 16];
    let bytes = text.as_bytes();
    lower.get_mut(..bytes.len())?.copy_from_slice(bytes);
    lower.make_ascii_lowercase();
    Some((lower, bytes.len()))
}

/// The keyword a word is, whatever its case.
pub fn keyword(text: &str) -> Option<TokenKind> {
    use TokenKind as K;
    let (lower, len) = folded(text)?;
    Some(match &lower[..len] {
        b"elseif" => K::ElseIf,
        b"if" => K::If,
        b"else" => K::Else,
        b"switch" => K::Switch,
        b"foreach" => K::Foreach,
        b"from" => K::From,
        b"in" => K::In,
        b"for" => K::For,
        b"while" => K::While,
        b"until" => K::Until,
        b"do" => K::Do,
        b"try" => K::Try,
        b"catch" => K::Catch,
        b"finally" => K::Finally,
        b"trap" => K::Trap,
        b"data" => K::Data,
        b"return" => K::Return,
        b"continue" => K::Continue,
        b"break" => K::Break,
        b"exit" => K::Exit,
        b"throw" => K::Throw,
        b"begin" => K::Begin,
        b"process" => K::Process,
        b"end" => K::End,
        b"dynamicparam" => K::Dynamicparam,
        b"function" => K::Function,
        b"filter" => K::Filter,
        b"param" => K::Param,
        b"class" => K::Class,
        b"define" => K::Define,
        b"var" => K::Var,
        b"using" => K::Using,
        b"workflow" => K::Workflow,
        b"parallel" => K::Parallel,
        b"sequence" => K::Sequence,
        b"inlinescript" => K::InlineScript,
        b"configuration" => K::Configuration,
        b"public" => K::Public,
        b"private" => K::Private,
        b"static" => K::Static,
        b"interface" => K::Interface,
        b"enum" => K::Enum,
        b"namespace" => K::Namespace,
        b"module" => K::Module,
        b"type" => K::Type,
        b"assembly" => K::Assembly,
        b"command" => K::Command,
        b"hidden" => K::Hidden,
        b"base" => K::Base,
        b"default" => K::Default,
        b"clean" => K::Clean,
        _ => return None,
    })
}

/// The operator a word behind a dash is, whatever its case.
pub fn operator(text: &str) -> Option<TokenKind> {
    use TokenKind as K;
    let (lower, len) = folded(text)?;
    Some(match &lower[..len] {
        b"bnot" => K::Bnot,
        b"not" => K::Not,
        b"eq" | b"ieq" => K::Ieq,
        b"ceq" => K::Ceq,
        b"ne" | b"ine" => K::Ine,
        b"cne" => K::Cne,
        b"ge" | b"ige" => K::Ige,
        b"cge" => K::Cge,
        b"gt" | b"igt" => K::Igt,
        b"cgt" => K::Cgt,
        b"lt" | b"ilt" => K::Ilt,
        b"clt" => K::Clt,
        b"le" | b"ile" => K::Ile,
        b"cle" => K::Cle,
        b"like" | b"ilike" => K::Ilike,
        b"clike" => K::Clike,
        b"notlike" | b"inotlike" => K::Inotlike,
        b"cnotlike" => K::Cnotlike,
        b"match" | b"imatch" => K::Imatch,
        b"cmatch" => K::Cmatch,
        b"notmatch" | b"inotmatch" => K::Inotmatch,
        b"cnotmatch" => K::Cnotmatch,
        b"replace" | b"ireplace" => K::Ireplace,
        b"creplace" => K::Creplace,
        b"contains" | b"icontains" => K::Icontains,
        b"ccontains" => K::Ccontains,
        b"notcontains" | b"inotcontains" => K::Inotcontains,
        b"cnotcontains" => K::Cnotcontains,
        b"in" | b"iin" => K::Iin,
        b"cin" => K::Cin,
        b"notin" | b"inotin" => K::Inotin,
        b"cnotin" => K::Cnotin,
        b"split" | b"isplit" => K::Isplit,
        b"csplit" => K::Csplit,
        b"isnot" => K::IsNot,
        b"is" => K::Is,
        b"as" => K::As,
        b"f" => K::Format,
        b"and" => K::And,
        b"band" => K::Band,
        b"or" => K::Or,
        b"bor" => K::Bor,
        b"xor" => K::Xor,
        b"bxor" => K::Bxor,
        b"join" => K::Join,
        b"shl" => K::Shl,
        b"shr" => K::Shr,
        _ => return None,
    })
}
