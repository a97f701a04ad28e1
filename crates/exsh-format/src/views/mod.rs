//! Views as data: how each type is shown, and where the views of a session are found.
//!
//! The shipped views follow `Get-FormatData` of PowerShell 7.6.9, one file a subject. A type of ours brings its views in
//! its `TypeInfo`; a session adds its own (`Update-FormatData`). The order is theirs, the type's, the shipped ones.
//! Everything here lives as long as the process, so that a view is compared and cached by its address.

mod certificates;
mod commands;
mod errors;
mod files;
pub mod load;
mod results;
mod session;
mod system;
mod values;
mod xml;

use exsh_core::types::TypeRef;
use exsh_core::view::Align;
use exsh_core::{Result, Shell, Str, Value, view};
use std::any::{Any, TypeId};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{LazyLock, Mutex};

/// A view of some types.
pub struct ViewDef {
    pub name: &'static str,
    pub types: &'static [&'static str],
    pub layout: LayoutDef,
    pub group_by: Option<GroupBy>,
    /// Its objects never open a table or list; they are written as they come.
    pub out_of_band: bool,
    pub auto_size: bool,
}

pub enum LayoutDef {
    Table(TableDef),
    List(&'static [ListEntry]),
    /// Items in a row (0: not said) and what is shown.
    Wide(usize, &'static [WideEntry]),
    Custom(&'static [CustomEntry]),
}

pub struct TableDef {
    pub hide_headers: bool,
    /// May be shorter than the columns: then labels are the properties' names.
    pub headers: &'static [HeaderDef],
    /// The first is the default.
    pub rows: &'static [RowDef],
}

pub struct HeaderDef {
    pub label: Option<&'static str>,
    /// Cells; 0: not said.
    pub width: u16,
    pub align: Option<Align>,
}

/// Each entry applies to its types; the one without is the default.
pub struct RowDef {
    pub types: &'static [&'static str],
    pub wrap: bool,
    pub columns: &'static [ColumnDef],
}

pub struct ColumnDef {
    pub what: Expr,
    pub align: Option<Align>,
    pub format: Option<&'static str>,
}

pub struct ListEntry {
    pub types: &'static [&'static str],
    pub items: &'static [ItemDef],
}

pub struct ItemDef {
    pub label: Option<&'static str>,
    pub what: Expr,
    pub format: Option<&'static str>,
    /// Shown only when this is true.
    pub condition: Option<Expr>,
}

pub struct WideEntry {
    pub types: &'static [&'static str],
    pub what: Expr,
    pub format: Option<&'static str>,
}

pub struct CustomEntry {
    pub types: &'static [&'static str],
    pub items: &'static [CustomItem],
}

pub enum CustomItem {
    Text(&'static str),
    NewLine(usize),
    Frame { left: usize, right: usize, first: isize, items: &'static [CustomItem] },
    Value(CustomValue),
}

pub struct CustomValue {
    pub what: Expr,
    pub format: Option<&'static str>,
    /// Each item for itself.
    pub enumerate: bool,
    /// How the value is shown; empty: as text.
    pub control: &'static [CustomEntry],
    pub condition: Option<Expr>,
}

/// Where a shown value comes from.
#[derive(Clone, Copy)]
pub enum Expr {
    Property(&'static str),
    /// Script text, with the object as `$_`.
    Script(&'static str),
    Compute(fn(&mut dyn Shell, &Value) -> Result<Value>),
    Plain(fn(&Value) -> Value),
    /// The object itself.
    This,
}

#[derive(Clone, Copy)]
pub struct GroupBy {
    pub what: Expr,
    pub label: Option<&'static str>,
    /// Instead of `   label: value`.
    pub heading: &'static [CustomItem],
}

/// The kinds of layout, for a view that must have a certain one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Table,
    List,
    Wide,
    Custom,
}

impl Kind {
    /// As error messages name it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Table => "Table",
            Kind::List => "List",
            Kind::Wide => "Wide",
            Kind::Custom => "Custom",
        }
    }
}

impl LayoutDef {
    pub fn kind(&self) -> Kind {
        match self {
            LayoutDef::Table(_) => Kind::Table,
            LayoutDef::List(_) => Kind::List,
            LayoutDef::Wide(..) => Kind::Wide,
            LayoutDef::Custom(_) => Kind::Custom,
        }
    }
}

/// Views and display sets that a session added.
#[derive(Default)]
pub struct FormatData {
    /// Before the shipped ones, and after them.
    before: RefCell<Vec<&'static ViewDef>>,
    after: RefCell<Vec<&'static ViewDef>>,
    /// `Update-TypeData -DefaultDisplayPropertySet`, by type name in upper case.
    display: RefCell<HashMap<String, Rc<[Str]>>>,
    version: Cell<u32>,
}

/// The session's format data; made on first use.
pub fn format_data(shell: &mut dyn Shell) -> Rc<FormatData> {
    if let Some(found) = shell.extension(TypeId::of::<FormatData>())
        && let Ok(data) = found.downcast::<FormatData>()
    {
        return data;
    }
    let data = Rc::new(FormatData::default());
    shell.set_extension(data.clone() as Rc<dyn Any>);
    data
}

impl FormatData {
    /// `Update-FormatData -PrependPath`.
    pub fn prepend(&self, views: Vec<ViewDef>) {
        let mut before = self.before.borrow_mut();
        before.splice(0..0, views.into_iter().map(leak));
        self.version.set(self.version.get() + 1);
    }

