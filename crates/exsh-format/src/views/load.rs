//! Format files (`*.format.ps1xml`) to views.
//!
//! Reads tables, lists, wide and custom controls with their shared controls and selection sets. A part that is unknown
//! is passed over, as later versions of the format add some.

use super::xml::{self, Element};
use super::{
    ColumnDef, CustomEntry, CustomItem, CustomValue, Expr, GroupBy, HeaderDef, ItemDef, LayoutDef, ListEntry,
    RowDef, TableDef, ViewDef, WideEntry, keep,
};
use exsh_core::view::Align;

pub use super::xml::XmlError;

/// The views of a format file, in its order.
pub fn load(source: &str) -> Result<Vec<ViewDef>, XmlError> {
    let root = xml::parse(source.trim_start_matches('\u{FEFF}'))?;
    let file = File { root: &root };
    let views = root.child("ViewDefinitions").map(|v| v.all("View").filter_map(|v| file.view(v)).collect());
    Ok(views.unwrap_or_default())
}

struct File<'a> {
    root: &'a Element,
}

impl File<'_> {
    fn view(&self, e: &Element) -> Option<ViewDef> {
        let name = leak(e.text_of("Name").unwrap_or(""));
        let types = self.types(e.child("ViewSelectedBy"));
        let auto = |control: &Element| control.child("AutoSize").is_some();
        let (layout, auto_size) = if let Some(t) = e.child("TableControl") {
            (LayoutDef::Table(self.table(t)), auto(t))
        } else if let Some(l) = e.child("ListControl") {
            (LayoutDef::List(self.lists(l)), false)
        } else if let Some(w) = e.child("WideControl") {
            let columns = w.text_of("ColumnNumber").and_then(|t| t.parse().ok()).unwrap_or(0);
            (LayoutDef::Wide(columns, self.wides(w)), auto(w))
        } else {
            let c = e.child("CustomControl")?;
            (LayoutDef::Custom(self.controls(e, c, 0)), false)
        };
        let group_by = e.child("GroupBy").and_then(|g| {
            let heading = match self.shared_control(e, g) {
                Some(control) => self.controls(e, control, 0).first().map_or(&[][..], |entry| entry.items),
                None => &[],
            };
            Some(GroupBy { what: expression(g)?, label: g.text_of("Label").map(leak), heading })
        });
        Some(ViewDef {
            name,
            types,
            layout,
            group_by,
            out_of_band: e.child("OutOfBand").is_some(),
            auto_size,
        })
    }

    /// Type names and those of selection sets.
    fn types(&self, selected: Option<&Element>) -> &'static [&'static str] {
        let Some(selected) = selected else { return &[] };
        let mut names: Vec<&'static str> = selected.all("TypeName").map(|t| leak(t.text.trim())).collect();
        for set in selected.all("SelectionSetName") {
            let found = self
                .root
                .child("SelectionSets")
                .and_then(|s| s.all("SelectionSet").find(|s| s.text_of("Name") == Some(set.text.trim())));
            if let Some(types) = found.and_then(|s| s.child("Types")) {
                names.extend(types.all("TypeName").map(|t| leak(t.text.trim())));
            }
        }
        keep(names)
    }

    fn table(&self, e: &Element) -> TableDef {
        let headers = e.child("TableHeaders").map(|h| h.all("TableColumnHeader").map(header).collect());
        let rows = e.child("TableRowEntries").map(|r| {
            r.all("TableRowEntry")
                .map(|r| RowDef {
                    types: self.types(r.child("EntrySelectedBy")),
                    wrap: r.child("Wrap").is_some(),
                    columns: keep(
                        r.child("TableColumnItems")
                            .map(|c| c.all("TableColumnItem").map(column).collect())
                            .unwrap_or_default(),
                    ),
                })
                .collect()
        });
        TableDef {
            hide_headers: e.child("HideTableHeaders").is_some(),
            headers: keep(headers.unwrap_or_default()),
            rows: keep(rows.unwrap_or_default()),
        }
    }

    fn lists(&self, e: &Element) -> &'static [ListEntry] {
        let entries = e.child("ListEntries").map(|l| {
            l.all("ListEntry")
                .map(|entry| ListEntry {
                    types: self.types(entry.child("EntrySelectedBy")),
                    items: keep(
                        entry
                            .child("ListItems")
                            .map(|i| i.all("ListItem").filter_map(list_item).collect())
                            .unwrap_or_default(),
                    ),
                })
                .collect()
        });
        keep(entries.unwrap_or_default())
    }

    fn wides(&self, e: &Element) -> &'static [WideEntry] {
        let entries = e.child("WideEntries").map(|w| {
            w.all("WideEntry")
                .filter_map(|entry| {
                    let item = entry.child("WideItem")?;
                    Some(WideEntry {
                        types: self.types(entry.child("EntrySelectedBy")),
                        what: expression(item)?,
                        format: item.text_of("FormatString").map(leak),
                    })
                })
                .collect()
        });
        keep(entries.unwrap_or_default())
    }

    /// The control that an element holds or names: the view's own, or the file's.
    fn shared_control<'a>(&'a self, view: &'a Element, e: &'a Element) -> Option<&'a Element> {
        if let Some(own) = e.child("CustomControl") {
            return Some(own);
        }
        let name = e.text_of("CustomControlName")?;
        let named = |holder: &'a Element| {
            holder
                .child("Controls")?
                .all("Control")
                .find(|c| c.text_of("Name") == Some(name))?
                .child("CustomControl")
        };
        named(view).or_else(|| named(self.root))
    }

    fn controls(&self, view: &Element, e: &Element, level: usize) -> &'static [CustomEntry] {
        // A control may name itself.
        if level > 8 {
            return &[];
        }
        let entries = e.child("CustomEntries").map(|c| {
            c.all("CustomEntry")
                .map(|entry| CustomEntry {
                    types: self.types(entry.child("EntrySelectedBy")),
                    items: entry.child("CustomItem").map_or(&[][..], |i| self.items(view, i, level)),
                })
                .collect()
        });
        keep(entries.unwrap_or_default())
    }

    fn items(&self, view: &Element, e: &Element, level: usize) -> &'static [CustomItem] {
        let number =
            |e: &Element, name: &str| e.text_of(name).and_then(|t| t.parse::<usize>().ok()).unwrap_or(0);
        let mut items = Vec::new();
        for c in &e.children {
            match c.name.as_str() {
                "Text" => items.push(CustomItem::Text(leak(&c.text))),
                "NewLine" => items.push(CustomItem::NewLine(number(c, "Count").max(1))),
                "Frame" => items.push(CustomItem::Frame {
                    left: number(c, "LeftIndent"),
                    right: number(c, "RightIndent"),
                    first: number(c, "FirstLineIndent") as isize - number(c, "FirstLineHanging") as isize,
                    items: c.child("CustomItem").map_or(&[][..], |i| self.items(view, i, level)),
                }),
                "ExpressionBinding" => {
                    let control = self.shared_control(view, c);
                    items.push(CustomItem::Value(CustomValue {
                        what: expression(c).unwrap_or(Expr::This),
                        format: c.text_of("FormatString").map(leak),
                        enumerate: c.child("EnumerateCollection").is_some(),
                        control: control.map_or(&[][..], |k| self.controls(view, k, level + 1)),
                        condition: c.child("ItemSelectionCondition").and_then(expression),
                    }));
                }
                _ => {}
            }
        }
        keep(items)
    }
}

