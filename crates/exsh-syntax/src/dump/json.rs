//! Writing JSON, just enough of it.

#[derive(Default)]
pub(super) struct Json {
    out: String,
}

impl Json {
    fn separate(&mut self) {
        if !matches!(self.out.chars().next_back(), None | Some('{' | '[' | ':')) {
            self.out.push(',');
        }
    }

    pub fn open(&mut self, bracket: char) {
        self.separate();
        self.out.push(bracket);
    }

    pub fn close(&mut self, bracket: char) {
        self.out.push(bracket);
    }

    pub fn key(&mut self, key: &str) {
        self.text(key);
        self.out.push(':');
    }

    pub fn raw(&mut self, value: &str) {
        self.separate();
        self.out.push_str(value);
    }

    pub fn text(&mut self, text: &str) {
        self.separate();
        self.out.push('"');
        for c in text.chars() {
            match c {
                '"' | '\\' => {
                    self.out.push('\\');
                    self.out.push(c);
                }
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                c if (c as u32) < 0x20 => self.out.push_str(&format!("\\u{:04x}", c as u32)),
                c => self.out.push(c),
            }
        }
        self.out.push('"');
    }

    pub fn field_text(&mut self, key: &str, value: &str) {
        self.key(key);
        self.text(value);
    }

    pub fn field_true(&mut self, key: &str, value: bool) {
        if value {
            self.key(key);
            self.raw("true");
        }
    }

    pub fn finish(self) -> String {
        self.out
    }
}