    /// `Update-FormatData -AppendPath`.
    pub fn append(&self, views: Vec<ViewDef>) {
        self.after.borrow_mut().extend(views.into_iter().map(leak));
        self.version.set(self.version.get() + 1);
    }

    /// The properties that a type shows by default; an empty list takes the setting back.
    pub fn set_display_properties(&self, type_name: &str, names: &[Str]) {
        let key = type_name.to_ascii_uppercase();
        if names.is_empty() {
            self.display.borrow_mut().remove(&key);
        } else {
            self.display.borrow_mut().insert(key, names.into());
        }
        self.version.set(self.version.get() + 1);
    }

    /// Rises with every change, for those who keep a choice.
    pub fn version(&self) -> u32 {
        self.version.get()
    }

    /// The properties that an object of these types shows by default; empty when none are set.
    pub fn display_properties(&self, names: &[Str], ty: Option<TypeRef>) -> Vec<Str> {
        let set = self.display.borrow();
        for name in names {
            if let Some(found) = set.get(&name.to_ascii_uppercase()) {
                return found.to_vec();
            }
            if let Some(t) = type_of_name(ty, name)
                && !t.default_properties.is_empty()
            {
                return t.default_properties.iter().map(|n| Str::from(*n)).collect();
            }
            if let Some((_, properties)) = DISPLAY_SETS.iter().find(|(t, _)| t.eq_ignore_ascii_case(name)) {
                return properties.iter().map(|n| Str::from(*n)).collect();
            }
        }
        Vec::new()
    }

    /// The view for an object whose type names are `names`, the most derived first: of that kind and name if given.
    pub fn find(
        &self,
        names: &[Str],
        ty: Option<TypeRef>,
        kind: Option<Kind>,
        view_name: Option<&str>,
    ) -> Option<&'static ViewDef> {
        let fits = |v: &&'static ViewDef| {
            !v.out_of_band
                && kind.is_none_or(|k| v.layout.kind() == k)
                && view_name.is_none_or(|n| v.name.eq_ignore_ascii_case(n))
        };
        self.look(names, ty, &fits)
    }

    /// The view for objects that never open a table or list.
    pub fn find_out_of_band(&self, names: &[Str], ty: Option<TypeRef>) -> Option<&'static ViewDef> {
        self.look(names, ty, &|v: &&'static ViewDef| v.out_of_band)
    }

    fn look(
        &self,
        names: &[Str],
        ty: Option<TypeRef>,
        fits: &dyn Fn(&&'static ViewDef) -> bool,
    ) -> Option<&'static ViewDef> {
        let found = names.iter().find_map(|name| self.of_type(name, ty, fits));
        found.or_else(|| {
            let bare = without_prefix(names)?;
            bare.iter().find_map(|name| self.of_type(name, None, fits))
        })
    }

    fn of_type(
        &self,
        name: &str,
        ty: Option<TypeRef>,
        fits: &dyn Fn(&&'static ViewDef) -> bool,
    ) -> Option<&'static ViewDef> {
        let named = |v: &&'static ViewDef| v.types.iter().any(|t| t.eq_ignore_ascii_case(name)) && fits(v);
        if let Some(v) = self.before.borrow().iter().copied().find(|v| named(v)) {
            return Some(v);
        }
        if let Some(t) = type_of_name(ty, name)
            && let Some(v) = t.views.iter().map(of_core).find(|v| fits(v))
        {
            return Some(v);
        }
        if let Some(views) = SHIPPED.get(name.to_ascii_uppercase().as_str())
            && let Some(v) = views.iter().copied().find(|v| fits(v))
        {
            return Some(v);
        }
        self.after.borrow().iter().copied().find(|v| named(v))
    }

    /// Names of the views of one kind that a type has, in order: for the message about an unknown view.
    pub fn names_of(&self, type_name: &str, kind: Kind) -> Vec<&'static str> {
        let (before, after) = (self.before.borrow(), self.after.borrow());
        let shipped = SHIPPED.get(type_name.to_ascii_uppercase().as_str());
        let shipped = shipped.into_iter().flatten();
        before
            .iter()
            .chain(shipped)
            .chain(after.iter())
            .filter(|v| v.layout.kind() == kind && v.types.iter().any(|t| t.eq_ignore_ascii_case(type_name)))
            .map(|v| v.name)
            .collect()
    }

    /// All views, in the order in which they are asked.
    pub fn all(&self) -> Vec<&'static ViewDef> {
        let shipped = ALL.iter().flat_map(|subject| subject.iter());
        self.before
            .borrow()
            .iter()
            .copied()
            .chain(shipped)
            .chain(self.after.borrow().iter().copied())
            .collect()
    }
}

