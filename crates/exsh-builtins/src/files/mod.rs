//! Files, folders, paths and locations.

pub mod add_content;
pub mod clear_content;
pub mod content_writer;
pub mod convert_path;
pub mod copy_item;
pub mod get_child_item;
pub mod get_content;
pub mod get_item;
pub mod get_location;
pub mod join_path;
pub mod location;
pub mod match_info;
pub mod move_item;
pub mod new_item;
pub mod paths;
pub mod pop_location;
pub mod push_location;
pub mod remove_item;
pub mod rename_item;
pub mod resolve_path;
pub mod select_string;
pub mod set_content;
pub mod set_location;
pub mod split_path;
pub mod test_path;
pub mod transfer;
