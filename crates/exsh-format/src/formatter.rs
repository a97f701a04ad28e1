//! Objects to packets: starts a document at the first object, groups, rows, and what is written aside.
//!
//! Decides what each object becomes in the stream (a row, a plain line, a list of its own, a drawn error). It never
//! looks at the width of a screen. Source of the order of decisions: InnerFormatShapeCommand and FormatViewManager of
//! PowerShell (929903692e55); observed: `formatting/default-format`, `formatting/format-data`.

use crate::cell::{Cell, Context, Log};
use crate::choose::{self, Chosen, Layout, choose};
use crate::custom;
use crate::display::{Display, is_scalar, items_of};
use crate::list::ListLayout;
use crate::packet::{self, Body, Group, Node, Packet, Start};
use crate::read::{Outcome, Sort, Source};
use crate::request::{Expand, Request, Shape, What};
use crate::views::{self, CustomItem, FormatData, LayoutDef, ViewDef, format_data};
use exsh_core::error::ErrorObject;
use exsh_core::value::View;
use exsh_core::{Result, Shell, Str, Value};
use exsh_dotnet::{ops, types};
use std::rc::Rc;

/// Where packets go.
pub type Emit<'a> = &'a mut dyn FnMut(Packet) -> Result<()>;

/// One format command at work.
pub struct Formatter {
    request: Request,
    session: Option<(Rc<FormatData>, Display)>,
    stage: Stage,
    chosen: Option<Chosen>,
    grouping: Option<Grouping>,
    log: Log,
    /// What the last object became; the next one of the same sort becomes the same.
    last: Option<(Sort, Fate, Rc<[Str]>)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Nothing,
    Document,
    Group,
}

/// What an object becomes.
#[derive(Clone, Copy)]
enum Fate {
    /// A row, list or item of the document.
    Member,
    /// Its text, as a line.
    Text,
    /// Drawn by a view that stands for itself.
    Aside(&'static ViewDef),
    /// A list of its own, since the document's view is not for it.
    AsideList,
}

impl Formatter {
    pub fn new(request: Request) -> Formatter {
        let log = Log { show: request.show_error, display: request.display_error, records: Vec::new() };
        Formatter {
            request,
            session: None,
            stage: Stage::Nothing,
            chosen: None,
            grouping: None,
            log,
            last: None,
        }
    }

    /// Takes one object from the pipeline. Collections give their items. Errors leave only when the request itself is
    /// wrong (FormatViewNotFound) or the pipeline is to end.
    pub fn push(&mut self, shell: &mut dyn Shell, value: Value, send: Emit<'_>) -> Result<()> {
        if value.is_null() {
            return Ok(());
        }
        if let Some(packet) = value.downcast::<Packet>() {
            return send(packet.clone());
        }
        let Some(items) = items_of(&value) else { return self.push_one(shell, &value, send) };
        match self.request.expand {
            Expand::EnumOnly => {}
            Expand::CoreOnly => return self.push_one(shell, &value, send),
            Expand::Both => {
                send(Packet::text("The following object supports IEnumerable:"))?;
                self.aside_list(shell, &value, send)?;
                send(Packet::text(match items.len() {
                    0 => "The IEnumerable contains no objects.".to_owned(),
                    1 => "The IEnumerable contains the following object:".to_owned(),
                    n => format!("The IEnumerable contains the following {n} objects:"),
                }))?;
            }
        }
        items.iter().try_for_each(|item| self.push_one(shell, item, send))
    }

    /// Closes what is open.
    pub fn finish(&mut self, _shell: &mut dyn Shell, send: Emit<'_>) -> Result<()> {
        if self.stage == Stage::Group {
            send(Packet::GroupEnd)?;
        }
        if self.stage != Stage::Nothing {
            send(Packet::End)?;
        }
        self.stage = Stage::Nothing;
        self.chosen = None;
        self.last = None;
        Ok(())
    }

    /// Takes one object that is not to be taken apart.
    pub fn push_one(&mut self, shell: &mut dyn Shell, value: &Value, send: Emit<'_>) -> Result<()> {
        if let Some(packet) = value.downcast::<Packet>() {
            return send(packet.clone());
        }
        let (data, display) = match &self.session {
            Some((data, display)) => (data.clone(), *display),
            None => {
                let session = (format_data(shell), Display::new(shell));
                self.session = Some(session.clone());
                session
            }
        };
        let known = matches!(&self.last, Some((sort, ..)) if sort.fits(value));
        if !known && !self.sort(shell, &data, display, value, send)? {
            return Ok(());
        }
        let Some((_, fate, names)) = &self.last else { return Ok(()) };
        let (fate, names) = (*fate, names.clone());
        match fate {
            Fate::Text => send(Packet::text(display.object_text(shell, value)?)),
            Fate::Aside(view) => self.aside(shell, display, view, value, &names, send),
            Fate::AsideList => self.aside_list(shell, value, send),
            Fate::Member => self.member(shell, &data, display, value, &names, send),
        }
    }