/// Type names without `Deserialized.`; nothing when none has it.
fn without_prefix(names: &[Str]) -> Option<Vec<Str>> {
    if !names.iter().any(|n| n.starts_with(PREFIX)) {
        return None;
    }
    Some(names.iter().map(|n| n.strip_prefix(PREFIX).map_or_else(|| n.clone(), Str::from)).collect())
}

const PREFIX: &str = "Deserialized.";

/// Does the view apply to an object of these types?
pub fn applies(view: &ViewDef, names: &[Str]) -> bool {
    let among = |names: &[Str]| names.iter().any(|n| view.types.iter().any(|t| t.eq_ignore_ascii_case(n)));
    among(names) || without_prefix(names).is_some_and(|bare| among(&bare))
}

/// The entry that applies to these types best; the one without types is the default.
pub fn entry_of<'a, E>(
    entries: &'a [E],
    types: fn(&E) -> &'static [&'static str],
    names: &[Str],
) -> Option<&'a E> {
    let special = |names: &[Str]| {
        names.iter().find_map(|n| entries.iter().find(|e| types(e).iter().any(|t| t.eq_ignore_ascii_case(n))))
    };
    if entries.len() > 1 {
        if let Some(e) = special(names) {
            return Some(e);
        }
        if let Some(e) = without_prefix(names).and_then(|bare| special(&bare)) {
            return Some(e);
        }
    }
    entries.iter().find(|e| types(e).is_empty()).or(entries.first())
}

/// The type in the object's chain that has this name.
fn type_of_name(ty: Option<TypeRef>, name: &str) -> Option<TypeRef> {
    ty?.chain().find(|t| t.name.eq_ignore_ascii_case(name))
}

/// Puts a view into the process for good. A session reads few format files, and a view in use must not go away.
fn leak(view: ViewDef) -> &'static ViewDef {
    Box::leak(Box::new(view))
}

/// A type's own view in this crate's form, translated once.
fn of_core(v: &'static view::View) -> &'static ViewDef {
    static KNOWN: LazyLock<Mutex<HashMap<usize, &'static ViewDef>>> = LazyLock::new(Mutex::default);
    let key = v as *const view::View as usize;
    let mut known = KNOWN.lock().unwrap_or_else(|e| e.into_inner());
    known.entry(key).or_insert_with(|| leak(translate(v)))
}

fn translate(v: &'static view::View) -> ViewDef {
    let expr = |c: &view::Cell| match c {
        view::Cell::Property(n) => Expr::Property(n),
        view::Cell::Compute(f) => Expr::Plain(*f),
    };
    let align = |a: Align| (a != Align::Auto).then_some(a);
    let layout = match &v.layout {
        view::Layout::Table(columns) => {
            let headers = columns
                .iter()
                .map(|c| HeaderDef { label: c.label, width: c.width, align: align(c.align) })
                .collect();
            let cells = columns
                .iter()
                .map(|c| ColumnDef { what: expr(&c.cell), align: None, format: None })
                .collect();
            let row = RowDef { types: &[], wrap: false, columns: keep(cells) };
            LayoutDef::Table(TableDef { hide_headers: false, headers: keep(headers), rows: keep(vec![row]) })
        }
        view::Layout::List(items) => {
            let items = items
                .iter()
                .map(|i| ItemDef { label: i.label, what: expr(&i.cell), format: None, condition: None })
                .collect();
            LayoutDef::List(keep(vec![ListEntry { types: &[], items: keep(items) }]))
        }
        view::Layout::Wide(cell) => {
            LayoutDef::Wide(0, keep(vec![WideEntry { types: &[], what: expr(cell), format: None }]))
        }
    };
    let group_by =
        v.group_by.as_ref().map(|(c, label)| GroupBy { what: expr(c), label: *label, heading: &[] });
    ViewDef { name: v.name, types: &[], layout, group_by, out_of_band: false, auto_size: false }
}

/// A list that lives as long as the process.
pub(crate) fn keep<T>(items: Vec<T>) -> &'static [T] {
    Box::leak(items.into_boxed_slice())
}

