//! Commands: their name, arguments, parameters and redirections.

use super::pipeline::{from_stream, stream_number};
use super::*;
use crate::token::TokenValue;

/// What an argument is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    CommandName,
    /// Behind `&` or `.`.
    AfterInvocation,
    FileName,
    Argument,
    SwitchCondition,
}

impl Context {
    fn is_name(self) -> bool {
        matches!(self, Context::CommandName | Context::AfterInvocation)
    }
}

const VERBATIM: &str = "--%";

impl Parser<'_, '_> {
    /// The command a `#requires` line is.
    pub(crate) fn requires_command(mut self) -> Option<Box<Command>> {
        self.command()
    }

    pub(super) fn command(&mut self) -> Option<Box<Command>> {
        self.in_mode(Mode::Command, Self::command_inside)
    }

    fn command_inside(&mut self) -> Option<Box<Command>> {
        use TokenKind as K;
        let mut token = self.next();
        let start = token.span;
        let invocation = match token.kind {
            K::Dot => InvocationOperator::Dot,
            K::Ampersand => InvocationOperator::Ampersand,
            _ => InvocationOperator::None,
        };
        let mut end = start;
        let mut context = Context::CommandName;
        if invocation != InvocationOperator::None {
            token = self.next();
            context = Context::AfterInvocation;
        }
        let mut elements: Vec<CommandElement> = vec![];
        let mut redirections = vec![];
        let mut saw_dash_dash = false;
        loop {
            match token.kind {
                K::Pipe
                | K::RCurly
                | K::RParen
                | K::EndOfInput
                | K::NewLine
                | K::Semi
                | K::AndAnd
                | K::OrOr
                | K::Ampersand => {
                    self.unget(token);
                    break;
                }
                K::MinusMinus => {
                    end = token.span;
                    elements.push(if saw_dash_dash {
                        CommandElement::Expr(bare_word_expr(token.span, self.text_of(&token)))
                    } else {
                        parameter_element(token.span, Text::new("-"), token.span, None)
                    });
                    saw_dash_dash = true;
                }
                K::Comma => {
                    end = token.span;
                    self.report(token.span, "MissingArgument", &[]);
                    self.skip_newlines();
                }
                K::Parameter => {
                    end = self.parameter_element(token, context.is_name() || saw_dash_dash, &mut elements)
                }
                K::Redirection | K::RedirectInStd => {
                    if context.is_name() {
                        end = token.span;
                        elements.push(CommandElement::Expr(bare_word_expr(token.span, self.text_of(&token))));
                    } else {
                        end = self.redirection(token, &mut redirections).0;
                    }
                }
                K::InlineScript if context == Context::CommandName => {
                    match self.inline_script(token, &mut elements) {
                        (span, true) => end = span,
                        (span, false) => {
                            end = span;
                            break;
                        }
                    };
                }
                _ => {
                    let verbatim = token.text_value() == Some(VERBATIM);
                    let Some(argument) = self.command_argument(context, token) else {
                        // Only when reading was stopped.
                        break;
                    };
                    end = argument.span();
                    elements.push(CommandElement::Expr(argument));
                    if verbatim && self.ungot.as_ref().is_none_or(|t| t.kind == K::Parameter) {
                        self.ungot = None;
                        let rest = self.lex.verbatim_argument();
                        end = rest.span;
                        let text = self.text_of(&rest);
                        elements.push(CommandElement::Expr(bare_word_expr(rest.span, text)));
                        break;
                    }
                }
            }
            context = Context::Argument;
            token = self.next();
        }
        if elements.is_empty() {
            if invocation != InvocationOperator::None {
                let text = if invocation == InvocationOperator::Dot { "." } else { "&" };
                self.report(start, "MissingExpression", &[text]);
            }
            return None;
        }
        redirections.sort_by_key(|r| stream_number(from_stream(r)));
        Some(Box::new(Command { span: start.to(end), invocation, elements, redirections }))
    }

    /// `-Name` or `-Name:argument`; where a name is wanted, just a word. The element's span.
    fn parameter_element(
        &mut self,
        mut token: Token,
        is_word: bool,
        elements: &mut Vec<CommandElement>,
    ) -> Span {
        if is_word {
            self.lex.mark(&mut token, flag::COMMAND_NAME, 0);
            elements.push(CommandElement::Expr(bare_word_expr(token.span, self.text_of(&token))));
            return token.span;
        }
        let TokenValue::Parameter { name, used_colon } = token.value.clone() else { return token.span };
        let mut argument = None;
        let mut span = token.span;
        if used_colon && self.peek_kind() != TokenKind::Comma {
            let next = self.next();
            argument = self.command_argument(Context::Argument, next);
            match &argument {
                Some(argument) => span = token.span.to(argument.span()),
                None => self.report(after(token.span), "ParameterRequiresArgument", &[self.text_of(&token)]),
            }
        }
        elements.push(parameter_element(span, name, token.span, argument));
        span
    }

