//! Arrays and lists: shared cells with reference semantics.

use crate::object::Members;
use crate::types::{Kind, TypeRef};
use crate::value::Value;
use std::cell::{Cell, Ref, RefCell, RefMut};

/// An array (`object[]`, `int[]` …), `ArrayList` or `List<T>`. Which one is its type's kind; an array does not grow
/// through a script, but the engine may append in place where it alone holds it (`$a += 1`).
pub struct List {
    ty: TypeRef,
    items: RefCell<Vec<Value>>,
    /// Raised by every change through [`List::modify`], for enumerators that must notice.
    version: Cell<u32>,
    extra: RefCell<Option<Box<Members>>>,
}

impl List {
    pub fn new(ty: TypeRef, items: Vec<Value>) -> List {
        List { ty, items: RefCell::new(items), version: Cell::new(0), extra: RefCell::new(None) }
    }

    pub fn ty(&self) -> TypeRef {
        self.ty
    }

    /// The type of the items, where the list has one.
    pub fn element_type(&self) -> Option<TypeRef> {
        self.ty.element
    }

    pub fn is_array(&self) -> bool {
        self.ty.kind == Kind::Array
    }

    pub fn len(&self) -> usize {
        self.items.borrow().len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A copy of the item at `index`.
    pub fn get(&self, index: usize) -> Option<Value> {
        self.items.borrow().get(index).cloned()
    }

    /// All items, borrowed. Do not run script code while you hold this: walk by index with [`List::get`] instead.
    pub fn items(&self) -> Ref<'_, Vec<Value>> {
        self.items.borrow()
    }

    /// All items for changing. The same warning as for [`List::items`] holds.
    pub fn modify(&self) -> RefMut<'_, Vec<Value>> {
        self.version.set(self.version.get().wrapping_add(1));
        self.items.borrow_mut()
    }

    /// Replaces one item; false when `index` is out of range.
    pub fn set(&self, index: usize, value: Value) -> bool {
        match self.items.borrow_mut().get_mut(index) {
            Some(slot) => {
                *slot = value;
                true
            }
            None => false,
        }
    }

    pub fn version(&self) -> u32 {
        self.version.get()
    }

    pub fn extra(&self) -> &RefCell<Option<Box<Members>>> {
        &self.extra
    }
}