static ALL: &[&[ViewDef]] = &[
    certificates::VIEWS,
    values::VIEWS,
    files::VIEWS,
    results::VIEWS,
    commands::VIEWS,
    errors::VIEWS,
    session::VIEWS,
    system::VIEWS,
];

/// Shipped views by type name in upper case.
static SHIPPED: LazyLock<HashMap<String, Vec<&'static ViewDef>>> = LazyLock::new(|| {
    let mut map: HashMap<String, Vec<&'static ViewDef>> = HashMap::new();
    for v in ALL.iter().flat_map(|subject| subject.iter()) {
        for t in v.types {
            map.entry(t.to_ascii_uppercase()).or_default().push(v);
        }
    }
    map
});

/// Types without a view that show only some properties (observed: facts/pwsh/default-views.json, typeData).
static DISPLAY_SETS: &[(&str, &[&str])] = &[
    ("Deserialized.System.Diagnostics.Process", &["Id", "Handles", "CPU", "Name"]),
    ("Deserialized.System.ServiceProcess.ServiceController", &["Status", "Name", "DisplayName"]),
    ("System.ServiceProcess.ServiceController", &["Status", "Name", "DisplayName"]),
    (
        "System.Management.Automation.PSModuleInfo",
        &[
            "Name",
            "Path",
            "Description",
            "Guid",
            "Version",
            "ModuleBase",
            "ModuleType",
            "PrivateData",
            "AccessMode",
            "ExportedAliases",
            "ExportedCmdlets",
            "ExportedFunctions",
            "ExportedVariables",
            "NestedModules",
        ],
    ),
];

// Short constructors, so that the data reads as tables.

const L: Option<Align> = Some(Align::Left);
const R: Option<Align> = Some(Align::Right);

const fn view(types: &'static [&'static str], name: &'static str, layout: LayoutDef) -> ViewDef {
    ViewDef { name, types, layout, group_by: None, out_of_band: false, auto_size: false }
}

const fn table(headers: &'static [HeaderDef], rows: &'static [RowDef]) -> LayoutDef {
    LayoutDef::Table(TableDef { hide_headers: false, headers, rows })
}

const fn row(columns: &'static [ColumnDef]) -> RowDef {
    RowDef { types: &[], wrap: false, columns }
}

const fn wrapped(columns: &'static [ColumnDef]) -> RowDef {
    RowDef { types: &[], wrap: true, columns }
}

const fn head(label: Option<&'static str>, width: u16, align: Option<Align>) -> HeaderDef {
    HeaderDef { label, width, align }
}

const fn col(name: &'static str) -> ColumnDef {
    ColumnDef { what: Expr::Property(name), align: None, format: None }
}

const fn calc(script: &'static str) -> ColumnDef {
    ColumnDef { what: Expr::Script(script), align: None, format: None }
}

const fn list(items: &'static [ItemDef]) -> ListEntry {
    ListEntry { types: &[], items }
}

const fn list_of(types: &'static [&'static str], items: &'static [ItemDef]) -> ListEntry {
    ListEntry { types, items }
}

const fn item(name: &'static str) -> ItemDef {
    ItemDef { label: None, what: Expr::Property(name), format: None, condition: None }
}

const fn named(label: &'static str, what: Expr) -> ItemDef {
    ItemDef { label: Some(label), what, format: None, condition: None }
}

const fn wide(name: &'static str) -> WideEntry {
    WideEntry { types: &[], what: Expr::Property(name), format: None }
}

const fn custom(items: &'static [CustomItem]) -> CustomEntry {
    CustomEntry { types: &[], items }
}

const fn shown(what: Expr) -> CustomItem {
    CustomItem::Value(CustomValue { what, format: None, enumerate: false, control: &[], condition: None })
}

const fn group(what: Expr, label: Option<&'static str>, heading: &'static [CustomItem]) -> GroupBy {
    GroupBy { what, label, heading }
}

impl ViewDef {
    const fn grouped(mut self, by: GroupBy) -> ViewDef {
        self.group_by = Some(by);
        self
    }
    const fn aside(mut self) -> ViewDef {
        self.out_of_band = true;
        self
    }
    const fn sized(mut self) -> ViewDef {
        self.auto_size = true;
        self
    }
}

impl ColumnDef {
    const fn right(mut self) -> ColumnDef {
        self.align = R;
        self
    }
}
