//! Where the streams beside output go: the host, a file, a variable, or into the output.

use exsh_core::Value;
use exsh_core::error::ErrorObject;
use std::cell::RefCell;
use std::rc::Rc;

/// The streams that can be redirected, by PowerShell's numbers 2 to 6.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    Error = 0,
    Warning = 1,
    Verbose = 2,
    Debug = 3,
    Information = 4,
}

/// A shared queue of records that were redirected and wait for their receiver.
pub type Queue = Rc<RefCell<Vec<Value>>>;

/// Where a stream goes now.
#[derive(Clone, Default)]
pub enum Way {
    #[default]
    Host,
    /// Into a queue that the redirection's owner empties.
    Queue(Queue),
    Drop,
}

#[derive(Clone, Default)]
pub struct Streams {
    pub ways: [Way; 5],
    /// Lists of the functions around that collect their records (`-WarningVariable` and the others).
    pub notes: Option<Rc<Notes>>,
}

/// A function's list for one stream, and those of the functions around it.
pub struct Notes {
    pub side: Side,
    /// An ArrayList.
    pub list: Value,
    pub outer: Option<Rc<Notes>>,
}

impl Streams {
    pub fn way(&self, side: Side) -> &Way {
        &self.ways[side as usize]
    }
    /// Notes a record in the lists of its stream.
    #[inline]
    pub fn note(&self, side: Side, record: impl FnOnce() -> Value) {
        if self.notes.is_some() {
            self.note_all(side, &record());
        }
    }

    #[cold]
    fn note_all(&self, side: Side, record: &Value) {
        let mut at = self.notes.as_ref();
        while let Some(n) = at {
            if n.side == side
                && let Some(list) = n.list.as_list()
            {
                // `$PSCmdlet.WriteError` has noted its record already.
                let mut items = list.modify();
                if !items.last().is_some_and(|last| same_error(last, record)) {
                    items.push(record.clone());
                }
            }
            at = n.outer.as_ref();
        }
    }

    pub fn set(&mut self, side: Side, way: Way) {
        self.ways[side as usize] = way;
    }
}

fn same_error(a: &Value, b: &Value) -> bool {
    match (a.downcast::<ErrorObject>(), b.downcast::<ErrorObject>()) {
        (Some(a), Some(b)) => Rc::ptr_eq(&a.0, &b.0),
        _ => false,
    }
}