    /// Decides what becomes of an object of a new sort. False when it is already written.
    fn sort(
        &mut self,
        shell: &mut dyn Shell,
        data: &FormatData,
        display: Display,
        value: &Value,
        send: Emit<'_>,
    ) -> Result<bool> {
        let aside = matches!(self.request.shape, Shape::Auto) || !self.request.force;
        if aside {
            if let Some(error) = value.downcast::<ErrorObject>()
                && !is_extended(value)
            {
                send(Packet::out_of_band(Body::Error(error.0.clone())))?;
                return Ok(false);
            }
            if is_scalar(value) || value.is_null() {
                send(Packet::text(display.object_text(shell, value)?))?;
                return Ok(false);
            }
        }
        let names: Rc<[Str]> = types::names(value).into();
        let fate = match aside {
            true => self.fate(data, value, &names),
            false => Fate::Member,
        };
        self.last = Some((Sort::of(value), fate, names));
        Ok(true)
    }

    fn fate(&self, data: &FormatData, value: &Value, names: &[Str]) -> Fate {
        if let Some(view) = data.find_out_of_band(names, value.type_info()) {
            return Fate::Aside(view);
        }
        if !choose::has_properties(value) && data.find(names, value.type_info(), None, None).is_none() {
            return Fate::Text;
        }
        match &self.chosen {
            Some(Chosen { view: Some(view), .. }) if !self.applies(data, view, value, names) => {
                Fate::AsideList
            }
            _ => Fate::Member,
        }
    }

    fn applies(&self, data: &FormatData, view: &'static ViewDef, value: &Value, names: &[Str]) -> bool {
        if views::applies(view, names) {
            return true;
        }
        // A view that stands in a type's own data names no types: it applies where it would be found.
        view.types.is_empty()
            && data
                .find(names, value.type_info(), Some(view.layout.kind()), None)
                .is_some_and(|found| std::ptr::eq(found, view))
    }

    fn member(
        &mut self,
        shell: &mut dyn Shell,
        data: &FormatData,
        display: Display,
        value: &Value,
        names: &Rc<[Str]>,
        send: Emit<'_>,
    ) -> Result<()> {
        if self.stage == Stage::Nothing {
            let mut chosen = choose(shell, data, &self.request, value, names)?;
            let auto_size =
                self.request.auto_size.unwrap_or_else(|| chosen.view.is_some_and(|v| v.auto_size));
            let start = match &mut chosen.layout {
                Layout::Table(t) => t.start(auto_size),
                Layout::List(_) => Start { layout: packet::Layout::List, auto_size },
                Layout::Wide(w) => w.start(auto_size),
                Layout::Custom(_) => Start { layout: packet::Layout::Custom, auto_size },
            };
            self.grouping = Grouping::new(&self.request, chosen.view);
            self.chosen = Some(chosen);
            send(Packet::Start(Rc::new(start)))?;
            self.stage = Stage::Document;
        }
        let mut cx = Context { shell, display, log: &mut self.log };
        let new_group = match &mut self.grouping {
            Some(grouping) => grouping.update(&mut cx, value)?,
            None => false,
        };
        if self.stage == Stage::Document || new_group {
            if self.stage == Stage::Group {
                send(Packet::GroupEnd)?;
            }
            let heading = match &mut self.grouping {
                Some(grouping) => grouping.heading(&mut cx, value)?,
                None => None,
            };
            send(Packet::GroupStart(Rc::new(Group { heading })))?;
            self.stage = Stage::Group;
        }
        let Some(chosen) = &mut self.chosen else { return Ok(()) };
        let body = match &mut chosen.layout {
            Layout::Table(t) => t.entry(&mut cx, value, names)?,
            Layout::List(l) => l.entry(&mut cx, data, &self.request, value, names)?,
            Layout::Wide(w) => w.entry(&mut cx, data, &self.request, value, names)?,
            Layout::Custom(c) => c.entry(&mut cx, data, &self.request, value, names)?,
        };
        send(Packet::entry(body))?;
        self.send_errors(send)
    }

