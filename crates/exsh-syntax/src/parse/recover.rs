//! After a problem: going on at a token that makes sense again.

use super::Parser;
use crate::token::TokenKind;

impl Parser<'_, '_> {
    /// Reads on to one of `stops` outside of brackets opened on the way. The bracket that is closed counts as open.
    pub(super) fn sync_on_error(&mut self, take_closing: bool, stops: &[TokenKind]) {
        let open = |kind| i32::from(stops.contains(&kind));
        let mut parens = open(TokenKind::RParen);
        let mut curlies = open(TokenKind::RCurly);
        let mut brackets = open(TokenKind::RBracket);
        loop {
            let token = self.next();
            let (count, step) = match token.kind {
                TokenKind::LParen => (&mut parens, 1),
                TokenKind::RParen => (&mut parens, -1),
                TokenKind::LCurly => (&mut curlies, 1),
                TokenKind::RCurly => (&mut curlies, -1),
                TokenKind::LBracket => (&mut brackets, 1),
                TokenKind::RBracket => (&mut brackets, -1),
                TokenKind::EndOfInput => {
                    self.unget(token);
                    return;
                }
                kind => {
                    if stops.contains(&kind) && parens == 0 && curlies == 0 && brackets == 0 {
                        return;
                    }
                    continue;
                }
            };
            *count += step;
            if step < 0 && *count == 0 && stops.contains(&token.kind) {
                if !take_closing {
                    self.unget(token);
                }
                return;
            }
        }
    }
}