    /// `inlinescript { }` inside of a workflow; whether the command goes on.
    fn inline_script(&mut self, mut token: Token, elements: &mut Vec<CommandElement>) -> (Span, bool) {
        let text = self.text_of(&token);
        self.lex.mark(&mut token, flag::COMMAND_NAME, 0);
        elements.push(CommandElement::Expr(bare_word_expr(token.span, text)));
        self.skip_newlines();
        let Some(open) = self.eat(TokenKind::LCurly) else {
            self.incomplete(after(token.span), "MissingStatementAfterKeyword", &[text]);
            return (token.span, false);
        };
        let block = self.script_block_expression(open);
        let span = block.span();
        elements.push(CommandElement::Expr(block));
        (span, true)
    }

    /// One argument in command mode, whatever the mode outside.
    pub(super) fn single_argument(&mut self, context: Context) -> Option<Expr> {
        if matches!(self.peek_kind(), TokenKind::Comma | TokenKind::EndOfInput) {
            return None;
        }
        self.in_mode(Mode::Command, |p| {
            let token = p.next();
            p.command_argument(context, token)
        })
    }

    /// An argument from its first token on; for a command's argument perhaps several, separated by commas.
    pub(super) fn command_argument(&mut self, context: Context, mut token: Token) -> Option<Expr> {
        use TokenKind as K;
        let mut list: Vec<Expr> = vec![];
        let mut comma: Option<Span> = None;
        let last = loop {
            let mut verbatim = false;
            let argument = match token.kind {
                K::Pipe
                | K::RCurly
                | K::RParen
                | K::EndOfInput
                | K::NewLine
                | K::Semi
                | K::Redirection
                | K::RedirectInStd
                | K::AndAnd
                | K::OrOr
                | K::Ampersand
                | K::MinusMinus
                | K::Comma => {
                    self.unget(token);
                    let comma = comma?;
                    self.incomplete(after(comma), "MissingExpression", &[","]);
                    let span = list.first()?.span().to(comma);
                    return Some(error_expr(span, list.into_iter().map(Node::Expr).collect()));
                }
                K::SplattedVariable
                | K::Variable
                | K::Number
                | K::HereStringExpandable
                | K::StringExpandable
                | K::HereStringLiteral
                | K::StringLiteral
                | K::LParen
                | K::DollarParen
                | K::AtParen
                | K::AtCurly
                | K::LCurly => {
                    self.unget(token);
                    self.guarded_primary()?
                }
                K::Generic => {
                    if context.is_name() {
                        self.lex.mark(&mut token, flag::COMMAND_NAME, 0);
                    }
                    verbatim = token.text_value() == Some(VERBATIM);
                    self.word(token, context)
                }
                _ => {
                    let argument = bare_word_expr(token.span, self.text_of(&token));
                    self.lex.mark(&mut token, 0, flag::KEYWORD);
                    if context.is_name() {
                        self.lex.mark(&mut token, flag::COMMAND_NAME, 0);
                    } else {
                        self.lex.mark_argument(&mut token);
                    }
                    argument
                }
            };
            if context != Context::Argument || verbatim || self.peek_kind() != K::Comma {
                break argument;
            }
            comma = Some(self.next().span);
            list.push(argument);
            self.skip_newlines();
            token = self.next();
        };
        if list.is_empty() {
            return Some(last);
        }
        list.push(last);
        let span = list.first()?.span().to(list.last()?.span());
        Some(Expr::ArrayLiteral(Box::new(ArrayLiteral { span, elements: list })))
    }

    /// A generic word. A command's name is never expanded, unless an invocation operator stands before it.
    fn word(&mut self, token: Token, context: Context) -> Expr {
        match &token.value {
            TokenValue::Expandable(_) if context != Context::CommandName => {
                self.expandable(token, StringKind::BareWord)
            }
            _ => {
                self.keep_unparsed(&token);
                bare_word_expr(token.span, token.text_value().unwrap_or(""))
            }
        }
    }
}

fn parameter_element(span: Span, name: Text, name_span: Span, argument: Option<Expr>) -> CommandElement {
    CommandElement::Parameter(Box::new(CommandParameter { span, name, name_span, argument }))
}
