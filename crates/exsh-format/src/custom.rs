//! Custom layouts: text, values and frames in any arrangement; and objects opened member by member (`Format-Custom`).

use crate::cell::{Cell, Context};
use crate::choose;
use crate::display::{ELLIPSIS, is_scalar, items_of};
use crate::packet::{Body, Frame, Node};
use crate::read::{Outcome, Source};
use crate::request::{PropertySpec, Request, Shape};
use crate::style::Style;
use crate::table::write_styled;
use crate::views::{CustomEntry, CustomItem, CustomValue, FormatData, entry_of};
use crate::width;
use exsh_core::{Result, Str, Value};
use exsh_dotnet::{convert, types};

/// Deepest nesting of a view's controls.
const DEEPEST: usize = 50;
const INDENT: usize = 2;

/// How the objects of one stream are drawn.
pub(crate) struct CustomLayout {
    entries: Option<&'static [CustomEntry]>,
    /// How deep objects within objects are opened.
    depth: usize,
}

impl CustomLayout {
    pub fn of_objects(request: &Request) -> CustomLayout {
        let depth = match &request.shape {
            Shape::Custom(o) => o.depth,
            _ => 5,
        };
        CustomLayout { entries: None, depth }
    }

    pub fn of_view(entries: &'static [CustomEntry]) -> CustomLayout {
        CustomLayout { entries: Some(entries), depth: 0 }
    }

    pub fn entry(
        &mut self,
        cx: &mut Context<'_>,
        data: &FormatData,
        request: &Request,
        object: &Value,
        names: &[Str],
    ) -> Result<Body> {
        let mut nodes = Vec::new();
        match self.entries {
            Some(entries) => control(cx, entries, object, names, 0, &mut nodes)?,
            None => {
                let mut open = Browser { cx, data, top: &request.properties };
                open.top(object, self.depth, &mut nodes)?;
            }
        }
        Ok(Body::Custom(nodes))
    }
}

/// What a view's control gives for an object.
pub(crate) fn control(
    cx: &mut Context<'_>,
    entries: &'static [CustomEntry],
    object: &Value,
    names: &[Str],
    level: usize,
    nodes: &mut Vec<Node>,
) -> Result<()> {
    let Some(entry) = entry_of(entries, |e: &CustomEntry| e.types, names) else { return Ok(()) };
    items(cx, entry.items, object, level, nodes)
}

/// What a list of a view's items gives for an object.
pub(crate) fn items(
    cx: &mut Context<'_>,
    list: &'static [CustomItem],
    object: &Value,
    level: usize,
    nodes: &mut Vec<Node>,
) -> Result<()> {
    if level == DEEPEST {
        return Ok(());
    }
    for item in list {
        match item {
            CustomItem::Text(text) => nodes.push(Node::Text((*text).to_owned())),
            CustomItem::NewLine(n) => nodes.extend((0..*n).map(|_| Node::NewLine)),
            CustomItem::Frame { left, right, first, items: inner } => {
                let mut framed = Vec::new();
                items(cx, inner, object, level, &mut framed)?;
                nodes.push(Node::Frame(Frame { left: *left, right: *right, first: *first, nodes: framed }));
            }
            CustomItem::Value(v) => value(cx, v, object, level, nodes)?,
        }
    }
    Ok(())
}

fn value(
    cx: &mut Context<'_>,
    def: &'static CustomValue,
    object: &Value,
    level: usize,
    nodes: &mut Vec<Node>,
) -> Result<()> {
    if let Some(condition) = &def.condition {
        let wanted = Source::of(condition).read(cx.shell, object)?.value();
        if !convert::to_bool(&wanted) {
            return Ok(());
        }
    }
    let cell = Cell::new(Source::of(&def.what), def.format.map(Str::from));
    let mut source = Source::of(&def.what);
    let found = source.read(cx.shell, object)?.value();
    let each = if def.enumerate { items_of(&found) } else { None };
    if def.control.is_empty() {
        for v in each.unwrap_or_else(|| vec![found]) {
            let mut text = String::new();
            cell.push_value(cx, &mut text, object, &v)?;
            nodes.push(Node::Text(text));
        }
        return Ok(());
    }
    for v in each.unwrap_or_else(|| vec![found]) {
        if !v.is_null() {
            let names = types::names(&v);
            control(cx, def.control, &v, &names, level + 1, nodes)?;
        }
    }
    Ok(())
}

/// Opens an object member by member.
struct Browser<'c, 'a, 'r> {
    cx: &'c mut Context<'a>,
    data: &'r FormatData,
    /// Properties named for the outermost object.
    top: &'r [PropertySpec],
}

