//! Where the streams beside output go: the host, a file, a variable, or into the output.

use exsh_core::Value;
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
}

impl Streams {
    pub fn way(&self, side: Side) -> &Way {
        &self.ways[side as usize]
    }
    pub fn set(&mut self, side: Side, way: Way) {
        self.ways[side as usize] = way;
    }
}