    fn aside(
        &mut self,
        shell: &mut dyn Shell,
        display: Display,
        view: &'static ViewDef,
        value: &Value,
        names: &[Str],
        send: Emit<'_>,
    ) -> Result<()> {
        let mut cx = Context { shell, display, log: &mut self.log };
        let body = match &view.layout {
            LayoutDef::Custom(entries) => {
                let mut nodes = Vec::new();
                custom::control(&mut cx, entries, value, names, 0, &mut nodes)?;
                Body::Custom(nodes)
            }
            LayoutDef::List(entries) => {
                let data = format_data(cx.shell);
                let request = Request::default();
                ListLayout::of_view(entries).entry(&mut cx, &data, &request, value, names)?
            }
            _ => Body::Text(display.object_text(cx.shell, value)?),
        };
        send(Packet::out_of_band(body))?;
        self.send_errors(send)
    }

    /// A list of all properties, beside the document.
    fn aside_list(&mut self, shell: &mut dyn Shell, value: &Value, send: Emit<'_>) -> Result<()> {
        let data = format_data(shell);
        let display = Display::new(shell);
        let names = types::names(value);
        let mut cx = Context { shell, display, log: &mut self.log };
        let request = Request::default();
        let body = ListLayout::of_objects().entry(&mut cx, &data, &request, value, &names)?;
        send(Packet::out_of_band(body))?;
        self.send_errors(send)
    }

    fn send_errors(&mut self, send: Emit<'_>) -> Result<()> {
        if self.log.records.is_empty() {
            return Ok(());
        }
        self.log.records.drain(..).try_for_each(|r| send(Packet::out_of_band(Body::Error(r))))
    }
}

/// Objects with the same value of one property stand together.
struct Grouping {
    cell: Cell,
    label: Option<Str>,
    heading: &'static [CustomItem],
    /// The value of the current group, once there was one.
    current: Option<Value>,
}

impl Grouping {
    fn new(request: &Request, view: Option<&'static ViewDef>) -> Option<Grouping> {
        if let Some(spec) = &request.group_by {
            let source = match &spec.what {
                What::Name(name) => Source::property(name.clone()),
                What::Script(block) => Source::Script(block.clone()),
            };
            let cell = Cell::new(source, spec.format.clone());
            return Some(Grouping { cell, label: spec.label.clone(), heading: &[], current: None });
        }
        let by = view?.group_by.as_ref()?;
        let cell = Cell::new(Source::of(&by.what), None);
        Some(Grouping { cell, label: by.label.map(Str::from), heading: by.heading, current: None })
    }

    /// Does this object begin another group? An object without the property stays where it is.
    fn update(&mut self, cx: &mut Context<'_>, object: &Value) -> Result<bool> {
        let Outcome::Value(value) = self.cell.source.read(cx.shell, object)? else { return Ok(false) };
        let differs = match &self.current {
            Some(old) => !same(&value, old),
            None => !value.is_null(),
        };
        self.current = Some(value);
        Ok(differs)
    }

    fn heading(&mut self, cx: &mut Context<'_>, object: &Value) -> Result<Option<Node>> {
        let Some(value) = self.current.clone() else { return Ok(None) };
        let mut nodes = Vec::new();
        if self.heading.is_empty() {
            let name = match &self.label {
                Some(label) => label.clone(),
                None => self.name(object),
            };
            let mut text = format!("   {name}: ");
            self.cell.push_value(cx, &mut text, object, &value)?;
            nodes.push(Node::Text(text));
        } else {
            custom::items(cx, self.heading, object, 0, &mut nodes)?;
        }
        Ok(Some(Node::Frame(packet::Frame { left: 0, right: 0, first: 0, nodes })))
    }

    /// The property's name as the object spells it.
    fn name(&self, object: &Value) -> Str {
        let text = self.cell.source.text();
        let all = exsh_dotnet::member::properties(object);
        all.into_iter().find(|n| n.eq_ignore_ascii_case(&text)).unwrap_or(text)
    }
}

/// `Get-Error` renames its objects so that all they know is shown.
fn is_extended(value: &Value) -> bool {
    let has_names = value.as_object().is_some_and(|o| o.extra().borrow().is_some());
    has_names && types::names(value).iter().any(|n| n.ends_with("#PSExtendedError"))
}

fn same(a: &Value, b: &Value) -> bool {
    match (a.view(), b.view()) {
        (View::Str(x), View::Str(y)) => exsh_core::name::same(x, y),
        _ => ops::compare::equals(a, b, true),
    }
}