impl Browser<'_, '_, '_> {
    fn top(&mut self, object: &Value, depth: usize, nodes: &mut Vec<Node>) -> Result<()> {
        if is_scalar(object) {
            return self.leaf(object, nodes);
        }
        match items_of(object) {
            Some(items) => self.collection(&items, 0, depth, nodes),
            None => self.object(object, 0, depth, true, nodes),
        }
    }

    fn object(
        &mut self,
        object: &Value,
        level: usize,
        depth: usize,
        outermost: bool,
        nodes: &mut Vec<Node>,
    ) -> Result<()> {
        let names = types::names(object);
        let shown = match outermost && !self.top.is_empty() {
            true => choose::named(self.cx.shell, self.top, object, false)?,
            false => choose::of_object(self.cx.shell, self.data, object, &names)?,
        };
        let class = names.first().map_or("PSObject", |n| n.rsplit('.').next().unwrap_or(n));
        line(nodes, format!("class {class}"));
        line(nodes, "{");
        let mut inner = Vec::new();
        for mut a in shown {
            inner.push(Node::Text(format!("{} = ", a.name)));
            let depth = a.spec.and_then(|s| s.depth).unwrap_or(depth);
            let found = match a.source.read(self.cx.shell, object)? {
                Outcome::Failed(_) => Value::text(if self.cx.log.display { "#ERR" } else { "" }),
                other => other.value(),
            };
            if let Some(items) = items_of(&found) {
                inner.push(Node::NewLine);
                let mut framed = Vec::new();
                self.collection(&items, level + 1, depth, &mut framed)?;
                inner.push(frame(framed));
            } else if found.is_null() || level >= depth || is_scalar(&found) {
                self.leaf(&found, &mut inner)?;
            } else {
                inner.push(Node::NewLine);
                let mut framed = Vec::new();
                self.object(&found, level + 1, depth, false, &mut framed)?;
                inner.push(frame(framed));
            }
        }
        nodes.push(frame(inner));
        line(nodes, "}");
        Ok(())
    }

    fn collection(
        &mut self,
        items: &[Value],
        level: usize,
        depth: usize,
        nodes: &mut Vec<Node>,
    ) -> Result<()> {
        let limit = self.cx.display.limit();
        line(nodes, "[");
        let mut inner = Vec::new();
        for (i, item) in items.iter().enumerate() {
            if limit >= 0 && i == limit as usize {
                line(&mut inner, ELLIPSIS.to_string());
                break;
            }
            if level >= depth || item.is_null() || is_scalar(item) {
                self.leaf(item, &mut inner)?;
            } else if let Some(nested) = items_of(item) {
                inner.push(Node::NewLine);
                let mut framed = Vec::new();
                self.collection(&nested, level + 1, depth, &mut framed)?;
                inner.push(frame(framed));
            } else {
                self.object(item, level + 1, depth, false, &mut inner)?;
            }
        }
        nodes.push(frame(inner));
        line(nodes, "]");
        nodes.push(Node::NewLine);
        Ok(())
    }

    fn leaf(&mut self, value: &Value, nodes: &mut Vec<Node>) -> Result<()> {
        let mut text = String::new();
        self.cx.display.push(self.cx.shell, &mut text, value, false)?;
        line(nodes, text);
        Ok(())
    }
}

fn line(nodes: &mut Vec<Node>, text: impl Into<String>) {
    nodes.push(Node::Text(text.into()));
    nodes.push(Node::NewLine);
}

fn frame(nodes: Vec<Node>) -> Node {
    Node::Frame(Frame { left: INDENT, right: 0, first: 0, nodes })
}

/// Writes a custom layout. What is pending at the end is written, even when it is nothing (as observed: a layout that
/// ends its last line is followed by an empty one).
pub(crate) fn write(
    nodes: &[Node],
    screen: usize,
    style: &Style,
    at_words: bool,
    sink: &mut dyn FnMut(&str) -> Result<()>,
) -> Result<()> {
    let mut w = Writing { screen, style, at_words, pending: String::new(), frames: Vec::new(), sink };
    w.nodes(nodes, 0)?;
    w.flush()
}

struct Writing<'a> {
    screen: usize,
    style: &'a Style,
    at_words: bool,
    pending: String,
    /// Left, right and first-line indentation of the frames around.
    frames: Vec<(usize, usize, isize)>,
    sink: &'a mut dyn FnMut(&str) -> Result<()>,
}

impl Writing<'_> {
    fn nodes(&mut self, nodes: &[Node], level: usize) -> Result<()> {
        for node in nodes {
            match node {
                Node::Text(text) => self.pending.push_str(text),
                Node::NewLine => self.flush()?,
                Node::Frame(f) if level < DEEPEST => {
                    self.frames.push((f.left, f.right, f.first));
                    self.nodes(&f.nodes, level + 1)?;
                    self.frames.pop();
                }
                Node::Frame(_) => {}
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        let left: usize = self.frames.iter().map(|f| f.0).sum();
        let right: usize = self.frames.iter().map(|f| f.1).sum();
        let mut first = self.frames.last().map_or(0, |f| f.2);
        let text = std::mem::take(&mut self.pending);
        let useful = self.screen.saturating_sub(left + right);
        if useful == 0 {
            return Ok(());
        }
        if first.unsigned_abs() >= useful {
            first = 0;
        }
        // A negative first line hangs out to the left of the others.
        let (first_pad, rest_pad) = match first >= 0 {
            true => (left + first.unsigned_abs(), left),
            false => (left, left + first.unsigned_abs()),
        };
        let end = self.screen - right;
        let lines = width::wrap(&text, end - first_pad, end - rest_pad, self.at_words);
        for (i, l) in lines.iter().enumerate() {
            let pad = if i == 0 { first_pad } else { rest_pad };
            let line = format!("{:pad$}{l}", "");
            write_styled(&line, self.style, self.sink)?;
        }
        Ok(())
    }
}