fn header(e: &Element) -> HeaderDef {
    HeaderDef {
        label: e.text_of("Label").map(leak),
        width: e.text_of("Width").and_then(|t| t.parse().ok()).unwrap_or(0),
        align: alignment(e),
    }
}

fn column(e: &Element) -> ColumnDef {
    let what = expression(e).unwrap_or(Expr::Plain(|_| exsh_core::Value::NULL));
    ColumnDef { what, align: alignment(e), format: e.text_of("FormatString").map(leak) }
}

fn list_item(e: &Element) -> Option<ItemDef> {
    Some(ItemDef {
        label: e.text_of("Label").map(leak),
        what: expression(e)?,
        format: e.text_of("FormatString").map(leak),
        condition: e.child("ItemSelectionCondition").and_then(expression),
    })
}

fn alignment(e: &Element) -> Option<Align> {
    match e.text_of("Alignment")?.to_ascii_lowercase().as_str() {
        "left" => Some(Align::Left),
        "center" => Some(Align::Center),
        "right" => Some(Align::Right),
        _ => None,
    }
}

fn expression(e: &Element) -> Option<Expr> {
    if let Some(name) = e.text_of("PropertyName") {
        return Some(Expr::Property(leak(name)));
    }
    e.child("ScriptBlock").map(|s| Expr::Script(leak(s.text.trim())))
}

/// A session reads few format files, and a view in use must not go away.
fn leak(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    // The shape of the file is that of formatting/format-data table-view-certificate.
    #[test]
    fn a_table_view_is_read() {
        let views = load(
            "<Configuration><ViewDefinitions><View><Name>ExCert</Name><ViewSelectedBy><TypeName>Demo.X</TypeName></ViewSelectedBy>
             <TableControl><TableHeaders><TableColumnHeader><Label>Thumb &amp; print</Label><Width>40</Width></TableColumnHeader>
             <TableColumnHeader/></TableHeaders><TableRowEntries><TableRowEntry><TableColumnItems>
             <TableColumnItem><PropertyName>Thumbprint</PropertyName></TableColumnItem>
             <TableColumnItem><ScriptBlock>$_.X</ScriptBlock></TableColumnItem>
             </TableColumnItems></TableRowEntry></TableRowEntries></TableControl></View></ViewDefinitions></Configuration>",
        )
        .unwrap();
        assert_eq!((views[0].name, views[0].types), ("ExCert", &["Demo.X"][..]));
        let LayoutDef::Table(t) = &views[0].layout else { panic!("a table") };
        assert_eq!((t.headers[0].label, t.headers[0].width, t.headers.len()), (Some("Thumb & print"), 40, 2));
        assert!(matches!(t.rows[0].columns[1].what, Expr::Script("$_.X")));
    }

    // observed: formatting/format-data update-formatdata-bad-xml
    #[test]
    fn an_unclosed_element_says_where() {
        let Err(e) = load("<Configuration><Broken>\n") else { panic!("it is broken") };
        assert_eq!(
            e.message,
            "Unexpected end of file has occurred. The following elements are not closed: Broken, Configuration."
        );
        assert_eq!((e.line, e.column), (2, 1));
    }
}
